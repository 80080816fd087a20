package plenary.hashtag;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Times;

/** SQL that counts posts. What was deleted, and who went away, does not count. */
final class FiguresStore {
  /** The posts that are looked at: of meeting $1, from $2 until $3, under one of the tags $4. */
  private static final String SCOPE =
      """
      with scope as materialized (
        select p.id, p.network, p.writer_id as writer, p.writer_handle as handle,
               p.writer_name as name, p.repost_of is not null as repost, p.language, p.mentions,
               p.links, p.tags, p.tags_written, m.posted_at, m.stray
        from post_meeting m join post p on p.id = m.post
        where m.meeting = $1 and m.posted_at >= $2 and m.posted_at < $3
          and p.deleted_at is null and ($4::text[] is null or p.tags && $4)
          and not exists (
            select 1 from post_writer_gone g
            where g.network = p.network and g.writer_id = p.writer_id)
      )
      """;

  /** Everything at once; $5 seconds between the points, $6 the keys that are followed. */
  private static final String FIGURES =
      SCOPE
          + """
          , cell as materialized (
            select date_bin($5 * interval '1 second', posted_at, timestamptz '2000-01-01 00:00:00Z') as at,
                   network, writer, language, stray, max(handle) as handle, max(name) as name,
                   count(*) filter (where not repost) as posts, count(*) filter (where repost) as reposts
            from scope group by 1, 2, 3, 4, 5
          ), tagged as materialized (
            select t.key, t.written, s.network, s.writer, s.repost
            from scope s cross join unnest(s.tags, s.tags_written) as t (key, written)
            where not s.stray and s.tags <> '{}'
          ), tag as materialized (
            select key, sum(posts)::bigint as posts, sum(reposts)::bigint as reposts, count(*) as people
            from (
              select key, network, writer, count(*) filter (where not repost) as posts,
                     count(*) filter (where repost) as reposts
              from tagged group by key, network, writer) each_person
            group by key
          ), top as materialized (
            select * from tag order by posts desc, people desc, key limit 20
          ), together as materialized (
            select * from tag where key <> all ($6) order by posts desc, people desc, key limit 20
          ), said as materialized (
            select distinct on (key) key, written
            from (
              select key, written, count(*) as n from tagged
              where key in (select key from top union select key from together)
              group by key, written) each_form
            order by key, n desc, written
          ), point as (
            select at, sum(posts)::bigint as posts, sum(reposts)::bigint as reposts,
                   count(distinct (network, writer)) as people
            from cell where not stray group by at
          ), peak as (
            select date_bin('1 minute', posted_at, timestamptz '2000-01-01 00:00:00Z') as at,
                   count(*) filter (where not repost) as posts, count(*) filter (where repost) as reposts
            from scope where not stray group by 1 order by count(*) desc, 1 limit 1
          ), writers as materialized (
            select network, writer, max(handle) as handle, max(name) as name,
                   sum(posts)::bigint as posts, sum(reposts)::bigint as reposts
            from cell where not stray group by network, writer
          ), host as (
            select lower(substring(authority from '^(?:[^@]*@)?(?:www[.])?([^:]+)')) as host,
                   sum(posts)::bigint as posts
            from (
              select split_part(link, '/', 3) as authority, count(*) as posts
              from scope cross join unnest(links) as link
              where not repost and not stray and links <> '{}' group by 1) linked
            group by 1 order by 2 desc, 1 limit 20
          )
          select json_build_object(
            'totals', (select json_build_object(
                'posts', coalesce(sum(posts) filter (where not stray), 0),
                'reposts', coalesce(sum(reposts) filter (where not stray), 0),
                'strays', coalesce(sum(posts + reposts) filter (where stray), 0),
                'people', (select count(*) from writers)) from cell),
            'series', (select coalesce(json_agg(json_build_object('at', MS(at),
                'posts', posts, 'reposts', reposts, 'people', people) order by at), '[]') from point),
            'peak', (select json_build_object('at', MS(at), 'posts', posts, 'reposts', reposts) from peak),
            'first', (select json_strip_nulls(json_build_object('at', MS(f.posted_at),
                'network', f.network, 'handle', f.handle, 'url', p.url))
                from (select * from scope where not repost and not stray
                      order by posted_at, id limit 1) f join post p on p.id = f.id),
            'top', (select coalesce(json_agg(json_build_object('key', key, 'tag', written,
                'posts', posts, 'reposts', reposts, 'people', people)
                order by posts desc, people desc, key), '[]') from top join said using (key)),
            'together', (select coalesce(json_agg(json_build_object('key', key, 'tag', written,
                'posts', posts, 'reposts', reposts, 'people', people)
                order by posts desc, people desc, key), '[]') from together join said using (key)),
            'mentions', (select coalesce(json_agg(json_build_object('handle', handle,
                'posts', posts) order by posts desc, handle), '[]')
                from (select mention as handle, count(*) as posts
                      from scope cross join unnest(mentions) as mention
                      where not repost and not stray and mentions <> '{}'
                      group by 1 order by 2 desc, 1 limit 20) mentioned),
            'languages', (select coalesce(json_agg(json_build_object('language', language,
                'posts', posts) order by posts desc, language), '[]')
                from (select coalesce(language, 'und') as language, sum(posts)::bigint as posts
                      from cell where not stray group by 1 having sum(posts) > 0
                      order by 2 desc, 1 limit 20) spoken),
            'hosts', (select coalesce(json_agg(json_build_object('host', host, 'posts', posts)
                order by posts desc, host), '[]') from host where host is not null),
            'contributors', (select coalesce(json_agg(json_strip_nulls(json_build_object(
                'network', network, 'handle', handle, 'name', name, 'posts', posts,
                'reposts', reposts)) order by posts desc, reposts desc, handle), '[]')
                from (select * from writers order by posts desc, reposts desc, handle limit 20) w)
          ) as figures
          """
              .replaceAll(
                  "MS\\(([a-z.]+_?[a-z]*)\\)", "floor(extract(epoch from $1) * 1000)::bigint");

