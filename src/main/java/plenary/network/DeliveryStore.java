package plenary.network;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of what sessions have still to be told. */
final class DeliveryStore {
  private DeliveryStore() {}

  /**
   * A post that sessions of a meeting have to be told about.
   *
   * @param changes numbers what happened to it, so that something later stays due
   * @param stands whether it is there, and its writer; and, on X, somebody who can ask whether it
   *     is
   * @param writerKnown whether something else of theirs was let in before
   */
  record Due(
      UUID post,
      int changes,
      Network network,
      String id,
      boolean stands,
      boolean repost,
      @Nullable String writer,
      @Nullable String handle,
      @Nullable String name,
      String text,
      @Nullable String url,
      @Nullable String replyTo,
      @Nullable String thread,
      Instant postedAt,
      Set<String> tags,
      boolean writerKnown) {}

  static Future<List<Due>> due(SqlClient sql, UUID meeting, int limit) {
    return sql.preparedQuery(
            """
            select m.post, m.changes, p.network, p.native_id, p.writer_id, p.writer_handle,
              p.writer_name, p.text, p.url, p.reply_to, p.thread, p.posted_at, p.tags,
              p.repost_of is not null as repost,
              exists (select 1 from post o join post_meeting b on b.post = o.id
                where o.network = p.network and o.writer_id = p.writer_id and o.id <> p.id
                  and b.meeting = m.meeting and not b.stray and not b.due) as writer_known,
              p.deleted_at is null and not exists (select 1 from post_writer_gone g
                where g.network = p.network and g.writer_id = p.writer_id)
                and (p.network <> 'x' or exists (select 1 from network_account a
                  where a.meeting = m.meeting and a.network = 'x')) as stands
            from post_meeting m join post p on p.id = m.post
            where m.meeting = $1 and m.due order by m.post limit $2
            """)
        .execute(Tuple.of(meeting, limit))
        .map(
            rows -> {
              List<Due> due = new ArrayList<>(rows.size());
              for (Row row : rows) {
                due.add(due(row));
              }
              return due;
            });
  }

  private static Due due(Row row) {
    return new Due(
        row.getUUID("post"),
        row.getInteger("changes"),
        Network.named(row.getString("network")),
        row.getString("native_id"),
        row.getBoolean("stands"),
        row.getBoolean("repost"),
        row.getString("writer_id"),
        row.getString("writer_handle"),
        row.getString("writer_name"),
        row.getString("text"),
        row.getString("url"),
        row.getString("reply_to"),
        row.getString("thread"),
        Objects.requireNonNull(row.getOffsetDateTime("posted_at")).toInstant(),
        new HashSet<>(List.of(row.getArrayOfStrings("tags"))),
        row.getBoolean("writer_known"));
  }

  /** Those of which nothing else happened since they were read. */
  static Future<Set<UUID>> unchanged(SqlClient sql, UUID meeting, List<Due> due) {
    return sql.preparedQuery(
            """
            select m.post from post_meeting m
            join unnest($2::uuid[], $3::int[]) as d (post, changes)
              on m.post = d.post and m.changes = d.changes
            where m.meeting = $1
            """)
        .execute(
            Tuple.tuple()
                .addValue(meeting)
                .addValue(due.stream().map(Due::post).toArray(UUID[]::new))
                .addValue(due.stream().map(Due::changes).toArray(Integer[]::new)))
        .map(
            rows -> {
              Set<UUID> posts = new HashSet<>();
              rows.forEach(row -> posts.add(row.getUUID(0)));
              return posts;
            });
  }

  /**
   * Nobody has to be told any more, unless something happened since.
   *
   * @param stray the posts that the meeting's guard kept out
   */
  static Future<Void> told(SqlClient sql, UUID meeting, List<Due> due, Set<UUID> stray) {
    return sql.preparedQuery(
            """
            update post_meeting m set due = false, stray = m.post = any($4::uuid[])
            from unnest($2::uuid[], $3::int[]) as d (post, changes)
            where m.meeting = $1 and m.post = d.post and m.changes = d.changes
            """)
        .execute(
            Tuple.tuple()
                .addValue(meeting)
                .addValue(due.stream().map(Due::post).toArray(UUID[]::new))
                .addValue(due.stream().map(Due::changes).toArray(Integer[]::new))
                .addValue(stray.toArray(UUID[]::new)))
        .mapEmpty();
  }

  /** Meetings that have something due. */
  static Future<Set<UUID>> waiting(SqlClient sql) {
    return sql.query("select distinct meeting from post_meeting where due")
        .execute()
        .map(
            rows -> {
              Set<UUID> meetings = new HashSet<>();
              rows.forEach(row -> meetings.add(row.getUUID(0)));
              return meetings;
            });
  }
}
