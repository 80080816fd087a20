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

  /** What a vote has to know of its question. */
  record Target(
      UUID root, boolean isPublic, @Nullable UUID asker, @Nullable UUID rootAsker, int votes) {
    /**
     * Whether the vote would be for the voter's own question, be it by way of one merged into it.
     */
    boolean isOwn(UUID voter) {
      return voter.equals(asker) || voter.equals(rootAsker);
    }
  }

  /** A question's group and its standing; the root's asker and the question's own may differ. */
  static Future<Map<UUID, Target>> targets(
      SqlClient sql, UUID session, Collection<UUID> questions) {
    return sql.preparedQuery(
            """
            select q.id, r.id as root, r.status, q.asker, r.asker as root_asker, r.votes
            from question q join question r on r.id = q.root
            where q.session_id = $1 and q.id = any($2::uuid[])
            """)
        .execute(Tuple.tuple().addValue(session).addValue(questions.toArray(UUID[]::new)))
        .map(
            rows -> {
              Map<UUID, Target> targets = HashMap.newHashMap(rows.size());
              for (Row row : rows) {
                targets.put(
                    row.getUUID(0),
                    new Target(
                        row.getUUID(1),
                        Status.named(row.getString(2)).isPublic(),
                        row.getUUID(3),
                        row.getUUID(4),
                        row.getInteger(5)));
              }
              return targets;
            });
  }

  /**
   * Casts votes for roots and gives what each root gains: a voter counts once in a group, however
   * many of its questions they voted for.
   */
  static Future<Map<UUID, Integer>> cast(
      SqlClient sql, UUID session, Instant now, UUID[] roots, UUID[] participants) {
    return sql.preparedQuery(
            """
            with cast_votes as (
              insert into vote (question_id, participant_id, session_id, at)
              select n.question, n.participant, $3::uuid, $4::timestamptz
              from unnest($1::uuid[], $2::uuid[]) as n (question, participant)
              on conflict (question_id, participant_id) do nothing
              returning question_id, participant_id
            )
            select c.question_id, count(*)::int from cast_votes c
            where not exists (
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
                .addValue(Times.sql(now)))
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

  /** Adds to the roots' tallies; gives the new ones with the views of their questions. */
  static Future<List<Tally>> add(SqlClient sql, Map<UUID, Integer> differences) {
    UUID[] roots = differences.keySet().toArray(UUID[]::new);
    Integer[] by = differences.values().toArray(Integer[]::new);
    return sql.preparedQuery(
            """
            update question q set votes = q.votes + n.difference
            from unnest($1::uuid[], $2::int[]) as n (root, difference)
            where q.id = n.root
            returning q.id, q.votes, q.status, q.crowded_out, q.post is not null
            """)
        .execute(Tuple.tuple().addValue(roots).addValue(by))
        .map(VoteStore::tallies);
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
            update question r set votes = (
              select count(distinct v.participant_id)::int
              from question m join vote v on v.question_id = m.id
              where m.root = r.id and v.participant_id is distinct from r.asker)
            where r.id = any($1::uuid[]) and r.root = r.id
            returning r.id, r.votes, r.status, r.crowded_out, r.post is not null
            """)
        .execute(Tuple.tuple().addValue(roots.stream().distinct().toArray(UUID[]::new)))
        .map(VoteStore::tallies);
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
            update question q set votes = counted.votes from counted where q.id = counted.question_id
            returning q.id, q.votes
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

  private static List<Tally> tallies(Iterable<Row> rows) {
    List<Tally> tallies = new ArrayList<>();
    for (Row row : rows) {
      tallies.add(
          new Tally(
              row.getUUID(0),
              row.getInteger(1),
              Status.named(row.getString(2)).views(row.getInteger(3), row.getBoolean(4))));
    }
    return tallies;
  }
}
