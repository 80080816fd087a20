package plenary.network.bluesky;

import com.twitter.twittertext.TldLists;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in a text of ours that Bluesky has to be told of: a text without facets has no
 * hashtag, link or mention there. Finds what the network's own client finds.
 */
final class RichText {
  private static final String SPACE =
      "\\s\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";

  /** What ends a hashtag beside spaces: characters that cannot be seen. */
  private static final String UNSEEN = "\\u00ad\\u2060\\u200a\\u200b\\u200c\\u200d\\u20e2";

  private static final Pattern MENTION =
      Pattern.compile("(?:^|[" + SPACE + "(])@([a-zA-Z0-9.-]+)\\b");
  private static final Pattern LINK =
      Pattern.compile(
          "(?:^|[X(])(https?://[^X]+|([a-z][a-z0-9]*(?:\\.[a-z0-9]+)+)[^X]*)".replace("X", SPACE),
          Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  private static final Pattern TAG =
      Pattern.compile(
          "(?:^|[X])[#\\uff03]((?!\\ufe0f)[^XU]*[^\\dX\\p{P}U]+[^XU]*)"
              .replace("X", SPACE)
              .replace("U", UNSEEN));
  private static final Pattern CASHTAG =
      Pattern.compile(
          "(?:^|[X(])\\$([a-zA-Z][a-zA-Z0-9]{0,4})(?=[X]|$|[.,;:!?)\"'\\u2019])"
              .replace("X", SPACE));
  private static final Pattern PUNCTUATION_AT_END = Pattern.compile("\\p{P}+$");
  private static final int TAG_MAX = 64;

  private static final Set<String> TOP_LEVEL = new HashSet<>(TldLists.GTLDS);

  static {
    TOP_LEVEL.addAll(TldLists.CTLDS);
  }

  private RichText() {}

  /** Kinds of what is found. */
  enum Kind {
    TAG("app.bsky.richtext.facet#tag", "tag"),
    LINK("app.bsky.richtext.facet#link", "uri"),
    MENTION("app.bsky.richtext.facet#mention", "did");

    private final String type;
    private final String key;

    Kind(String type, String key) {
      this.type = type;
      this.key = key;
    }
  }

  /**
   * Something in a text.
   *
   * @param from in UTF-8 bytes
   * @param to exclusive
   * @param value the hashtag without its sign, the address, or the handle that was mentioned
   */
  record Found(Kind kind, int from, int to, String value) {
    private JsonObject facet(String as) {
      return new JsonObject()
          .put("index", new JsonObject().put("byteStart", from).put("byteEnd", to))
          .put(
              "features",
              new JsonArray().add(new JsonObject().put("$type", kind.type).put(kind.key, as)));
    }
  }

  /** Everything in a text, in its order. */
  static List<Found> find(String text) {
    List<Found> found = new ArrayList<>();
    mentions(text, found);
    links(text, found);
    tags(text, found);
    cashtags(text, found);
    found.sort(Comparator.comparingInt(Found::from));
    return found;
  }

  /** The facets of a record. Whoever is mentioned but has no DID is only text. */
  static JsonArray facets(List<Found> found, Map<String, String> dids) {
    JsonArray facets = new JsonArray();
    for (Found one : found) {
      if (one.kind() != Kind.MENTION) {
        facets.add(one.facet(one.value()));
      } else if (dids.containsKey(one.value())) {
        facets.add(one.facet(dids.get(one.value())));
      }
    }
    return facets;
  }

  private static void mentions(String text, List<Found> into) {
    for (Matcher at = MENTION.matcher(text); at.find(); ) {
      String handle = at.group(1);
      if (isDomain(handle) || handle.endsWith(".test")) {
        into.add(found(Kind.MENTION, text, at.start(1) - 1, at.end(1), handle));
      }
    }
  }

  private static void links(String text, List<Found> into) {
    for (Matcher at = LINK.matcher(text); at.find(); ) {
      String shown = at.group(1);
      boolean whole = shown.toLowerCase(Locale.ROOT).startsWith("http");
      String domain = at.group(2);
      if (!whole && (domain == null || !isDomain(domain))) {
        continue;
      }
      String bare = withoutEnd(shown);
      into.add(
          found(
              Kind.LINK,
              text,
              at.start(1),
              at.start(1) + bare.length(),
              whole ? bare : "https://" + bare));
    }
  }

  /** A point or a bracket that ends a sentence is not part of its link. */
  private static String withoutEnd(String link) {
    String rest = link;
    if (".,;:!?".indexOf(rest.charAt(rest.length() - 1)) >= 0) {
      rest = rest.substring(0, rest.length() - 1);
    }
    return rest.endsWith(")") && !rest.contains("(") ? rest.substring(0, rest.length() - 1) : rest;
  }

  private static void tags(String text, List<Found> into) {
    for (Matcher at = TAG.matcher(text); at.find(); ) {
      String tag = PUNCTUATION_AT_END.matcher(at.group(1)).replaceFirst("");
      if (!tag.isEmpty() && tag.length() <= TAG_MAX) {
        into.add(found(Kind.TAG, text, at.start(1) - 1, at.start(1) + tag.length(), tag));
      }
    }
  }

  private static void cashtags(String text, List<Found> into) {
    for (Matcher at = CASHTAG.matcher(text); at.find(); ) {
      String tag = "$" + at.group(1).toUpperCase(Locale.ROOT);
      into.add(found(Kind.TAG, text, at.start(1) - 1, at.end(1), tag));
    }
  }

  private static boolean isDomain(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 && TOP_LEVEL.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  private static Found found(Kind kind, String text, int from, int to, String value) {
    int start = bytes(text.substring(0, from));
    return new Found(kind, start, start + bytes(text.substring(from, to)), value);
  }

  static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
