package plenary.live;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A command whose work is a function. */
public record Task(
    UUID session,
    String kind,
    Lane lane,
    @Nullable Once once,
    List<String> reads,
    Function<Change, Future<JsonObject>> work)
    implements Command {

  public Task {
    reads = List.copyOf(reads);
  }

  /** A task of staff. */
  public static Task ofStaff(
      UUID session, String kind, @Nullable Once once, Function<Change, Future<JsonObject>> work) {
    return new Task(session, kind, Lane.STAFF, once, List.of(), work);
  }

  @Override
  public Future<JsonObject> run(Change change) {
    return work.apply(change);
  }
}
