package plenary.live;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.data.Interval;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The engine's SQL: heads, entities and idempotency keys. */
final class EntityStore {
  private EntityStore() {}

  /** What was read of a session in one statement, hence from one instant. */
  record Reading(long head, long purgedBelow, String epoch, List<Entity> entities) {}

  /** A stored idempotency key. */
  record StoredKey(String bodyHash, JsonObject result) {}

  static Future<Void> makeHeads(SqlClient sql, Collection<UUID> sessions) {
    return sql.preparedQuery(
            """
            insert into session_head (session_id)
            select unnest($1::uuid[]) order by 1
            on conflict (session_id) do nothing
            """)
        .execute(Tuple.of(sessions.toArray(UUID[]::new)))
        .mapEmpty();
  }

  /** Locks the heads in id order, so that two nodes never wait for each other in a circle. */
  static Future<Map<UUID, Long>> lockHeads(SqlClient sql, Collection<UUID> sessions) {
    return sql.preparedQuery(
            """
            select session_id, version from session_head
            where session_id = any($1::uuid[]) order by session_id for update
            """)
        .execute(Tuple.of(sessions.toArray(UUID[]::new)))
        .map(EntityStore::versions);
  }

  /** Deletes sessions whose heads are locked, with all the engine keeps of them. */
  static Future<Void> erase(SqlClient sql, Collection<UUID> sessions) {
    Tuple ids = Tuple.of(sessions.toArray(UUID[]::new));
    return sql.preparedQuery("delete from live_entity where session_id = any($1::uuid[])")
        .execute(ids)
        .compose(
            done ->
                sql.preparedQuery("delete from command_key where session_id = any($1::uuid[])")
                    .execute(ids))
        .compose(
            done ->
                sql.preparedQuery("delete from session_head where session_id = any($1::uuid[])")
                    .execute(ids))
        .mapEmpty();
  }

  static Future<Map<UUID, Long>> heads(SqlClient sql, Collection<UUID> sessions) {
    return sql.preparedQuery(
            """
            select session_id, version from session_head where session_id = any($1::uuid[])
            """)
        .execute(Tuple.of(sessions.toArray(UUID[]::new)))
        .map(EntityStore::versions);
  }

  static Future<Void> moveHeads(SqlClient sql, Map<UUID, Long> versions) {
    UUID[] sessions = versions.keySet().toArray(UUID[]::new);
    Long[] to = new Long[sessions.length];
    for (int i = 0; i < sessions.length; i++) {
      to[i] = versions.get(sessions[i]);
    }
    return sql.preparedQuery(
            """
            update session_head h set version = n.version
            from unnest($1::uuid[], $2::bigint[]) as n (session_id, version)
            where h.session_id = n.session_id
            """)
        .execute(Tuple.tuple().addValue(sessions).addValue(to))
        .mapEmpty();
  }

  /** Writes entities and gives them back as they are now, with all the views that ever saw them. */
  static Future<List<Entity>> upsert(
      SqlClient sql, UUID session, Collection<Entity> entities, Instant now) {
    int n = entities.size();
    String[] keys = new String[n];
    Long[] versions = new Long[n];
    Integer[] views = new Integer[n];
    Integer[] shown = new Integer[n];
    UUID[] owners = new UUID[n];
    String[] bodies = new String[n];
    Map<String, Entity> byKey = HashMap.newHashMap(n);
    int i = 0;
    for (Entity entity : entities) {
      keys[i] = entity.key();
      versions[i] = entity.version();
      views[i] = entity.views();
      shown[i] = entity.shown();
      owners[i] = entity.owner();
      bodies[i] = entity.body();
      byKey.put(entity.key(), entity);
      i++;
    }
    return sql.preparedQuery(
            """
            insert into live_entity as e
              (session_id, key, version, views, shown, owner, body, dropped_at)
            select $1::uuid, n.key, n.version, n.views, n.shown, n.owner, n.body::json,
                   case when n.body is null then $8::timestamptz end
            from unnest($2::text[], $3::bigint[], $4::int[], $5::int[], $6::uuid[], $7::text[])
              as n (key, version, views, shown, owner, body)
            on conflict (session_id, key) do update
            set version = excluded.version, views = excluded.views,
                shown = e.shown | excluded.shown, owner = coalesce(e.owner, excluded.owner),
                body = excluded.body, dropped_at = excluded.dropped_at
            returning key, shown, owner
            """)
        .execute(
            Tuple.from(
                new Object[] {session, keys, versions, views, shown, owners, bodies, utc(now)}))
        .map(rows -> merged(rows, byKey));
  }

  private static List<Entity> merged(RowSet<Row> rows, Map<String, Entity> written) {
    List<Entity> merged = new ArrayList<>(rows.size());
    for (Row row : rows) {
      Entity e = Objects.requireNonNull(written.get(row.getString(0)));
      merged.add(
          new Entity(e.key(), e.version(), e.views(), row.getInteger(1), row.getUUID(2), e.body()));
    }
    merged.sort(Comparator.comparingLong(Entity::version));
    return merged;
  }

  /** Everything of a session that changed after a version, and where the session stands. */
  static Future<@Nullable Reading> read(SqlClient sql, UUID session, long since) {
    return sql.preparedQuery(
            """
            select h.version as head, h.purged_below,
                   (select value from meta where key = 'epoch') || '.' ||
                   (select timeline_id from pg_control_checkpoint()) as epoch,
                   e.key, e.version, e.views, e.shown, e.owner, e.body::text as body
            from session_head h
            left join live_entity e on e.session_id = h.session_id
              and e.step >= $2::bigint >> 8 and e.version > $2
            where h.session_id = $1
            order by e.version
            """)
        .execute(Tuple.of(session, since))
        .map(EntityStore::reading);
  }

