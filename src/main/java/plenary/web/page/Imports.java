package plenary.web.page;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The static imports between our modules: what to preload, and the map for the bare names. */
public final class Imports {
  private static final Pattern STATEMENT =
      Pattern.compile(
          "(?:^|[;}\\s])(?:import|export)\\s*(?:[\\w*{}$,\\s]+?\\s*from\\s*)?[\"']([^\"']+)[\"']");

  /** Bare names and where they are under {@code webroot/}. */
  private static final Map<String, String> BARE =
      Map.of(
          "lit-html", "lib/lit-html/lit-html.js",
          "lit-html/directives/guard.js", "lib/lit-html/lit-html.js",
          "lit-html/directives/repeat.js", "lib/lit-html/lit-html.js",
          "uplot", "lib/uplot/uplot.js");

  private Imports() {}

  /** The import map, as JSON, for assets under that prefix. */
  public static String map(String prefix) {
    JsonObject imports = new JsonObject();
    BARE.keySet().stream().sorted().forEach(name -> imports.put(name, prefix + BARE.get(name)));
    Kit.MODULES.forEach(path -> imports.put(prefix + path, prefix + Kit.PATH));
    return new JsonObject().put("imports", imports).encode();
  }

  /**
   * Everything a module needs before it runs, the module itself first.
   *
   * @throws IllegalStateException when it imports what is not there
   */
  public static Set<String> closure(String entry, Map<String, Asset> files) {
    Set<String> found = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(served(entry)));
    while (!open.isEmpty()) {
      String path = open.removeFirst();
      Asset asset = files.get(path);
      if (asset == null) {
        throw new IllegalStateException(path + " is imported and is not there");
      }
      if (found.add(path)) {
        Matcher imports = STATEMENT.matcher(withoutComments(asset.text()));
        while (imports.find()) {
          open.addLast(resolve(path, imports.group(1)));
        }
      }
    }
    return found;
  }

  private static String withoutComments(String source) {
    return source.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)^\\s*//.*$", "");
  }

  /** The file in which a module is served. */
  private static String served(String path) {
    return Kit.MODULES.contains(path) ? Kit.PATH : path;
  }

  private static String resolve(String from, String name) {
    if (name.startsWith(".")) {
      String path = Path.of(from).resolveSibling(name).normalize().toString();
      return served(path);
    }
    return BARE.getOrDefault(name, name);
  }
}
