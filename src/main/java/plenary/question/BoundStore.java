package plenary.question;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import plenary.live.View;
import plenary.question.BoundedViews.Bounds;

/** Which questions are in which view's stream, by their place in it. */
final class BoundStore {
  /** Of the places, one in so many is for the newest, or nobody could vote for them. */
  private static final int NEWEST_SHARE = 6;

  /** Most questions that one command lets in or out. */
  private static final int CHANGES_MAX = 2_000;

  private BoundStore() {}

  /**
   * The questions whose mask has to change, with the mask they should have. Attendees' order:
   * stage, queue and pinned; the newest; those still to be answered by votes; the rest by votes.
   */
  static Future<Map<UUID, Integer>> due(SqlClient sql, UUID session, Bounds bounds) {
    return sql.preparedQuery(
            """
            with attendee as (
              select id, row_number() over (
                order by (status in ('stage', 'queued') or pinned) desc, newest <= $5::int desc,
                         (status = 'approved') desc, votes desc, id desc) as place
              from (select id, status, pinned, votes,
                           row_number() over (order by id desc) as newest
                    from question join question_tally on question_id = id
                    where session_id = $1
                      and status in ('approved', 'queued', 'stage', 'answered')) as public
            ), moderator as (
              select id, row_number() over (order by changed_at desc, id desc) as place
              from question where session_id = $1
                and status in ('answered', 'dismissed', 'merged', 'withdrawn')
                and not (status = 'withdrawn' and post is not null)
              union all
              select id, row_number() over (order by id desc)
              from question where session_id = $1 and status = 'incoming' and post is not null
            ), placed as (
              select q.id, q.crowded_out,
                     case when a.place > $3::int then $6::int
                          when a.place > $2::int then q.crowded_out & $6::int else 0 end
                     | case when m.place > $3::int then $7::int
                            when m.place > $2::int then q.crowded_out & $7::int else 0 end as wanted
              from question q
              left join attendee a on a.id = q.id
              left join moderator m on m.id = q.id
              where q.session_id = $1
            )
            select id, wanted from placed where wanted <> crowded_out order by id limit $4
            """)
        .execute(
            Tuple.tuple()
                .addValue(session)
                .addValue(bounds.max())
                .addValue(bounds.max() + bounds.slack())
                .addValue(CHANGES_MAX)
                .addValue(bounds.max() / NEWEST_SHARE)
                .addValue(View.ATTENDEE.bit())
                .addValue(View.MODERATOR.bit()))
        .map(
            rows -> {
              Map<UUID, Integer> due = new LinkedHashMap<>();
              for (Row row : rows) {
                due.put(row.getUUID(0), row.getInteger(1));
              }
              return due;
            });
  }

  /** Writes the masks, and the versions at which moderators were told. */
  static Future<Void> update(SqlClient sql, Collection<Question> questions) {
    return sql.preparedQuery(
            """
            update question q set crowded_out = n.crowded_out, version = n.version
            from unnest($1::uuid[], $2::int[], $3::bigint[]) as n (id, crowded_out, version)
            where q.id = n.id
            """)
        .execute(
            Tuple.tuple()
                .addValue(questions.stream().map(Question::id).toArray(UUID[]::new))
                .addValue(questions.stream().map(Question::crowdedOut).toArray(Integer[]::new))
                .addValue(questions.stream().map(Question::version).toArray(Long[]::new)))
        .mapEmpty();
  }
}