  private static @Nullable Reading reading(RowSet<Row> rows) {
    List<Entity> entities = new ArrayList<>(rows.size());
    Row first = null;
    for (Row row : rows) {
      first = first == null ? row : first;
      if (row.getString(3) != null) {
        entities.add(
            new Entity(
                row.getString(3),
                row.getLong(4),
                row.getInteger(5),
                row.getInteger(6),
                row.getUUID(7),
                row.getString(8)));
      }
    }
    return first == null
        ? null
        : new Reading(first.getLong(0), first.getLong(1), first.getString(2), entities);
  }

  static Future<Optional<String>> body(SqlClient sql, UUID session, String key) {
    return sql.preparedQuery(
            "select body::text from live_entity where session_id = $1 and key = $2")
        .execute(Tuple.of(session, key))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.ofNullable(rows.iterator().next().getString(0)));
  }

  /** The bodies of entities; absent where there is none, or a tombstone. */
  static Future<Map<EntityOf, Optional<String>>> bodies(
      SqlClient sql, Collection<EntityOf> entities) {
    return sql.preparedQuery(
            """
            select n.session_id, n.key, e.body::text
            from unnest($1::uuid[], $2::text[]) as n (session_id, key)
            left join live_entity e on e.session_id = n.session_id and e.key = n.key
            """)
        .execute(
            Tuple.tuple()
                .addValue(entities.stream().map(EntityOf::session).toArray(UUID[]::new))
                .addValue(entities.stream().map(EntityOf::key).toArray(String[]::new)))
        .map(
            rows -> {
              Map<EntityOf, Optional<String>> bodies = new HashMap<>();
              for (Row row : rows) {
                bodies.put(
                    new EntityOf(row.getUUID(0), row.getString(1)),
                    Optional.ofNullable(row.getString(2)));
              }
              return bodies;
            });
  }

  static Future<Map<KeyOf, StoredKey>> storedKeys(SqlClient sql, Collection<KeyOf> keys) {
    return sql.preparedQuery(
            """
            select k.session_id, k.principal, k.key, k.body_hash, k.result::text
            from command_key k
            join unnest($1::uuid[], $2::uuid[], $3::text[]) as n (session_id, principal, key)
              using (session_id, principal, key)
            """)
        .execute(KeyOf.columns(keys))
        .map(
            rows -> {
              Map<KeyOf, StoredKey> stored = new HashMap<>();
              for (Row row : rows) {
                stored.put(
                    new KeyOf(row.getUUID(0), row.getUUID(1), row.getString(2)),
                    new StoredKey(row.getString(3), new JsonObject(row.getString(4))));
              }
              return stored;
            });
  }

  static Future<Void> storeKeys(SqlClient sql, Map<KeyOf, StoredKey> keys, Instant now) {
    Tuple columns = KeyOf.columns(keys.keySet());
    String[] hashes = keys.values().stream().map(StoredKey::bodyHash).toArray(String[]::new);
    String[] results =
        keys.values().stream().map(key -> key.result().encode()).toArray(String[]::new);
    return sql.preparedQuery(
            """
            insert into command_key (session_id, principal, key, body_hash, result, at)
            select n.session_id, n.principal, n.key, n.body_hash, n.result::json, $6::timestamptz
            from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[])
              as n (session_id, principal, key, body_hash, result)
            """)
        .execute(columns.addValue(hashes).addValue(results).addValue(utc(now)))
        .mapEmpty();
  }

  /** Forgets idempotency keys older than that age. */
  static Future<Integer> forgetKeys(SqlClient sql, Duration age) {
    return sql.preparedQuery("delete from command_key where at < now() - $1::interval")
        .execute(Tuple.of(interval(age)))
        .map(RowSet::rowCount);
  }

  /** Removes old tombstones; positions below them can no longer be resumed. One statement. */
  static Future<Integer> purgeTombstones(SqlClient sql, Duration age) {
    return sql.preparedQuery(
            """
            with head as (
              select session_id from session_head h
              where exists (select 1 from live_entity e where e.session_id = h.session_id
                            and e.dropped_at < now() - $1::interval)
              order by session_id limit 100 for update skip locked
            ), gone as (
              delete from live_entity e using head
              where e.session_id = head.session_id and e.dropped_at < now() - $1::interval
              returning e.session_id, e.version
            ), below as (
              select session_id, max(version) as version from gone group by session_id
            )
            update session_head h set purged_below = greatest(h.purged_below, below.version)
            from below where h.session_id = below.session_id
            """)
        .execute(Tuple.of(interval(age)))
        .map(RowSet::rowCount);
  }

  private static Interval interval(Duration age) {
    return Interval.of().days((int) age.toDays()).hours(age.toHoursPart());
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static Map<UUID, Long> versions(RowSet<Row> rows) {
    Map<UUID, Long> versions = HashMap.newHashMap(rows.size());
    for (Row row : rows) {
      versions.put(row.getUUID(0), row.getLong(1));
    }
    return versions;
  }

  /** An entity by its name. */
  record EntityOf(UUID session, String key) {}

  /** Where an idempotency key counts. */
  record KeyOf(UUID session, UUID principal, String key) {
    static Tuple columns(Collection<KeyOf> keys) {
      return Tuple.tuple()
          .addValue(keys.stream().map(KeyOf::session).toArray(UUID[]::new))
          .addValue(keys.stream().map(KeyOf::principal).toArray(UUID[]::new))
          .addValue(keys.stream().map(KeyOf::key).toArray(String[]::new));
    }
  }
}
