package plenary.network;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Ids;
import plenary.database.Times;
import plenary.hashtag.Tags;

/** SQL of posts as the networks tell them. */
final class PostStore {
  /** As much of a post's text as is kept; nothing that is worth reading is longer. */
  private static final int TEXT_MAX = 10_000;

  private static final int NAME_MAX = 200;
  private static final int URL_MAX = 2_000;
  private static final int ENTITIES_MAX = 50;

  private PostStore() {}

  /**
   * Stores posts: one that carries a followed hashtag in any case, another only if it is known.
   *
   * @param posts each once
   * @param followed the ids of those that carry one
   * @return those of which anything changed, new ones too
   */
  static Future<Changed> write(
      SqlClient sql, Network network, List<Post> posts, Set<String> followed, Instant now) {
    if (posts.isEmpty()) {
      return Future.succeededFuture(new Changed(List.of(), 0));
    }
    JsonArray rows = new JsonArray();
    posts.stream()
        // In one order everywhere, or two connectors could wait for each other.
        .sorted((one, other) -> one.id().compareTo(other.id()))
        .forEach(post -> rows.add(row(post, followed.contains(post.id()))));
    return sql.preparedQuery(
            """
            with told as (
              select * from json_to_recordset($2::text::json) as t (
                id uuid, native text, followed boolean, revision bigint, local text, writer text,
                handle text, name text, text text, language text, url text,
                posted_at timestamptz, edited boolean, reply_to text, thread text, repost_of text,
                tags text[], written text[], mentions text[], links text[])
            )
            insert into post (id, network, native_id, revision, local_id, writer_id, writer_handle,
              writer_name, text, language, url, posted_at, edited, reply_to, thread, repost_of,
              tags, tags_written, mentions, links, seen_at)
            select id, $1, native, revision, local, writer, handle, name, text, language, url,
              posted_at, edited, reply_to, thread, repost_of, tags, written, mentions, links, $3
            from told
            where followed or exists (
              select 1 from post p where p.network = $1 and p.native_id = told.native)
            order by native
            on conflict (network, native_id) do update set
              revision = excluded.revision, local_id = coalesce(excluded.local_id, post.local_id),
              writer_id = excluded.writer_id,
              writer_handle = case when excluded.writer_handle = excluded.writer_id
                then coalesce(post.writer_handle, excluded.writer_handle)
                else excluded.writer_handle end,
              writer_name = coalesce(excluded.writer_name, post.writer_name),
              text = excluded.text, language = excluded.language, url = excluded.url,
              posted_at = excluded.posted_at, edited = excluded.edited or post.edited,
              reply_to = excluded.reply_to, thread = excluded.thread,
              repost_of = excluded.repost_of, tags = excluded.tags,
              tags_written = excluded.tags_written, mentions = excluded.mentions,
              links = excluded.links, deleted_at = null
            where excluded.revision > post.revision
            returning id, (xmax = 0) as fresh
            """)
        .execute(Tuple.of(network.id(), rows.encode(), Times.sql(now)))
        .map(
            stored -> {
              int fresh = 0;
              List<UUID> ids = new ArrayList<>(stored.size());
              for (Row row : stored) {
                ids.add(row.getUUID(0));
                fresh += row.getBoolean(1) ? 1 : 0;
              }
              return new Changed(ids, fresh);
            });
  }

  /** What a write changed. */
  record Changed(List<UUID> posts, int fresh) {}

  private static JsonObject row(Post post, boolean followed) {
    List<String> keys = new ArrayList<>();
    List<String> written = new ArrayList<>();
    for (String tag : post.tags()) {
      String key = storable(Tags.key(tag), NAME_MAX);
      if (!key.isEmpty() && !keys.contains(key) && keys.size() < ENTITIES_MAX) {
        keys.add(key);
        written.add(storable(tag, NAME_MAX));
      }
    }
    Post.Writer writer = post.writer();
    return new JsonObject()
        .put("id", Ids.next().toString())
        .put("native", storable(post.id(), URL_MAX))
        .put("followed", followed)
        .put("revision", post.revision())
        .put("local", cut(post.local()))
        .put("writer", storable(writer.id(), URL_MAX))
        .put("handle", storable(writer.handle(), NAME_MAX))
        .put("name", writer.name() == null ? null : storable(writer.name(), NAME_MAX))
        .put("text", storable(post.text(), TEXT_MAX))
        .put("language", post.language() == null ? null : storable(post.language(), 35))
        .put("url", readable(post.url()))
        .put("posted_at", Times.text(post.postedAt()))
        .put("edited", post.edited())
        .put("reply_to", cut(post.replyTo()))
        .put("thread", cut(post.thread()))
        .put("repost_of", cut(post.repostOf()))
        .put("tags", new JsonArray(keys))
        .put("written", new JsonArray(written))
        .put("mentions", bounded(post.mentions()))
        .put("links", bounded(post.links()));
  }

  private static @Nullable String cut(@Nullable String text) {
    return text == null ? null : storable(text, URL_MAX);
  }

