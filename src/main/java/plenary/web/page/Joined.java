package plenary.web.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Modules of a library as one: each request a phone does not make saves it a round trip. Made for
 * what Lit publishes, which names what it imports and exports in single statements and exports
 * nothing that changes; each module keeps its own scope.
 */
final class Joined {
  private static final Pattern IMPORT =
      Pattern.compile("import\\{([^}]*)}from\"(?:\\./|\\.\\./)*([\\w/-]+)\\.js\";");
  private static final Pattern EXPORT = Pattern.compile("export\\{([^}]*)};");

  private Joined() {}

  /**
   * One module that exports what all of them export.
   *
   * @param modules by name, each after those it imports
   */
  static String of(Map<String, String> modules) {
    StringBuilder joined = new StringBuilder();
    List<String> exported = new ArrayList<>();
    Map<String, String> scopes = new TreeMap<>();
    modules.forEach(
        (name, source) -> {
          String scope = "m" + scopes.size();
          scopes.put(name, scope);
          joined.append("const ").append(scope).append("=(()=>{");
          joined.append(body(source, scopes, exported).strip()).append("})();\n");
        });
    return joined
        + "export const{"
        + String.join(",", exported)
        + "}={..."
        + String.join(",...", scopes.values())
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
                            + scopes.get(found.group(2))
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

  /** From {@code a as b} to {@code a:b}. */
  private static String names(String list) {
    return list.replace(" as ", ":");
  }
}
