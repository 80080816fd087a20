package plenary.live;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The change of one command while its batch is under way. It reaches the batch only if it is done.
 */
final class Draft implements Change {
  private final UUID session;
  private final SqlConnection sql;
  private final Instant now;
  private final long version;
  private final Function<String, Future<Optional<String>>> reader;
  private final Map<String, Entity> entities = new LinkedHashMap<>();
  private final Consumer<Future<?>> writes;

  /**
   * @param reader gives an entity's body as the batch left it so far
   * @param writes takes each write that is sent, also one of a command that is refused later
   */
  Draft(
      UUID session,
      SqlConnection sql,
      Instant now,
      long version,
      Function<String, Future<Optional<String>>> reader,
      Consumer<Future<?>> writes) {
    this.session = session;
    this.sql = sql;
    this.now = now;
    this.version = version;
    this.reader = reader;
    this.writes = writes;
  }

  @Override
  public UUID session() {
    return session;
  }

  @Override
  public SqlConnection sql() {
    return sql;
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public Future<Optional<JsonObject>> read(String key) {
    Entity own = entities.get(key);
    Future<Optional<String>> body =
        own == null ? reader.apply(key) : Future.succeededFuture(Optional.ofNullable(own.body()));
    return body.map(found -> found.map(JsonObject::new));
  }

  @Override
  public void beforeCommit(Future<?> write) {
    writes.accept(write);
  }

  @Override
  public void put(String key, int views, JsonObject body) {
    entities.put(key, new Entity(key, version, views, views, null, body.encode()));
  }

  @Override
  public void putPrivate(String key, UUID owner, JsonObject body) {
    entities.put(key, new Entity(key, version, View.NONE, View.NONE, owner, body.encode()));
  }

  @Override
  public void drop(String key) {
    entities.put(key, new Entity(key, version, View.NONE, View.NONE, null, null));
  }

  Map<String, Entity> entities() {
    return entities;
  }
}
