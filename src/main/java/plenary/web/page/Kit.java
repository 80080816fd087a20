package plenary.web.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The small modules that every page needs, served as one file: on a phone far from the server the
 * number of requests decides when the first question is there. They stay modules of their own in
 * {@code webroot/}; the import map leads from their addresses to the file.
 */
final class Kit {
  /** The file. */
  static final String PATH = "lib/plenary/kit.js";

  /** What is in it, each after those it imports. Nothing that they export changes. */
  static final List<String> MODULES =
      List.of(
          "live/api.js",
          "ui/words.js",
          "ui/icons.js",
          "ui/steady.js",
          "live/store.js",
          "live/outbox.js");

  private static final Pattern COMMENTS =
      Pattern.compile("(?s)/\\*\\*.*?\\*/|(?m:^\\s*//[^\\n]*\\n)");
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import \\{ ([^}]*) \\} from '([^']+)';$");
  private static final Pattern EXPORT =
      Pattern.compile("(?m)^export ((?:async function|function|class) (\\w+))");

  private Kit() {}

  static String of(Map<String, Asset> files) {
    Map<String, String> modules = new LinkedHashMap<>();
    modules.put("lit-html", "export{h as html,s as svg};");
    for (String path : MODULES) {
      Asset module = files.get(path);
      if (module == null) {
        throw new IllegalStateException(path + " is missing");
      }
      String name = path.substring(path.lastIndexOf('/') + 1, path.length() - ".js".length());
      modules.put(name, published(module.text()));
    }
    return "import{html as h,svg as s}from'lit-html';\n" + Joined.of(modules);
  }

  /** A module of ours in the form in which libraries are published. */
  private static String published(String source) {
    String plain = COMMENTS.matcher(source).replaceAll("");
    String exported =
        EXPORT
            .matcher(plain)
            .results()
            .map(found -> found.group(2))
            .collect(Collectors.joining(","));
    String imported =
        IMPORT
            .matcher(plain)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        "import{" + found.group(1) + "}from\"" + js(found.group(2)) + "\";"));
    return EXPORT.matcher(imported).replaceAll("$1") + "export{" + exported + "};";
  }

  private static String js(String name) {
    return name.endsWith(".js") ? name : name + ".js";
  }
}
