package plenary.web.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Modules as one: each request a phone does not make saves it a round trip. Made for what Lit
 * publishes, which names what it imports and exports in single statements and exports nothing that
 * changes; each module keeps its own scope. {@link Kit} brings ours into that form.
 */
final class Joined {
  private static final Pattern IMPORT =
      Pattern.compile("import\\{([^}]*)}from\"(?:\\./|\\.\\./)*([\\w/-]+)\\.js\";");
  private static final Pattern EXPORT = Pattern.compile("export\\{([^}]*)};");

  private Joined() {}

  /**
   * One module that exports what all of them export.
   *
   * @param given the names of modules that are elsewhere, and what is in scope as each
   * @param modules by name, each after those it imports
   * @throws IllegalStateException when two export the same name, or one imports what comes later
   */
  static String of(Map<String, String> given, Map<String, String> modules) {
    StringBuilder joined = new StringBuilder();
    List<String> exported = new ArrayList<>();
    List<String> own = new ArrayList<>();
    Map<String, String> scopes = new TreeMap<>(given);
    modules.forEach(
        (name, source) -> {
          String scope = "m" + own.size();
          own.add(scope);
          joined.append("const ").append(scope).append("=(()=>{");
          joined.append(body(source, scopes, exported).strip()).append("})();\n");
          scopes.put(name, scope);
        });
    if (Set.copyOf(exported).size() < exported.size()) {
      throw new IllegalStateException("exported twice: " + exported);
    }
    return joined
        + "export const{"
        + String.join(",", exported)
        + "}={..."
        + String.join(",...", own)
        + "};\n";
  }

  private static String body(String source, Map<String, String> scopes, List<String> exported) {
    String plain = source.replaceAll("(?m)^//# sourceMappingURL=.*$", "");
    String imported =
        IMPORT
            .matcher(plain)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        "const{"
                            + names(found.group(1))
                            + "}="
                            + scope(found.group(2), scopes)
                            + ";"));
    return EXPORT
        .matcher(imported)
        .replaceAll(
            found -> {
              StringBuilder members = new StringBuilder();
              for (String each : found.group(1).split(",")) {
                String[] pair = each.split(" as ");
                String outside = pair[pair.length - 1];
                members.append(outside).append(':').append(pair[0]).append(',');
                exported.add(outside);
              }
              return Matcher.quoteReplacement("return{" + members + "};");
            });
  }

  private static String scope(String name, Map<String, String> scopes) {
    String scope = scopes.get(name);
    if (scope == null) {
      throw new IllegalStateException(name + " is imported before it is there");
    }
    return scope;
  }

  /** From {@code a as b} to {@code a:b}. */
  private static String names(String list) {
    return list.replace(" as ", ":");
  }
}
