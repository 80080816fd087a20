package plenary.web.page;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Small modules that are served as one file, without comments and indentation: on a phone far from
 * the server the number of requests and of bytes decides when somebody can ask. They stay modules
 * of their own in {@code webroot/}; the import map leads from their addresses to the file.
 *
 * @param path of the file
 * @param modules what is in it, each after those it imports; nothing that they export changes
 */
record Kit(String path, List<String> modules) {
  /** What every page needs; Lit is in it too. */
  static final Kit COMMON =
      new Kit(
          "lib/plenary/kit.js",
          List.of(
              "live/api.js",
              "ui/words.js",
              "ui/icons.js",
              "ui/steady.js",
              "live/store.js",
              "ui/page.js"));

  /** What else the phone's page needs before somebody can ask. */
  static final Kit ATTENDEE =
      new Kit(
          "lib/plenary/attendee.js",
          List.of("live/outbox.js", "pages/attendee/asking.js", "pages/attendee.js"));

  private static final List<Kit> ALL = List.of(COMMON, ATTENDEE);

  private static final Pattern COMMENT =
      Pattern.compile("(?s)/\\*\\*.*?\\*/|(?m:^\\s*//[^\\n]*$)|(?m:^\\s*/\\*(?:(?!\\*/).)*+\\*/$)");
  private static final Pattern INDENTATION = Pattern.compile("\\n\\s+");
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import \\{ ([^}]*) } from '([^']+)';$");
  private static final Pattern EXPORT =
      Pattern.compile("(?m)^export ((?:async function|function|class|const) (\\w+))");
  private static final Pattern LATER = Pattern.compile("\\bimport\\(([^()]*)\\)");
  private static final Pattern RELATIVE = Pattern.compile("(['`])(\\.\\.?/[^'`]*)");
  private static final Pattern UNFIT = Pattern.compile("(?m)^(?:import\\s*[{*'\"]|export ).*$");

  /** The file in which a module is served. */
  static String served(String module) {
    return served().getOrDefault(module, module);
  }

  /** Every module that is in a kit, and the file of that. */
  static Map<String, String> served() {
    Map<String, String> served = new LinkedHashMap<>();
    ALL.forEach(kit -> kit.modules.forEach(module -> served.put(module, kit.path)));
    return served;
  }

  /**
   * The files' contents, by path.
   *
   * @param libraries published modules that are served with ours, by name
   */
  static Map<String, String> texts(Map<String, Asset> files, Map<String, String> libraries) {
    Map<String, String> common = new LinkedHashMap<>(libraries);
    common.putAll(COMMON.published(files));
    Map<String, String> given =
        common.keySet().stream().collect(Collectors.toMap(name -> name, name -> "k"));
    return Map.of(
        COMMON.path,
        Joined.of(Map.of(), common),
        ATTENDEE.path,
        "import*as k from\"./kit.js\";\n" + Joined.of(given, ATTENDEE.published(files)));
  }

  /** Its modules in the form in which libraries are published, by name. */
  Map<String, String> published(Map<String, Asset> files) {
    Map<String, String> published = new LinkedHashMap<>();
    for (String path : modules) {
      Asset module = files.get(path);
      if (module == null) {
        throw new IllegalStateException(path + " is missing");
      }
      published.put(path.replaceFirst("\\.js$", ""), published(path, module.text()));
    }
    return published;
  }

  /** A module of ours in the form in which libraries are published. */
  private static String published(String path, String source) {
    String plain = INDENTATION.matcher(COMMENT.matcher(source).replaceAll("")).replaceAll("\n");
    String exported =
        EXPORT
            .matcher(plain)
            .results()
            .map(found -> found.group(2))
            .collect(Collectors.joining(","));
    String own = EXPORT.matcher(plain).replaceAll("$1");
    String fit = IMPORT.matcher(own).replaceAll("");
    Matcher unfit = UNFIT.matcher(fit);
    if (unfit.find()) {
      throw new IllegalStateException(path + " cannot be in a kit: " + unfit.group());
    }
    String imports =
        IMPORT
            .matcher(own)
            .results()
            .map(each -> "import{" + each.group(1) + "}from\"" + at(path, each.group(2)) + "\";")
            .collect(Collectors.joining());
    String exports = exported.isEmpty() ? "" : "\nexport{" + exported + "};";
    return imports + later(path, fit).strip() + exports;
  }

  /** What is loaded later is looked for from where the kit is. */
  private static String later(String path, String source) {
    return LATER
        .matcher(source)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    "import("
                        + RELATIVE
                            .matcher(found.group(1))
                            .replaceAll(
                                name ->
                                    Matcher.quoteReplacement(
                                        name.group(1) + "../../" + at(path, name.group(2))))
                        + ")"));
  }

  /** The path, or the name of a library's file, that an import in a module means. */
  private static String at(String module, String name) {
    if (!name.startsWith(".")) {
      return name.endsWith(".js") ? name.substring(name.indexOf('/') + 1) : name + ".js";
    }
    Deque<String> folders = new ArrayDeque<>(List.of(module.split("/")));
    folders.removeLast();
    for (String step : name.split("/")) {
      switch (step) {
        case "." -> {}
        case ".." -> folders.removeLast();
        default -> folders.addLast(step);
      }
    }
    return String.join("/", folders);
  }
}
