package plenary.web.page;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The words of each page in each language there is. */
public final class Words {
  private static final String FALLBACK = "en";
  private static final Set<String> STAFF = Set.of("moderator", "speaker", "organise");
  private static final Set<String> RIGHT_TO_LEFT = Set.of("ar", "he", "fa", "ur");

  private final Map<String, JsonObject> tables = new HashMap<>();
  private final List<String> languages = new ArrayList<>();

  /** Finds {@code i18n/{language}/{page}.json}. */
  public Words(Map<String, Asset> files) {
    for (Map.Entry<String, Asset> file : files.entrySet()) {
      String[] parts = file.getKey().split("/");
      if (parts.length == 3 && parts[0].equals("i18n") && parts[2].endsWith(".json")) {
        tables.put(parts[1] + "/" + parts[2], new JsonObject(file.getValue().plain()));
        if (!languages.contains(parts[1])) {
          languages.add(parts[1]);
        }
      }
    }
  }

  /** Every language there are words of, in the order of their tags. */
  public List<String> languages() {
    return languages.stream().sorted().toList();
  }

  /** The page's words with the common ones; what a language lacks is there in English. */
  public JsonObject table(String language, String page) {
    if (language.equals(Pseudo.TAG)) {
      return Pseudo.of(table(FALLBACK, page));
    }
    JsonObject words = new JsonObject();
    for (String each : List.of(FALLBACK, language)) {
      for (String file : files(page)) {
        words.mergeIn(tables.getOrDefault(each + "/" + file + ".json", new JsonObject()));
      }
    }
    return words;
  }

  /**
   * What everybody may be refused is in {@code refusals}; what staff alone may be is not sent to
   * phones.
   */
  private static List<String> files(String page) {
    return STAFF.contains(page)
        ? List.of("common", "refusals", "refusals-staff", page)
        : List.of("common", "refusals", page);
  }

  /**
   * The language that was chosen by hand, if there are words of it, else the best one for what a
   * browser accepts (RFC 9110, section 12.5.4).
   *
   * @param chosen a tag
   * @param accepted the header {@code Accept-Language}
   */
  public String choose(@Nullable String chosen, @Nullable String accepted) {
    if (Pseudo.TAG.equalsIgnoreCase(chosen)) {
      return Pseudo.TAG;
    }
    String found = chosen == null ? null : find(chosen);
    return found == null ? choose(accepted) : found;
  }

  private @Nullable String find(String tag) {
    return Locale.lookupTag(Locale.LanguageRange.parse(tag), languages);
  }

  private String choose(@Nullable String accepted) {
    if (accepted == null || accepted.length() > 500) {
      return FALLBACK;
    }
    try {
      String found = Locale.lookupTag(Locale.LanguageRange.parse(accepted), languages);
      return found == null ? FALLBACK : found;
    } catch (IllegalArgumentException e) {
      return FALLBACK;
    }
  }

  /** {@code rtl} or {@code ltr}. */
  public static String direction(String language) {
    return RIGHT_TO_LEFT.contains(language) ? "rtl" : "ltr";
  }
}
