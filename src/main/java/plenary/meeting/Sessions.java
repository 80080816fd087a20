package plenary.meeting;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plenary.database.Database;
import plenary.database.Ids;
import plenary.database.Outages;
import plenary.live.Change;
import plenary.live.Command;
import plenary.live.View;
import plenary.meeting.Session.Slot;
import plenary.problem.Failure;

/**
 * The rules of sessions. Every change is a command of the session: it reads the facts under the
 * session's lock, writes what changed, and puts the entity {@code session} for all views.
 */
public final class Sessions {
  /** The entity's key. */
  static final String ENTITY = "session";

  private static final int CODE_TRIES = 8;

  /** What of a session moderators may change. */
  private static final Set<String> RUNNING = Set.of("state", "asking");

  private final Database database;
  private final Function<Command, Future<JsonObject>> commands;
  private final Timetable timetable;

  /**
   * Rules over a database and a live engine.
   *
   * @param commands runs a command, see {@code Live.submit}
   */
  public Sessions(
      Database database, Function<Command, Future<JsonObject>> commands, Timetable timetable) {
    this.database = database;
    this.commands = commands;
    this.timetable = timetable;
  }

  /** One session, as everybody may read it. */
  public Future<JsonObject> get(UUID id) {
    return SessionStore.find(database.pool(), id)
        .map(found -> found.orElseThrow(() -> new Failure.NotFound("session")))
        .compose(
            session ->
                MeetingStore.find(database.pool(), session.meeting())
                    .map(in -> session.toJson(in.orElseThrow())))
        .recover(error -> Future.failedFuture(Outages.told(error)));
  }

  /** A page of an agenda. */
  record Page(List<Session> sessions, Meeting meeting) {
    JsonObject toJson() {
      JsonArray all = new JsonArray();
      sessions.forEach(session -> all.add(session.toJson(meeting)));
      return new JsonObject().put("sessions", all);
    }
  }

  /** A page of a meeting's agenda by time. */
  Future<Page> list(
      UUID meeting, @Nullable SessionState state, SessionStore.@Nullable Place after, int limit) {
    return MeetingStore.find(database.pool(), meeting)
        .map(found -> found.orElseThrow(() -> new Failure.NotFound("meeting")))
        .compose(
            in ->
                SessionStore.list(database.pool(), meeting, state, after, limit)
                    .map(sessions -> new Page(sessions, in)))
        .recover(error -> Future.failedFuture(Outages.told(error)));
  }

  /** Adds a session by hand, of the contract's {@code SessionDraft}. */
  Future<JsonObject> create(UUID meeting, JsonObject draft, Command.@Nullable Once once) {
    Slot slot = SessionEdits.slot(draft);
    List<String> hashtags = Hashtags.read(draft.getJsonArray("hashtags"), "/hashtags");
    String state = draft.getString("state");
    UUID id = once == null ? Ids.next() : Ids.of("session " + once.principal() + " " + once.key());
    return commands.apply(
        new SessionCommand(
            id,
            "create-session",
            once,
            true,
            change -> {
              Session session =
                  new Session(
                      id,
                      meeting,
                      null,
                      slot,
                      hashtags,
                      state == null ? SessionState.SCHEDULED : SessionState.named(state),
                      state == null ? null : change.now(),
                      null,
                      "",
                      null,
                      false);
              return insert(change, session)
                  .map(
                      made ->
                          made.orElseThrow(
                              () ->
                                  new Failure.Conflict(
                                      "exists", "This session was made before.", null)));
            }));
  }

  /** Adds a session that an agenda's file names; nothing happens when it is there. */
  Future<Void> add(UUID meeting, String externalId, Slot slot) {
    return add(
        new Session(
            Ids.next(),
            meeting,
            externalId,
            slot,
            List.of(),
            SessionState.SCHEDULED,
            null,
            null,
            "",
            null,
            false));
  }

  /** Adds a session of another meeting to this one too; nothing happens when it is there. */
  Future<Void> copy(UUID meeting, Session of, Slot slot) {
    return add(
        new Session(
            Ids.of("session " + meeting + " " + of.id()),
            meeting,
            of.externalId(),
            slot,
            of.hashtags(),
            SessionState.SCHEDULED,
            null,
            null,
            "",
            null,
            false));
  }

