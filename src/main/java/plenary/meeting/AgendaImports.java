package plenary.meeting;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import plenary.database.Database;
import plenary.database.Ids;
import plenary.database.Outages;
import plenary.live.Command;
import plenary.meeting.ImportPlan.Add;
import plenary.meeting.ImportPlan.Copy;
import plenary.meeting.ImportPlan.Miss;
import plenary.meeting.ImportPlan.Update;
import plenary.meeting.agenda.Agenda;
import plenary.meeting.agenda.AgendaReader;
import plenary.problem.Failure;

/**
 * Imports of agenda files. A file is read on a virtual thread and compared with what is there; each
 * session is then written by a command of its own, a chunk at a time, so that a large import leaves
 * room for a running session's moderators. An import that ends half-way is completed by importing
 * the file again.
 */
public final class AgendaImports {
  private static final System.Logger LOG = System.getLogger(AgendaImports.class.getName());

  /** Commands of an import under way at once. */
  private static final int CHUNK = 50;

  private static final int PROBLEMS_MAX = 500;
  private static final int TRIES = 6;
  private static final long RETRY_MS = 1_000;

  private final Vertx vertx;
  private final Database database;
  private final Sessions sessions;
  private final InstantSource time;

  /** Imports that change sessions by their rules. */
  public AgendaImports(Vertx vertx, Database database, Sessions sessions, InstantSource time) {
    this.vertx = vertx;
    this.database = database;
    this.sessions = sessions;
    this.time = time;
  }

  /** A file as it was sent. */
  record Upload(Buffer body, @Nullable String contentType) {}

  /** What an import would change, as the contract's {@code AgendaPreview}. */
  Future<JsonObject> preview(UUID meeting, Upload upload) {
    return plan(meeting, upload).map(ImportPlan::toJson);
  }

  /**
   * Starts an import.
   *
   * @param once the key it was sent with: the same key is the same import
   * @return its id, once it is stored; fails with what is wrong with the file, or with a conflict
   *     while another import of the meeting is under way
   */
  Future<UUID> start(UUID meeting, Upload upload, Command.@Nullable Once once) {
    if (once == null) {
      return begin(Ids.next(), meeting, upload);
    }
    UUID id = Ids.of("import " + once.principal() + " " + once.key() + " " + once.bodyHash());
    return told(ImportStore.find(database.pool(), id))
        .compose(
            found -> found.isPresent() ? Future.succeededFuture(id) : begin(id, meeting, upload));
  }

  /**
   * Starts to copy the agenda of one meeting into another one that was made from it.
   *
   * @param days by how many the sessions move; null = they have no time any more
   * @return the import's id; the same when it was started before
   */
  Future<UUID> copy(Meeting from, UUID to, @Nullable Long days) {
    UUID id = Ids.of("copy " + from.id() + " " + to);
    return told(ImportStore.find(database.pool(), id))
        .compose(
            found ->
                found.isPresent()
                    ? Future.succeededFuture(id)
                    : told(SessionStore.all(database.pool(), from.id()))
                        .compose(all -> begin(id, to, ImportPlan.copy(all, from.zone(), days))));
  }

  private Future<UUID> begin(UUID id, UUID meeting, Upload upload) {
    return plan(meeting, upload).compose(plan -> begin(id, meeting, plan));
  }

  private Future<UUID> begin(UUID id, UUID meeting, ImportPlan plan) {
    return told(
        ImportStore.giveUp(database.pool(), time.instant())
            .compose(done -> ImportStore.begin(database.pool(), id, meeting, plan, time.instant()))
            .map(
                begun -> {
                  if (!begun) {
                    throw new Failure.Conflict(
                        "import-running",
                        "Another import of this meeting is under way. Wait for it.",
                        null);
                  }
                  new Run(id, meeting, plan).next(0);
                  return id;
                }));
  }

  /** How far an import is. */
  Future<ImportStore.Stored> get(UUID id) {
    return told(
        ImportStore.giveUp(database.pool(), time.instant())
            .compose(done -> ImportStore.find(database.pool(), id))
            .map(found -> found.orElseThrow(() -> new Failure.NotFound("import"))));
  }

