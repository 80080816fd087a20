package plenary.question;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plenary.live.Change;
import plenary.live.Command;

/** A change of a session's questions. */
record QuestionCommand(
    UUID session,
    String kind,
    Lane lane,
    Command.@Nullable Once once,
    Function<Change, Future<JsonObject>> work)
    implements Command {

  @Override
  public List<String> reads() {
    return SessionRules.READ;
  }

  @Override
  public Future<JsonObject> run(Change change) {
    return work.apply(change);
  }
}
