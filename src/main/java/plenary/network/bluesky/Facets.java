package plenary.network.bluesky;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a post's record says of its hashtags, mentions and links. A hashtag counts wherever its
 * facet points; a text without a facet is none. Whatever has another shape than the lexicon's is
 * passed over.
 */
final class Facets {
  /** The longest hashtag of the lexicon, in bytes. */
  private static final int TAG_BYTES_MAX = 640;

  private final Set<String> tags = new LinkedHashSet<>();
  private final Set<String> mentions = new LinkedHashSet<>();
  private final Set<String> links = new LinkedHashSet<>();
  private final byte[] text;

  private Facets(String text) {
    this.text = text.getBytes(StandardCharsets.UTF_8);
  }

  static Facets of(JsonObject post, String text) {
    Facets facets = new Facets(text);
    objects(post.getValue("facets")).forEach(facets::facet);
    if (post.getValue("tags") instanceof JsonArray more) {
      more.forEach(facets::tag);
    }
    if (post.getValue("embed") instanceof JsonObject embed) {
      facets.embed(embed);
    }
    return facets;
  }

  List<String> tags() {
    return List.copyOf(tags);
  }

  List<String> mentions() {
    return List.copyOf(mentions);
  }

  List<String> links() {
    return List.copyOf(links);
  }

  private void facet(JsonObject facet) {
    for (JsonObject feature : objects(facet.getValue("features"))) {
      switch (String.valueOf(feature.getValue("$type"))) {
        case "app.bsky.richtext.facet#tag" -> tag(feature.getValue("tag"));
        case "app.bsky.richtext.facet#link" -> link(feature.getValue("uri"));
        case "app.bsky.richtext.facet#mention" ->
            mention(feature.getValue("did"), facet.getValue("index"));
        default -> {
          // Another kind than we know.
        }
      }
    }
  }

  private void tag(@Nullable Object value) {
    if (value instanceof String given) {
      String tag = Syntax.storable(given.strip());
      String bare = tag.startsWith("#") || tag.startsWith("\uff03") ? tag.substring(1) : tag;
      if (!bare.isEmpty() && bare.getBytes(StandardCharsets.UTF_8).length <= TAG_BYTES_MAX) {
        tags.add(bare);
      }
    }
  }

  private void link(@Nullable Object value) {
    if (value instanceof String uri) {
      String scheme = uri.substring(0, Math.min(8, uri.length())).toLowerCase(Locale.ROOT);
      if (scheme.startsWith("https://") || scheme.startsWith("http://")) {
        links.add(Syntax.storable(uri));
      }
    }
  }

  /** A mention names a DID; the handle stands in the text, if the facet points there at all. */
  private void mention(@Nullable Object did, @Nullable Object index) {
    String shown = index instanceof JsonObject range ? slice(range) : "";
    String handle = shown.startsWith("@") ? shown.substring(1) : shown;
    if (Syntax.isHandle(handle)) {
      mentions.add(handle.toLowerCase(Locale.ROOT));
    } else if (did instanceof String given && Syntax.isDid(given)) {
      mentions.add(given);
    }
  }

  private void embed(JsonObject embed) {
    if (embed.getValue("external") instanceof JsonObject card) {
      link(card.getValue("uri"));
    }
    if (embed.getValue("media") instanceof JsonObject media
        && media.getValue("external") instanceof JsonObject card) {
      link(card.getValue("uri"));
    }
  }

  /** The text that a range of UTF-8 bytes points to; empty when it points to no whole text. */
  private String slice(JsonObject range) {
    if (!(range.getValue("byteStart") instanceof Number from)
        || !(range.getValue("byteEnd") instanceof Number to)) {
      return "";
    }
    long start = from.longValue();
    long end = to.longValue();
    if (start < 0 || start >= end || end > text.length || splits(start) || splits(end)) {
      return "";
    }
    return new String(text, (int) start, (int) (end - start), StandardCharsets.UTF_8);
  }

  private boolean splits(long at) {
    return at < text.length && (text[(int) at] & 0xc0) == 0x80;
  }

  private static List<JsonObject> objects(@Nullable Object value) {
    return value instanceof JsonArray array
        ? array.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast).toList()
        : List.of();
  }
}
