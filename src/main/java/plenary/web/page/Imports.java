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
          "lit-html", Kit.COMMON.path(),
          "lit-html/directives/guard.js", Kit.COMMON.path(),
          "lit-html/directives/repeat.js", Kit.COMMON.path(),
          "uplot", "lib/uplot/uplot.js");

  private Imports() {}

  /** The import map, as JSON, for assets under that prefix. */
  public static String map(String prefix) {
    JsonObject imports = new JsonObject();
    BARE.keySet().stream().sorted().forEach(name -> imports.put(name, prefix + BARE.get(name)));
    Kit.served().forEach((module, kit) -> imports.put(prefix + module, prefix + kit));
    return new JsonObject().put("imports", imports).encode();
  }

  /**
   * Every file that a module needs before it runs, its own first.
   *
   * @throws IllegalStateException when it imports what is not there
   */
  public static Set<String> closure(String entry, Map<String, Asset> files) {
    Set<String> found = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(Kit.served(entry)));
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

  private static String resolve(String from, String name) {
    if (name.startsWith(".")) {
      String path = Path.of(from).resolveSibling(name).normalize().toString();
      return Kit.served(path);
    }
    return BARE.getOrDefault(name, name);
  }
}
