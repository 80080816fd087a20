package plenary.meeting;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Times;
import plenary.hashtag.Followed;

/** SQL of the hashtags that meetings and sessions have. */
final class FollowedStore {
  private FollowedStore() {}

  static Future<Optional<Followed>> find(SqlClient sql, UUID meeting, @Nullable UUID session) {
    return sql.preparedQuery(
            """
            select m.hashtags,
                   case when $2::uuid is null then array(
                     select distinct t.tag from session a cross join unnest(a.hashtags) as t (tag)
                     where a.meeting = m.id order by t.tag limit 1000
                   ) else s.hashtags end as sessions,
                   s.starts_at, s.ends_at
            from meeting m left join session s on s.id = $2 and s.meeting = m.id
            where m.id = $1 and ($2::uuid is null or s.id is not null)
            """)
        .execute(Tuple.of(meeting, session))
        .map(
            rows -> {
              for (Row row : rows) {
                return Optional.of(
                    new Followed(
                        List.of(row.getArrayOfStrings("hashtags")),
                        List.of(row.getArrayOfStrings("sessions")),
                        Times.instant(row.getOffsetDateTime("starts_at")),
                        Times.instant(row.getOffsetDateTime("ends_at"))));
              }
              return Optional.empty();
            });
  }
}
