package plenary.question;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Times;

/** Votes and what they add up to, set-based. */
final class VoteStore {
  private VoteStore() {}

  /**
   * What a vote has to know of its question.
   *
   * @param asker who asked the question itself; the root's asker may be another
   * @param grouped whether others were merged into the root
   * @param tally of the root, before the vote
   */
  record Target(@Nullable UUID asker, @Nullable UUID rootAsker, boolean grouped, Tally tally) {
    UUID root() {
      return tally.question();
    }

    boolean isPublic() {
      return tally.isPublic();
    }

    /**
     * Whether the vote would be for the voter's own question, be it by way of one merged into it.
     */
    boolean isOwn(UUID voter) {
      return voter.equals(asker) || voter.equals(rootAsker);
    }
  }

  /** The questions' groups and how they stand. */
  static Future<Map<UUID, Target>> targets(
      SqlClient sql, UUID session, Collection<UUID> questions) {
    return sql.preparedQuery(
            """
            select q.id, q.asker, r.asker,
                   exists (select 1 from question m where m.root = r.id and m.id <> r.id),
                   r.id, t.votes, r.status, r.crowded_out, r.post is not null
            from question q join question r on r.id = q.root
              join question_tally t on t.question_id = r.id
            where q.session_id = $1 and q.id = any($2::uuid[])
            """)
        .execute(Tuple.tuple().addValue(session).addValue(questions.toArray(UUID[]::new)))
        .map(
            rows -> {
              Map<UUID, Target> targets = HashMap.newHashMap(rows.size());
              for (Row row : rows) {
                targets.put(
                    row.getUUID(0),
                    new Target(row.getUUID(1), row.getUUID(2), row.getBoolean(3), tally(row, 4)));
              }
              return targets;
            });
  }

  /**
   * Casts votes for roots and gives what each root gains: a voter counts once in a group, however
   * many of its questions they voted for.
   *
   * @param grouped those of the roots that others were merged into: only there is it looked
   */
  static Future<Map<UUID, Integer>> cast(
      SqlClient sql,
      UUID session,
      Instant now,
      UUID[] roots,
      UUID[] participants,
      Collection<UUID> grouped) {
    return sql.preparedQuery(
            """
            with cast_votes as (
              insert into vote (question_id, participant_id, session_id, at)
              select n.question, n.participant, $3::uuid, $4::timestamptz
              from unnest($1::uuid[], $2::uuid[]) as n (question, participant)
              on conflict (participant_id, question_id) do nothing
              returning question_id, participant_id
            )
            select c.question_id, count(*)::int from cast_votes c
            where c.question_id <> all ($5::uuid[]) or not exists (
              select 1 from question m join vote v on v.question_id = m.id
              where m.root = c.question_id and m.id <> c.question_id
                and v.participant_id = c.participant_id)
            group by c.question_id
            """)
        .execute(
            Tuple.tuple()
                .addValue(roots)
                .addValue(participants)
                .addValue(session)
                .addValue(Times.sql(now))
                .addValue(grouped.toArray(UUID[]::new)))
        .map(VoteStore::counts);
  }

  /** Takes votes back from whole groups and gives what each root loses. */
  static Future<Map<UUID, Integer>> takeBack(SqlClient sql, UUID[] roots, UUID[] participants) {
    return sql.preparedQuery(
            """
            with taken as (
              delete from vote v using question m,
                unnest($1::uuid[], $2::uuid[]) as n (root, participant)
              where m.root = n.root and v.question_id = m.id and v.participant_id = n.participant
              returning m.root, v.participant_id
            )
            select root, count(distinct participant_id)::int from taken group by root
            """)
        .execute(Tuple.tuple().addValue(roots).addValue(participants))
        .map(VoteStore::counts);
  }

  /** Writes tallies, which were read under the same lock. */
  static Future<Void> write(SqlClient sql, Collection<Tally> tallies) {
    return sql.preparedQuery(
            """
            update question_tally t set votes = n.votes
            from unnest($1::uuid[], $2::int[]) as n (question, votes)
            where t.question_id = n.question
            """)
        .execute(
            Tuple.tuple()
                .addValue(tallies.stream().map(Tally::question).toArray(UUID[]::new))
                .addValue(tallies.stream().map(Tally::votes).toArray(Integer[]::new)))
        .mapEmpty();
  }

