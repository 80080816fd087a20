package plenary.meeting;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plenary.live.Change;
import plenary.live.Command;

/** A change of a session's own facts, as a command of staff. */
record SessionCommand(
    UUID session,
    String kind,
    Command.@Nullable Once once,
    boolean createsSession,
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
