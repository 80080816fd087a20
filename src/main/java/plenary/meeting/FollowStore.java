package plenary.meeting;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import plenary.database.Times;
import plenary.meeting.Follows.Followed;
import plenary.meeting.Follows.Slot;

/** SQL of what meetings follow. */
final class FollowStore {
  private FollowStore() {}

  static Future<Map<UUID, Followed>> of(
      SqlClient sql, Set<UUID> meetings, Instant now, Duration around) {
    return sql.preparedQuery(
            """
            select m.id as meeting, m.hashtags as meeting_tags, s.id as session, s.state,
              s.hashtags as session_tags
            from meeting m
            left join session s on s.meeting = m.id
              and (s.state in ('open', 'live') or cardinality(s.hashtags) > 0)
            where m.id = any($1::uuid[])
              and (coalesce(m.ends_on, m.starts_on) is null
                or (m.starts_on <= $2::timestamptz::date and m.ends_on >= $3::timestamptz::date)
                or exists (select 1 from session o
                  where o.meeting = m.id and o.state in ('open', 'live')))
            order by m.id, s.id
            """)
        .execute(
            Tuple.tuple()
                .addValue(meetings.toArray(UUID[]::new))
                .addValue(Times.sql(now.plus(around)))
                .addValue(Times.sql(now.minus(around))))
        .map(
            rows -> {
              Map<UUID, List<Slot>> sessions = new LinkedHashMap<>();
              Map<UUID, List<String>> tags = new LinkedHashMap<>();
              for (Row row : rows) {
                UUID meeting = row.getUUID("meeting");
                tags.put(meeting, List.of(row.getArrayOfStrings("meeting_tags")));
                List<Slot> slots = sessions.computeIfAbsent(meeting, any -> new ArrayList<>());
                UUID session = row.getUUID("session");
                if (session != null) {
                  slots.add(
                      new Slot(
                          session,
                          SessionState.named(row.getString("state")),
                          List.of(row.getArrayOfStrings("session_tags"))));
                }
              }
              Map<UUID, Followed> followed = new LinkedHashMap<>();
              tags.forEach(
                  (meeting, of) ->
                      followed.put(
                          meeting,
                          new Followed(meeting, of, sessions.getOrDefault(meeting, List.of()))));
              return followed;
            });
  }
}
