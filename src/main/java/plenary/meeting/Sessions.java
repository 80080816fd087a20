package plenary.meeting;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
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

  /** What a question has to know of the session it is asked in. */
  public record Facts(Session session, Meeting meeting) {}

  /**
   * The facts of a session, for commands of other features: read under the session's lock they stay
   * true until the commit.
   *
   * @param sql the change's connection
   */
  public static Future<Facts> facts(SqlConnection sql, UUID session) {
    return SessionStore.find(sql, session)
        .map(found -> found.orElseThrow(() -> new Failure.NotFound("session")))
        .compose(found -> meeting(sql, found.meeting()).map(in -> new Facts(found, in)));
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
    Slot slot = slotOf(draft);
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
                      null);
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
    UUID id = Ids.next();
    Session session =
        new Session(
            id, meeting, externalId, slot, List.of(), SessionState.SCHEDULED, null, null, "", null);
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
    SqlConnection sql = change.sql();
    return SessionStore.exists(sql, session)
        .compose(
            exists ->
                exists
                    ? Future.succeededFuture(Optional.empty())
                    : insertNew(change, session).map(Optional::of));
  }

  private Future<JsonObject> insertNew(Change change, Session session) {
    SqlConnection sql = change.sql();
    return meeting(sql, session.meeting())
        .compose(
            in ->
                MeetingStore.takeCode(sql, session.meeting(), session.id(), change.now())
                    .compose(
                        code -> {
                          Session settled = timetable.settle(session.withCode(code), change.now());
                          return SessionStore.insert(sql, settled, change.now())
                              .map(inserted -> put(change, settled, in));
                        }));
  }

  /**
   * Applies a merge patch of the contract's {@code SessionPatch}.
   *
   * @param stateOnly whether the caller may change the state alone
   */
  Future<JsonObject> patch(
      UUID id, JsonObject patch, boolean stateOnly, Command.@Nullable Once once) {
    if (stateOnly && !Set.of("state").containsAll(patch.fieldNames())) {
      return Future.failedFuture(
          new Failure.Forbidden("Moderators change a session's state alone; ask an organiser."));
    }
    return change(id, "patch-session", once, (session, now) -> patched(session, patch, now));
  }

  /** What a change makes of a session. */
  @FunctionalInterface
  interface Edit {
    Session apply(Session session, Instant now);
  }

  /** Changes a session in a command of its own. */
  Future<JsonObject> change(UUID id, String kind, Command.@Nullable Once once, Edit edit) {
    return commands.apply(
        new SessionCommand(id, kind, once, false, change -> change(change, edit, false)));
  }

  /** What the clock does: settles the state, and shows the meeting's facts as they are now. */
  Future<JsonObject> settle(UUID id) {
    return commands.apply(
        new SessionCommand(
            id, "clock", null, false, change -> change(change, (session, now) -> session, true)));
  }

  /**
   * Changes a session inside a command.
   *
   * @param onlyIfDue whether to do nothing when the clock of another node was here first
   */
  private Future<JsonObject> change(Change change, Edit edit, boolean onlyIfDue) {
    SqlConnection sql = change.sql();
    return SessionStore.lock(sql, change.session())
        .map(found -> found.orElseThrow(() -> new Failure.NotFound("session")))
        .compose(
            session ->
                // After the lock: whoever changed the meeting before is seen by a new statement.
                meeting(sql, session.meeting())
                    .compose(
                        in -> {
                          Instant due = session.nextChange();
                          if (onlyIfDue && (due == null || due.isAfter(change.now()))) {
                            return Future.succeededFuture(session.toJson(in));
                          }
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

  static Session patched(Session session, JsonObject patch, Instant now) {
    Slot slot = session.slot();
    Session changed =
        session.with(
            timesChecked(
                new Slot(
                    patch.containsKey("title")
                        ? Texts.line(patch.getString("title"), "/title")
                        : slot.title(),
                    merged(patch, "abstract", slot.abstractText(), Texts::paragraphs),
                    patch.containsKey("speakers") ? speakers(patch) : slot.speakers(),
                    merged(patch, "room", slot.room(), text -> Texts.line(text, "/room")),
                    merged(patch, "track", slot.track(), text -> Texts.line(text, "/track")),
                    slot.language(),
                    slot.url(),
                    patch.containsKey("startsAt")
                        ? Times.read(patch.getString("startsAt"), "/startsAt")
                        : slot.startsAt(),
                    patch.containsKey("endsAt")
                        ? Times.read(patch.getString("endsAt"), "/endsAt")
                        : slot.endsAt())));
    if (patch.containsKey("hashtags")) {
      changed = changed.with(Hashtags.read(patch.getJsonArray("hashtags"), "/hashtags"));
    }
    String state = patch.getString("state");
    return state == null || SessionState.named(state) == session.state()
        ? changed
        : changed.with(SessionState.named(state), now);
  }

  private static @Nullable String merged(
      JsonObject patch, String name, @Nullable String before, UnaryOperator<String> read) {
    if (!patch.containsKey(name)) {
      return before;
    }
    String text = patch.getString(name);
    return text == null ? null : read.apply(text);
  }

  private static Slot slotOf(JsonObject draft) {
    return timesChecked(
        new Slot(
            Texts.line(draft.getString("title"), "/title"),
            merged(draft, "abstract", null, Texts::paragraphs),
            speakers(draft),
            merged(draft, "room", null, text -> Texts.line(text, "/room")),
            merged(draft, "track", null, text -> Texts.line(text, "/track")),
            null,
            null,
            Times.read(draft.getString("startsAt"), "/startsAt"),
            Times.read(draft.getString("endsAt"), "/endsAt")));
  }

  private static List<String> speakers(JsonObject body) {
    JsonArray names = body.getJsonArray("speakers", new JsonArray());
    List<String> speakers = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      speakers.add(Texts.line(names.getString(i), "/speakers/" + i));
    }
    return speakers;
  }

  private static Slot timesChecked(Slot slot) {
    if (slot.endsAt() != null && slot.startsAt() == null) {
      throw new Failure.Invalid("/startsAt", "A session with an end needs a start.");
    }
    if (slot.endsAt() != null && !slot.endsAt().isAfter(slot.startsAt())) {
      throw new Failure.Invalid("/endsAt", "A session ends after it starts.");
    }
    return slot;
  }
}
