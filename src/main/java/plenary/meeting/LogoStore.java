package plenary.meeting;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Times;

/** SQL of logos. */
final class LogoStore {
  private LogoStore() {}

  /** A logo as it is served. */
  record Stored(String mediaType, Buffer body, String tag) {}

  /**
   * A meeting's logo.
   *
   * @param tag only if that is its content; null = whatever it is
   */
  static Future<Optional<Stored>> find(SqlClient sql, UUID meeting, @Nullable String tag) {
    return sql.preparedQuery(
            """
            select l.media_type, l.body, m.logo from meeting_logo l join meeting m on m.id = l.meeting
            where l.meeting = $1 and m.logo is not null and ($2::text is null or m.logo = $2)
            """)
        .execute(Tuple.of(meeting, tag))
        .map(
            rows -> {
              for (Row row : rows) {
                return Optional.of(
                    new Stored(
                        row.getString("media_type"), row.getBuffer("body"), row.getString("logo")));
              }
              return Optional.empty();
            });
  }

  static Future<Void> put(SqlConnection sql, UUID meeting, Image image, Instant now) {
    return sql.preparedQuery(
            """
            insert into meeting_logo (meeting, media_type, body, updated_at) values ($1, $2, $3, $4)
            on conflict (meeting) do update set media_type = excluded.media_type,
              body = excluded.body, updated_at = excluded.updated_at
            """)
        .execute(Tuple.of(meeting, image.mediaType(), image.body(), Times.sql(now)))
        .mapEmpty();
  }

  /** The logo of one meeting for another one too. */
  static Future<Void> copy(SqlConnection sql, UUID from, UUID to, Instant now) {
    return sql.preparedQuery(
            """
            insert into meeting_logo (meeting, media_type, body, updated_at)
            select $2, media_type, body, $3 from meeting_logo where meeting = $1
            """)
        .execute(Tuple.of(from, to, Times.sql(now)))
        .mapEmpty();
  }

  static Future<Void> delete(SqlConnection sql, UUID meeting) {
    return sql.preparedQuery("delete from meeting_logo where meeting = $1")
        .execute(Tuple.of(meeting))
        .mapEmpty();
  }

  /** What the meeting says its logo is. */
  static Future<Void> name(SqlConnection sql, UUID meeting, @Nullable String tag, Instant now) {
    return sql.preparedQuery("update meeting set logo = $2, updated_at = $3 where id = $1")
        .execute(Tuple.of(meeting, tag, Times.sql(now)))
        .mapEmpty();
  }
}
