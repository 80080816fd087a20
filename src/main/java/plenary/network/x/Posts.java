package plenary.network.x;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plenary.network.News;
import plenary.network.Post;

/**
 * Posts of X API v2 as ours, in either spelling. An edit has an id of its own and the history of
 * all; the first is the post's lasting name, and an edit's id its revision.
 */
final class Posts {
  /** What {@code lang} says when X found no language: emoji, links, media and the like. */
  private static final Set<String> NO_LANGUAGE =
      Set.of("und", "qst", "qme", "qht", "qam", "qct", "zxx", "art");

  private Posts() {}

  /** A post; empty when it has no id or author. */
  static Optional<Post> read(JsonObject post, @Nullable JsonObject includes) {
    String id = Fields.text(post, "id");
    String author = Fields.text(post, "author_id");
    long revision = id == null ? -1 : Snowflakes.number(id);
    if (id == null || author == null || revision < 0) {
      return Optional.empty();
    }
    String first = first(post, id);
    Post.Writer writer = writer(author, includes);
    JsonObject note = Fields.object(post, "note_tweet", "note_post");
    Links links = new Links(List.of(entities(post), entities(note)), id);
    String text = Optional.ofNullable(Fields.text(note, "text")).orElse(whole(post));
    List<JsonObject> references = Fields.objects(post, "referenced_tweets", "referenced_posts");
    String replyTo = reference(references, "replied_to");
    return Optional.of(
        new Post(
            first,
            revision,
            writer,
            unescaped(links.expanded(text)),
            language(Fields.text(post, "lang")),
            url(writer, id),
            null,
            postedAt(post, first, id, revision),
            !first.equals(id),
            replyTo,
            replyTo == null ? null : Fields.text(post, "conversation_id"),
            reference(references, "retweeted"),
            named(post, note, "hashtags", "tag"),
            named(post, note, "mentions", "username"),
            links.shared()));
  }

  /** What a post in an answer is news of: written, or shown to nobody any more. */
  static Optional<News> news(JsonObject post, @Nullable JsonObject includes) {
    String id = Fields.text(post, "id");
    if (id != null && isWithheld(post)) {
      return Optional.of(new News.Deleted(first(post, id), Long.MAX_VALUE, false));
    }
    return read(post, includes).map(News.Wrote::new);
  }

  /** Every id that a post had, the oldest first. */
  static List<String> history(JsonObject post) {
    return Fields.texts(post, "edit_history_tweet_ids", "edit_history_post_ids");
  }

  private static String first(JsonObject post, String id) {
    return history(post).stream().filter(one -> Snowflakes.number(one) >= 0).findFirst().orElse(id);
  }

  /** Whether X shows it to nobody, in no country. */
  static boolean isWithheld(JsonObject post) {
    return Fields.texts(Fields.object(post, "withheld"), "country_codes").contains("XX");
  }

  private static String whole(JsonObject post) {
    return Optional.ofNullable(Fields.text(post, "text")).orElse("");
  }

  private static Post.Writer writer(String id, @Nullable JsonObject includes) {
    for (JsonObject user : Fields.objects(includes, "users")) {
      String handle = Fields.text(user, "username");
      if (handle != null && id.equals(Fields.text(user, "id"))) {
        return new Post.Writer(id, handle, Fields.text(user, "name"));
      }
    }
    return new Post.Writer(id, id, null);
  }

  private static String url(Post.Writer writer, String id) {
    String who = writer.handle().equals(writer.id()) ? "i" : writer.handle();
    return "https://x.com/" + who + "/status/" + id;
  }

  private static Instant postedAt(JsonObject post, String first, String id, long revision) {
    long original = Snowflakes.number(first);
    if (!first.equals(id) && Snowflakes.hasTime(original)) {
      return Snowflakes.time(original);
    }
    try {
      String time = Fields.text(post, "created_at");
      if (time != null) {
        return OffsetDateTime.parse(time).toInstant();
      }
    } catch (DateTimeParseException noTime) {
      // The id has one as well.
    }
    return Snowflakes.time(revision);
  }

  private static @Nullable String language(@Nullable String code) {
    if (code == null || NO_LANGUAGE.contains(code)) {
      return null;
    }
    return switch (code) {
      case "in" -> "id";
      case "iw" -> "he";
      default -> code;
    };
  }

  private static @Nullable String reference(List<JsonObject> references, String type) {
    return references.stream()
        .filter(reference -> type.equals(Fields.text(reference, "type")))
        .map(reference -> Fields.text(reference, "id"))
        .filter(id -> id != null && Snowflakes.number(id) >= 0)
        .findFirst()
        .orElse(null);
  }

  private static JsonObject entities(@Nullable JsonObject of) {
    return Optional.ofNullable(Fields.object(of, "entities")).orElseGet(JsonObject::new);
  }

  private static List<String> named(
      JsonObject post, @Nullable JsonObject note, String entity, String field) {
    Set<String> all = new LinkedHashSet<>();
    for (JsonObject source : List.of(entities(post), entities(note))) {
      for (JsonObject one : Fields.objects(source, entity)) {
        Optional.ofNullable(Fields.text(one, field)).ifPresent(all::add);
      }
    }
    return List.copyOf(all);
  }

  /** X sends these three escaped, and no others. */
  static String unescaped(String text) {
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  /** The links of a post, which X replaces by short ones of its own. */
  private static final class Links {
    private final List<JsonObject> urls = new ArrayList<>();
    private final String id;

    Links(List<JsonObject> entities, String id) {
      entities.forEach(one -> urls.addAll(Fields.objects(one, "urls")));
      this.id = id;
    }

    /** The text with each link as it leads on. */
    String expanded(String text) {
      String expanded = text;
      for (JsonObject url : urls) {
        String brief = Fields.text(url, "url");
        String onward = web(Fields.text(url, "expanded_url"));
        if (brief != null && !brief.isBlank() && onward != null) {
          expanded = expanded.replace(brief, onward);
        }
      }
      return expanded;
    }

    /** Where links lead, without the post's own pictures. */
    List<String> shared() {
      Set<String> shared = new LinkedHashSet<>();
      for (JsonObject url : urls) {
        String leads = web(Fields.text(url, "unwound_url", "expanded_url"));
        if (leads != null && Fields.text(url, "media_key") == null && !isOwnMedia(leads)) {
          shared.add(leads);
        }
      }
      return List.copyOf(shared);
    }

    private boolean isOwnMedia(String url) {
      return url.contains("/status/" + id + "/photo/") || url.contains("/status/" + id + "/video/");
    }

    private static @Nullable String web(@Nullable String url) {
      return url != null && (url.startsWith("https://") || url.startsWith("http://")) ? url : null;
    }
  }
}