  private Future<Void> add(Session session) {
    UUID id = session.id();
    return commands
        .apply(
            new SessionCommand(
                id,
                "import",
                null,
                true,
                change -> insert(change, session).map(made -> made.orElseGet(JsonObject::new))))
        .mapEmpty();
  }

  /**
   * Inserts a session inside its command.
   *
   * @return its body; empty when there is one of that id or external id
   */
  Future<Optional<JsonObject>> insert(Change change, Session session) {
    return MeetingStore.keep(change.sql(), session.meeting())
        .map(found -> found.orElseThrow(() -> new Failure.NotFound("meeting")))
        .compose(in -> insert(change, session, in, CODE_TRIES));
  }

  private Future<Optional<JsonObject>> insert(
      Change change, Session session, Meeting in, int tries) {
    SqlConnection sql = change.sql();
    Session settled = timetable.settle(session.withCode(JoinCodes.random()), change.now());
    return SessionStore.insert(sql, settled, change.now())
        .compose(
            inserted ->
                inserted
                    ? Future.succeededFuture(Optional.of(put(change, settled, in)))
                    : SessionStore.exists(sql, settled)
                        .compose(
                            exists -> {
                              if (exists) {
                                return Future.succeededFuture(Optional.empty());
                              }
                              return tries > 1
                                  ? insert(change, session, in, tries - 1)
                                  : Future.failedFuture(
                                      new IllegalStateException("no free join code found"));
                            }));
  }

  /**
   * Applies a merge patch of the contract's {@code SessionPatch}.
   *
   * @param runOnly whether the caller may change only how it runs: its state, and asking
   */
  Future<JsonObject> patch(
      UUID id, JsonObject patch, boolean runOnly, Command.@Nullable Once once) {
    if (runOnly && !RUNNING.containsAll(patch.fieldNames())) {
      return Future.failedFuture(
          new Failure.Forbidden(
              "Moderators open, close and pause a session; for the rest ask an organiser."));
    }
    return change(
        id, "patch-session", once, (session, now) -> SessionEdits.patched(session, patch, now));
  }

  /** What a change makes of a session. */
  @FunctionalInterface
  interface Edit {
    Session apply(Session session, Instant now);
  }

  /** Changes a session in a command of its own. */
  Future<JsonObject> change(UUID id, String kind, Command.@Nullable Once once, Edit edit) {
    return commands.apply(
        new SessionCommand(id, kind, once, false, change -> change(change, edit)));
  }

  /**
   * What the clock does: settles the state, and shows the meeting's facts as they are now. When the
   * clock of another node was here first there is nothing left to settle, and nothing is written.
   */
  Future<JsonObject> settle(UUID id) {
    return commands.apply(
        new SessionCommand(
            id, "clock", null, false, change -> change(change, (session, now) -> session)));
  }

  /** Changes a session inside a command. */
  private Future<JsonObject> change(Change change, Edit edit) {
    SqlConnection sql = change.sql();
    return SessionStore.lock(sql, change.session())
        .map(found -> found.orElseThrow(() -> new Failure.NotFound("session")))
        .compose(
            session ->
                // After the lock: whoever changed the meeting before is seen by a new statement.
                meeting(sql, session.meeting())
                    .compose(
                        in -> {
                          Session edited =
                              timetable.settle(edit.apply(session, change.now()), change.now());
                          if (edited.equals(session)) {
                            return Future.succeededFuture(session.toJson(in));
                          }
                          return SessionStore.update(sql, edited, change.now())
                              .map(done -> put(change, edited, in));
                        }));
  }

  private static JsonObject put(Change change, Session session, Meeting in) {
    JsonObject body = session.toJson(in);
    change.put(ENTITY, View.ALL, body);
    return body;
  }

  private static Future<Meeting> meeting(SqlConnection sql, UUID id) {
    return MeetingStore.find(sql, id)
        .map(found -> found.orElseThrow(() -> new Failure.NotFound("meeting")));
  }
}