  private Future<ImportPlan> plan(UUID meeting, Upload upload) {
    return told(
        MeetingStore.find(database.pool(), meeting)
            .map(found -> found.orElseThrow(() -> new Failure.NotFound("meeting")))
            .compose(in -> read(upload, in.zone()))
            .compose(
                agenda ->
                    SessionStore.imported(database.pool(), meeting)
                        .compose(there -> aside(() -> ImportPlan.of(agenda, there)))));
  }

  private Future<Agenda> read(Upload upload, ZoneId zone) {
    return aside(
        () -> AgendaReader.read(upload.body().getBytes(), upload.contentType(), null, zone));
  }

  /** A computation of seconds. */
  private interface Work<T> {
    T run();
  }

  /** Runs something long on a virtual thread. */
  private static <T> Future<T> aside(Work<T> work) {
    Promise<T> promise = Promise.promise();
    Thread.ofVirtual()
        .name("agenda")
        .start(
            () -> {
              try {
                promise.complete(work.run());
              } catch (RuntimeException | StackOverflowError e) {
                promise.fail(e);
              }
            });
    return promise.future();
  }

  private static <T> Future<T> told(Future<T> result) {
    return result.recover(error -> Future.failedFuture(Outages.told(error)));
  }

  /** One import on its way. */
  private final class Run {
    private final UUID id;
    private final UUID meeting;
    private final ImportPlan plan;
    private final JsonArray problems = new JsonArray();

    Run(UUID id, UUID meeting, ImportPlan plan) {
      this.id = id;
      this.meeting = meeting;
      this.plan = plan;
    }

    /** Writes the chunk that begins there, and those after it. */
    void next(int from) {
      List<ImportPlan.Step> steps = plan.steps();
      if (from >= steps.size()) {
        end("done", steps.size());
        return;
      }
      int to = Math.min(from + CHUNK, steps.size());
      List<Future<?>> chunk = new ArrayList<>();
      steps.subList(from, to).forEach(step -> chunk.add(write(step, TRIES)));
      Future.join(chunk)
          .compose(done -> ImportStore.progress(database.pool(), id, to, time.instant()))
          .onSuccess(
              goesOn -> {
                if (goesOn) {
                  next(to);
                }
              })
          .onFailure(
              error -> {
                LOG.log(System.Logger.Level.WARNING, "agenda import " + id + " failed", error);
                problem(null, "The server could not write every session. Import the file again.");
                end("failed", from);
              });
    }

    private Future<Void> write(ImportPlan.Step step, int tries) {
      return write(step)
          .recover(
              error -> {
                if (error instanceof Failure.Unavailable && tries > 1) {
                  return vertx
                      .timer(RETRY_MS, TimeUnit.MILLISECONDS)
                      .compose(tick -> write(step, tries - 1));
                }
                if (error instanceof Failure refused && !(error instanceof Failure.Unavailable)) {
                  problem(externalId(step), refused.detail());
                  return Future.succeededFuture();
                }
                return Future.failedFuture(error);
              });
    }

    private Future<Void> write(ImportPlan.Step step) {
      return switch (step) {
        case Add add -> sessions.add(meeting, add.externalId(), add.slot());
        case Copy copy -> sessions.copy(meeting, copy.of(), copy.slot());
        case Update update ->
            sessions
                .change(
                    update.session().id(),
                    "import",
                    null,
                    (session, now) -> session.with(update.slot()).missing(null))
                .mapEmpty();
        case Miss miss ->
            sessions
                .change(miss.session().id(), "import", null, (session, now) -> session.missing(now))
                .mapEmpty();
      };
    }

    private static @Nullable String externalId(ImportPlan.Step step) {
      return switch (step) {
        case Add add -> add.externalId();
        case Copy copy -> copy.of().externalId();
        case Update update -> update.session().externalId();
        case Miss miss -> miss.session().externalId();
      };
    }

    private synchronized void problem(@Nullable String place, String detail) {
      if (problems.size() < PROBLEMS_MAX) {
        JsonObject problem = new JsonObject();
        if (place != null) {
          problem.put("place", place);
        }
        problems.add(problem.put("detail", detail));
      }
    }

    private void end(String state, int done) {
      ImportStore.end(database.pool(), id, state, done, problems, time.instant())
          .onFailure(
              error ->
                  LOG.log(
                      System.Logger.Level.WARNING, "agenda import " + id + " has no end", error));
    }
  }
}
