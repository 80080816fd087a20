package plenary.web.page;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import plenary.web.page.Template.Markup;

/**
 * The shells of all pages over one set of files. What the phone opens first has its style inline,
 * for that saves more time on a bad network than anything else; pages of staff link theirs.
 */
public final class PageSet {
  /** Pages with their style inline, and which style that is. */
  private static final Map<String, List<String>> INLINE =
      Map.of(
          "attendee", List.of("tokens", "base", "attendee"),
          "landing", List.of("tokens", "base", "landing"),
          "arrive", List.of("tokens", "base", "landing"));

  /** For pages that draw everything themselves. */
  public static final Drawing NOT_DRAWN = (state, words, language) -> "";

  private static final Set<String> DARK = Set.of("speaker", "screen");
  private static final String NO_STYLE = Asset.policyHash("");

  private final Map<String, Asset> files;
  private final String prefix;
  private final Template shell;
  private final Words words;
  private final Markup importMap;
  private final String scriptHash;
  private final Map<String, Parts> parts = new HashMap<>();

  /**
   * Prepares every page.
   *
   * @param prefix of the addresses of assets
   */
  public PageSet(Map<String, Asset> files, String prefix) {
    this.files = files;
    this.prefix = prefix;
    this.shell = new Template(file("pages/shell.html").text());
    this.words = new Words(files);
    String map = Imports.map(prefix);
    this.importMap = new Markup("<script type=\"importmap\">" + map + "</script>");
    this.scriptHash = Asset.policyHash(map);
    for (String path : files.keySet()) {
      if (path.matches("pages/[a-z]+\\.js")) {
        String page = path.substring("pages/".length(), path.length() - ".js".length());
        parts.put(page, parts(page));
      }
    }
  }

  /**
   * One page with its state.
   *
   * @param chosen the language that was chosen by hand
   * @param accepted the header {@code Accept-Language}
   * @param drawing what is in it until the page draws itself
   */
  public Rendered render(
      String page,
      @Nullable String chosen,
      @Nullable String accepted,
      JsonObject state,
      Drawing drawing) {
    Parts own = parts.get(page);
    if (own == null) {
      throw new IllegalArgumentException("no page " + page);
    }
    String language = words.choose(chosen, accepted);
    JsonObject table = words.table(language, page);
    Map<String, Object> values = new HashMap<>();
    values.put("lang", language);
    values.put("dir", Words.direction(language));
    values.put("scheme", DARK.contains(page) ? "dark" : "light dark");
    values.put("title", title(table, state));
    values.put("head", own.head());
    values.put("table", Template.json(table.encode()));
    JsonArray languages = new JsonArray(new ArrayList<>(words.languages()));
    if (!languages.contains(language)) {
      languages.add(language);
    }
    values.put("state", Template.json(state.copy().put("languages", languages).encode()));
    values.put("entry", prefix + modules(page).getFirst());
    String drawn = drawing.of(state, table, language);
    String loading = Template.escape(table.getString("page.loading", ""));
    values.put(
        "drawn",
        new Markup(drawn.isEmpty() ? "<p class=\"shell-wait\">" + loading + "</p>" : drawn));
    values.put("words.page.noscript", table.getString("page.noscript", ""));
    return new Rendered(shell.fill(values), scriptHash, own.styleHash());
  }

  private static String title(JsonObject table, JsonObject state) {
    JsonObject session = state.getJsonObject("session");
    String page = table.getString("page.title", "Plenary");
    return session == null ? page : session.getString("title", "") + " · " + page;
  }

  private Parts parts(String page) {
    StringBuilder head = new StringBuilder(importMap.html());
    StringBuilder preload = new StringBuilder();
    for (String module : modules(page)) {
      preload
          .append("<link rel=\"modulepreload\" href=\"")
          .append(prefix)
          .append(module)
          .append("\">");
    }
    List<String> inline = INLINE.get(page);
    String style = "";
    if (inline == null) {
      for (String sheet : List.of("tokens", "base", "fonts", page)) {
        String path = file("css/" + sheet + ".css").path();
        head.append("<link rel=\"stylesheet\" href=\"").append(prefix).append(path).append("\">");
      }
      head.append(preload);
    } else {
      style = inline.stream().map(each -> small(each)).collect(Collectors.joining());
      // Modules are asked for while the style is still arriving.
      head.append(preload).append("<style>").append(style).append("</style>");
    }
    head.append("<link rel=\"icon\" type=\"image/svg+xml\" href=\"").append(prefix);
    head.append("img/icon.svg\"><link rel=\"manifest\" href=\"").append(prefix);
    head.append("manifest.webmanifest\"><link rel=\"apple-touch-icon\" href=\"").append(prefix);
    head.append("img/icon-192.png\">");
    return new Parts(
        new Markup(head.toString()), inline == null ? NO_STYLE : Asset.policyHash(style));
  }

  /** The words of all pages. */
  public Words words() {
    return words;
  }

  /** Every file a page loads before it can be used, the one with its own module first. */
  public List<String> modules(String page) {
    return new ArrayList<>(Imports.closure("pages/" + page + ".js", files));
  }

  /** A stylesheet without its comments and indentation. */
  private String small(String sheet) {
    return file("css/" + sheet + ".css")
        .text()
        .replaceAll("(?s)/\\*.*?\\*/", "")
        .replaceAll("\\n\\s*", "\n")
        .replaceAll("\\n+", "\n");
  }

  private Asset file(String path) {
    Asset asset = files.get(path);
    if (asset == null) {
      throw new IllegalStateException(path + " is missing");
    }
    return asset;
  }

  private record Parts(Markup head, String styleHash) {}

  /** Draws what a page shows before it draws itself. */
  @FunctionalInterface
  public interface Drawing {
    /**
     * Markup in which every text of a person is escaped.
     *
     * @param state of the page
     * @param words of the page, by key
     * @return empty where there is nothing to be drawn yet
     */
    String of(JsonObject state, JsonObject words, String language);
  }

  /**
   * A page and what its policy must allow.
   *
   * @param scriptHash of the import map
   * @param styleHash of the inline style
   */
  public record Rendered(String html, String scriptHash, String styleHash) {}
}
