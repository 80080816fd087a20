package plenary.hashtag;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.UUID;
import plenary.database.Database;
import plenary.database.Outages;
import plenary.problem.Failure;

/** What keeps posts out that mean something else by a meeting's hashtag. */
public final class Guards {
  private final Database database;
  private final InstantSource time;

  public Guards(Database database, InstantSource time) {
    this.database = database;
    this.time = time;
  }

  /** A meeting's guard; {@link Guard#OPEN} without one. Reads one row: ask once for a batch. */
  public Future<Guard> of(UUID meeting) {
    return GuardStore.find(database.pool(), meeting)
        .recover(error -> Future.failedFuture(Outages.told(error)));
  }

  /** Sets what counts for the posts that come from now on. */
  Future<Void> put(UUID meeting, Guard guard) {
    return GuardStore.put(database.pool(), meeting, guard, time.instant())
        .<Void>map(
            there -> {
              if (!there) {
                throw new Failure.NotFound("meeting");
              }
              return null;
            })
        .recover(error -> Future.failedFuture(Outages.told(error)));
  }
}
