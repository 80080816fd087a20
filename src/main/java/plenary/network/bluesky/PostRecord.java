package plenary.network.bluesky;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;
import plenary.network.Post;

/** A post's record as a {@link Post}. Records are what people's programs wrote: trust no shape. */
final class PostRecord {
  /** Before this nothing was posted; a date before it is a mistake. */
  private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

  private PostRecord() {}

  static Post read(Event.Commit commit, long revision, JsonObject value, Post.Writer writer) {
    String text = value.getValue("text") instanceof String given ? Syntax.storable(given) : "";
    Facets facets = Facets.of(value, text);
    JsonObject reply = value.getValue("reply") instanceof JsonObject given ? given : null;
    return new Post(
        Syntax.post(commit.did(), commit.key()),
        revision,
        writer,
        text,
        language(value.getValue("langs")),
        Syntax.url(commit.did(), commit.key()),
        null,
        written(value.getValue("createdAt"), Event.instant(commit.micros())),
        commit.operation() == Event.Operation.UPDATE,
        reference(reply, "parent"),
        reference(reply, "root"),
        null,
        facets.tags(),
        facets.mentions(),
        facets.links());
  }

  private static @Nullable String language(@Nullable Object langs) {
    if (langs instanceof JsonArray all) {
      for (Object one : all) {
        if (one instanceof String text && Syntax.isLanguage(text)) {
          return text;
        }
      }
    }
    return null;
  }

  private static @Nullable String reference(@Nullable JsonObject reply, String which) {
    return reply != null
            && reply.getValue(which) instanceof JsonObject strong
            && strong.getValue("uri") instanceof String uri
            && Syntax.isRecord(uri)
        ? uri
        : null;
  }

  /** When it says it was written, but not after it was seen. */
  static Instant written(@Nullable Object createdAt, Instant seen) {
    Instant said = createdAt instanceof String text ? time(text) : null;
    return said == null || said.isAfter(seen) || said.isBefore(FIRST) ? seen : said;
  }

  /** A time without a zone is common, and is taken as UTC. */
  private static @Nullable Instant time(String text) {
    try {
      TemporalAccessor read =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(text, Instant::from, LocalDateTime::from);
      return read instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : (Instant) read;
    } catch (DateTimeException | ClassCastException wrong) {
      return null;
    }
  }
}