  /** Everything of the scope in memory, and a plan for this time and not for any. */
  private static final String ROOM =
      "set local work_mem = '32MB'; set local jit = off;"
          + " set local plan_cache_mode = force_custom_plan";

  private static final String RISING =
      SCOPE
          + """
          , used as (
            select t.key, t.written, s.network, s.writer,
                   floor(extract(epoch from $3 - s.posted_at) / $5)::int as age
            from scope s cross join unnest(s.tags, s.tags_written) as t (key, written)
            where not s.stray and not s.repost
          ), counts as (
            select key, age, count(*)::int as people
            from (select distinct key, age, network, writer from used) each_person
            group by key, age
          )
          select c.key, c.age, c.people,
                 (select mode() within group (order by u.written) from used u
                  where u.key = c.key) as written
          from counts c
          where c.key in (select key from counts where people >= $6)
          """;

  private FiguresStore() {}

  /** When the first post of a meeting was written. */
  static Future<Optional<Instant>> first(SqlClient sql, UUID meeting) {
    return sql.preparedQuery(
            "select posted_at from post_meeting where meeting = $1 order by posted_at limit 1")
        .execute(Tuple.of(meeting))
        .map(
            rows -> {
              for (Row row : rows) {
                return Optional.of(row.getOffsetDateTime("posted_at").toInstant());
              }
              return Optional.empty();
            });
  }

  /**
   * All counts as the contract has them, times in milliseconds since 1970.
   *
   * @param sql within a transaction of its own: it is given room to count in memory
   * @param keys only posts under one of these; null = all of the meeting
   * @param followed keys that do not count as further ones
   */
  static Future<JsonObject> figures(
      SqlConnection sql,
      UUID meeting,
      Instant from,
      Instant until,
      String @Nullable [] keys,
      long step,
      String[] followed) {
    return sql.query(ROOM)
        .execute()
        .compose(
            set ->
                sql.preparedQuery(FIGURES)
                    .execute(
                        Tuple.of(meeting, Times.sql(from), Times.sql(until), keys, step, followed)))
        .map(rows -> rows.iterator().next().getJsonObject("figures"));
  }

  /** How many people used a hashtag in each window, the last window first. */
  record Use(String written, int[] people) {}

  /** The hashtags that at least once enough people used at the same time, by key. */
  static Future<Map<String, Use>> use(
      SqlClient sql,
      UUID meeting,
      Instant until,
      String @Nullable [] keys,
      Duration window,
      int windows,
      int people) {
    Instant from = until.minus(window.multipliedBy(windows));
    return sql.preparedQuery(RISING)
        .execute(
            Tuple.of(
                meeting,
                Times.sql(from),
                Times.sql(until),
                keys,
                (double) window.toSeconds(),
                people))
        .map(
            rows -> {
              Map<String, Use> uses = new HashMap<>();
              for (Row row : rows) {
                Use use =
                    uses.computeIfAbsent(
                        row.getString("key"),
                        key -> new Use(row.getString("written"), new int[windows]));
                int age = Math.min(windows - 1, row.getInteger("age"));
                use.people()[age] = row.getInteger("people");
              }
              return uses;
            });
  }

  /** When something may be missing, overlapping a time. */
  static Future<JsonObject> gaps(SqlClient sql, UUID meeting, Instant from, Instant until) {
    return sql.preparedQuery(
            """
            select json_build_object('gaps', coalesce(json_agg(json_build_object(
              'network', network,
              'since', floor(extract(epoch from since) * 1000)::bigint,
              'until', floor(extract(epoch from until) * 1000)::bigint,
              'why', left(why, 500)) order by since), '[]')) as gaps
            from (
              select * from post_gap where meeting = $1 and since < $3 and until > $2
              order by since desc limit 100) gap
            """)
        .execute(Tuple.of(meeting, Times.sql(from), Times.sql(until)))
        .map(rows -> rows.iterator().next().getJsonObject("gaps"));
  }
}