  /** An address that a page may link to; a network may say anything. */
  private static @Nullable String readable(@Nullable String url) {
    return url != null
            && (url.startsWith("https://") || url.startsWith("http://"))
            && url.length() <= URL_MAX
        ? storable(url, URL_MAX)
        : null;
  }

  private static JsonArray bounded(List<String> all) {
    return new JsonArray(
        all.stream().distinct().limit(ENTITIES_MAX).map(one -> storable(one, URL_MAX)).toList());
  }

  /** PostgreSQL keeps no NUL and no half of a surrogate pair. */
  private static String storable(String text, int unitsMax) {
    StringBuilder clean = new StringBuilder(Math.min(text.length(), unitsMax));
    text.codePoints()
        .filter(c -> c != 0 && (c < 0xd800 || c > 0xdfff))
        .limit(unitsMax)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  /**
   * Takes texts and names of deleted posts away.
   *
   * @param remember whether one that is not known leaves a tombstone
   * @return those that were there
   */
  static Future<List<UUID>> delete(
      SqlClient sql, Network network, List<News.Deleted> deletions, boolean remember, Instant now) {
    if (deletions.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    List<News.Deleted> ordered =
        deletions.stream().sorted((one, other) -> one.id().compareTo(other.id())).toList();
    String insert =
        """
        insert into post (id, network, native_id, revision, posted_at, seen_at, deleted_at)
        select id, $1, native, revision, $5, $5, $5
        from unnest($2::uuid[], $3::text[], $4::bigint[]) as t (id, native, revision)
        """;
    String known =
        """
        where exists (select 1 from post p where p.network = $1 and p.native_id = t.native)
        """;
    String rest =
        """
        order by native
        on conflict (network, native_id) do update set
          revision = excluded.revision, deleted_at = coalesce(post.deleted_at, excluded.deleted_at),
          text = '', writer_name = null, url = null, tags_written = '{}', mentions = '{}',
          links = '{}'
        where excluded.revision >= post.revision
        returning id
        """;
    return sql.preparedQuery(insert + (remember ? "" : known) + rest)
        .execute(
            Tuple.tuple()
                .addValue(network.id())
                .addValue(ordered.stream().map(one -> Ids.next()).toArray(UUID[]::new))
                .addValue(
                    ordered.stream().map(one -> storable(one.id(), URL_MAX)).toArray(String[]::new))
                .addValue(ordered.stream().map(News.Deleted::revision).toArray(Long[]::new))
                .addValue(Times.sql(now)))
        .map(PostStore::ids);
  }

  /**
   * Accounts went, or came back.
   *
   * @return the posts they wrote
   */
  static Future<List<UUID>> writers(
      SqlClient sql, Network network, Collection<String> ids, boolean gone, Instant now) {
    if (ids.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    String[] writers = ids.toArray(String[]::new);
    Tuple which = Tuple.tuple().addValue(network.id()).addValue(writers);
    Future<?> kept =
        gone
            ? sql.preparedQuery(
                    """
                    insert into post_writer_gone (network, writer_id, at)
                    select $1, w, $3 from unnest($2::text[]) as w
                    where exists (select 1 from post p where p.network = $1 and p.writer_id = w)
                    on conflict do nothing
                    """)
                .execute(which.addValue(Times.sql(now)))
            : sql.preparedQuery(
                    "delete from post_writer_gone where network = $1 and writer_id ="
                        + " any($2::text[])")
                .execute(which);
    return kept.compose(
        done ->
            sql.preparedQuery(
                    "select id from post where network = $1 and writer_id = any($2::text[])")
                .execute(Tuple.tuple().addValue(network.id()).addValue(writers))
                .map(PostStore::ids));
  }

  /**
   * Whoever wrote these is called on all their posts what they are called on the newest.
   *
   * @return the other posts that changed
   */
  static Future<List<UUID>> renamed(SqlClient sql, Collection<UUID> written) {
    if (written.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return sql.preparedQuery(
            """
            with named as (
              select distinct on (network, writer_id) network, writer_id, writer_handle, writer_name
              from post where id = any($1::uuid[]) and deleted_at is null
                and writer_handle <> writer_id
              order by network, writer_id, posted_at desc, id desc
            ), other as (
              select p.id, n.writer_handle, coalesce(n.writer_name, p.writer_name) as writer_name
              from named n join post p on p.network = n.network and p.writer_id = n.writer_id
              where p.deleted_at is null
                and (p.writer_handle is distinct from n.writer_handle
                  or p.writer_name is distinct from coalesce(n.writer_name, p.writer_name))
              order by p.native_id for update of p
            )
            update post p set writer_handle = o.writer_handle, writer_name = o.writer_name
            from other o where p.id = o.id
            returning p.id
            """)
        .execute(Tuple.tuple().addValue(written.toArray(UUID[]::new)))
        .map(PostStore::ids);
  }

  /**
   * Somebody is called something else now.
   *
   * @return the posts they wrote
   */
  static Future<List<UUID>> named(SqlClient sql, Network network, Post.Writer writer) {
    return sql.preparedQuery(
            """
            update post set writer_handle = $3, writer_name = coalesce($4, writer_name)
            where network = $1 and writer_id = $2 and deleted_at is null
              and (writer_handle is distinct from $3
                or writer_name is distinct from coalesce($4, writer_name))
            returning id
            """)
        .execute(
            Tuple.of(
                network.id(),
                writer.id(),
                storable(writer.handle(), NAME_MAX),
                writer.name() == null ? null : storable(writer.name(), NAME_MAX)))
        .map(PostStore::ids);
  }

  /** Notes that a meeting follows posts, and that every meeting that has them hears of changes. */
  static Future<Void> due(
      SqlClient sql,
      UUID meeting,
      Network network,
      Set<String> followed,
      Collection<UUID> changed) {
    Future<?> found =
        followed.isEmpty()
            ? Future.succeededFuture()
            : sql.preparedQuery(
                    """
                    insert into post_meeting (meeting, post, posted_at)
                    select $1, id, posted_at from post
                    where network = $2 and native_id = any($3::text[])
                    order by id
                    on conflict do nothing
                    """)
                .execute(
                    Tuple.tuple()
                        .addValue(meeting)
                        .addValue(network.id())
                        .addValue(followed.toArray(String[]::new)));
    return found
        .compose(
            done ->
                changed.isEmpty()
                    ? Future.succeededFuture()
                    : sql.preparedQuery(
                            """
                            update post_meeting set due = true, changes = changes + 1
                            where post = any($1::uuid[])
                            """)
                        .execute(Tuple.tuple().addValue(changed.toArray(UUID[]::new))))
        .mapEmpty();
  }

  /** Every post of a network in a meeting is told of again. */
  static Future<Void> dueAll(SqlClient sql, UUID meeting, Network network) {
    return sql.preparedQuery(
            """
            update post_meeting m set due = true, changes = changes + 1 from post p
            where m.meeting = $1 and p.id = m.post and p.network = $2
            """)
        .execute(Tuple.of(meeting, network.id()))
        .mapEmpty();
  }

  static Future<Void> gap(
      SqlClient sql, Account account, Instant since, Instant until, String why) {
    return sql.preparedQuery(
            """
            insert into post_gap (id, meeting, network, account, since, until, why)
            values ($1, $2, $3, $4, $5, $6, $7)
            """)
        .execute(
            Tuple.tuple()
                .addValue(Ids.next())
                .addValue(account.meeting())
                .addValue(account.network().id())
                .addValue(account.id())
                .addValue(Times.sql(since))
                .addValue(Times.sql(until))
                .addValue(storable(why, 500)))
        .mapEmpty();
  }

  static Future<List<Following.Known>> known(
      SqlClient sql, UUID meeting, Network network, Instant since, int limit) {
    return sql.preparedQuery(
            """
            select p.native_id, p.local_id, p.revision, p.posted_at
            from post_meeting pm join post p on p.id = pm.post
            where pm.meeting = $1 and pm.posted_at >= $3 and p.network = $2
              and p.deleted_at is null
            order by pm.posted_at desc, p.id desc limit $4
            """)
        .execute(Tuple.of(meeting, network.id(), Times.sql(since), limit))
        .map(
            rows -> {
              List<Following.Known> known = new ArrayList<>(rows.size());
              for (Row row : rows) {
                known.add(
                    new Following.Known(
                        row.getString(0),
                        row.getString(1),
                        row.getLong(2),
                        row.getOffsetDateTime(3).toInstant()));
              }
              return known;
            });
  }

  /** Forgets what nobody needs: old tombstones that no post ever came for, and their writers. */
  static Future<Void> purge(SqlClient sql, Instant before) {
    return sql.preparedQuery(
            """
            delete from post p where p.deleted_at < $1
              and not exists (select 1 from post_meeting m where m.post = p.id)
            """)
        .execute(Tuple.of(Times.sql(before)))
        .mapEmpty();
  }

  /** Takes the words of accounts that went a while ago, as the networks ask for. */
  static Future<Void> blank(SqlClient sql, Instant before) {
    return sql.preparedQuery(
            """
            update post p set text = '', writer_name = null, url = null, tags_written = '{}',
              mentions = '{}', links = '{}', deleted_at = g.at
            from post_writer_gone g
            where g.network = p.network and g.writer_id = p.writer_id and g.at < $1
              and p.deleted_at is null
            """)
        .execute(Tuple.of(Times.sql(before)))
        .mapEmpty();
  }

  /** Deletes what a meeting alone has of posts, and its accounts. */
  static Future<Void> erase(SqlClient sql, UUID meeting) {
    return sql.preparedQuery(
            """
            with mine as (
              delete from post_meeting where meeting = $1 returning post
            ), gaps as (
              delete from post_gap where meeting = $1
            ), accounts as (
              delete from network_account where meeting = $1
            )
            delete from post p using mine where p.id = mine.post and not exists (
              select 1 from post_meeting m where m.post = p.id and m.meeting <> $1)
            """)
        .execute(Tuple.of(meeting))
        .mapEmpty();
  }

  private static List<UUID> ids(RowSet<Row> rows) {
    List<UUID> ids = new ArrayList<>(rows.size());
    rows.forEach(row -> ids.add(row.getUUID(0)));
    return ids;
  }
}
