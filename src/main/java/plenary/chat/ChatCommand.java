package plenary.chat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plenary.live.Change;
import plenary.live.Command;

/** A change of a session's chat, by its host, its clock, or its outbox. */
record ChatCommand(
    UUID session,
    String kind,
    Command.@Nullable Once once,
    Function<Change, Future<JsonObject>> work)
    implements Command {

  @Override
  public Lane lane() {
    return Lane.STAFF;
  }

  @Override
  public Future<JsonObject> run(Change change) {
    return work.apply(change);
  }
}