  /** Works out roots anew for groups whose merges changed, and counts them again. */
  static Future<List<Tally>> regroup(SqlClient sql, UUID session, Collection<UUID> questions) {
    UUID[] touched = questions.toArray(UUID[]::new);
    return sql.preparedQuery(
            """
            with recursive affected as (
              select distinct root as id from question
              where session_id = $1 and id = any($2::uuid[])
              union select id from question where session_id = $1 and id = any($2::uuid[])
                and merged_into is null
            ), tree as (
              select q.id, q.id as root from question q
              where q.session_id = $1 and q.merged_into is null
                and (q.id in (select id from affected) or q.id in (
                  select into_root.root from question m
                  join question into_root on into_root.id = m.merged_into
                  where m.id = any($2::uuid[])))
              union all
              select q.id, tree.root from question q join tree on q.merged_into = tree.id
            )
            update question q set root = tree.root from tree
            where q.id = tree.id
            returning tree.root
            """)
        .execute(Tuple.tuple().addValue(session).addValue(touched))
        .compose(
            rows -> {
              List<UUID> roots = new ArrayList<>(questions);
              rows.forEach(row -> roots.add(row.getUUID(0)));
              return recount(sql, roots);
            });
  }

  /** Distinct voters of each group, without who asked its root: nobody votes for their own. */
  private static Future<List<Tally>> recount(SqlClient sql, Collection<UUID> roots) {
    return sql.preparedQuery(
            """
            update question_tally t set votes = (
              select count(distinct v.participant_id)::int
              from question m join vote v on v.question_id = m.id
              where m.root = r.id and v.participant_id is distinct from r.asker)
            from question r
            where r.id = any($1::uuid[]) and r.root = r.id and t.question_id = r.id
            returning r.id, t.votes, r.status, r.crowded_out, r.post is not null
            """)
        .execute(Tuple.tuple().addValue(roots.stream().distinct().toArray(UUID[]::new)))
        .map(
            rows -> {
              List<Tally> tallies = new ArrayList<>();
              rows.forEach(row -> tallies.add(tally(row, 0)));
              return tallies;
            });
  }

  /** Gives copies the distinct voters of what they are copies of; nobody votes for their own. */
  static Future<Map<UUID, Integer>> carry(SqlClient sql, UUID session, List<Question> copies) {
    return sql.preparedQuery(
            """
            with voters as (
              insert into vote (question_id, participant_id, session_id, at)
              select distinct on (c.id, v.participant_id) c.id, v.participant_id, $1::uuid, v.at
              from question c
                join question m on m.root = c.carried_from
                join vote v on v.question_id = m.id
              where c.id = any($2::uuid[]) and v.participant_id is distinct from c.asker
              returning question_id
            ), counted as (
              select question_id, count(*)::int as votes from voters group by question_id
            )
            update question_tally t set votes = counted.votes
            from counted where t.question_id = counted.question_id
            returning t.question_id, t.votes
            """)
        .execute(
            Tuple.tuple()
                .addValue(session)
                .addValue(copies.stream().map(Question::id).toArray(UUID[]::new)))
        .map(VoteStore::counts);
  }

  /** The questions a participant voted for. */
  static Future<List<UUID>> castBy(SqlClient sql, UUID session, UUID participant) {
    return sql.preparedQuery(
            """
            select question_id from vote
            where participant_id = $1 and session_id = $2 order by question_id limit 10000
            """)
        .execute(Tuple.of(participant, session))
        .map(
            rows -> {
              List<UUID> questions = new ArrayList<>(rows.size());
              rows.forEach(row -> questions.add(row.getUUID(0)));
              return questions;
            });
  }

  private static Map<UUID, Integer> counts(Iterable<Row> rows) {
    Map<UUID, Integer> counts = new HashMap<>();
    rows.forEach(row -> counts.put(row.getUUID(0), row.getInteger(1)));
    return counts;
  }

  private static Tally tally(Row row, int first) {
    return new Tally(
        row.getUUID(first),
        row.getInteger(first + 1),
        Status.named(row.getString(first + 2))
            .views(row.getInteger(first + 3), row.getBoolean(first + 4)));
  }
}
