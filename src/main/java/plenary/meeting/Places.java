package plenary.meeting;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Database;
import plenary.database.Outages;
import plenary.meeting.MeetingStore.CodeTarget;

/**
 * Where ids and join codes lead. Answers come from memory when a hall asks at once: a session never
 * changes its meeting, and what a code shows may be two seconds old. Safe for use by several
 * threads.
 */
public final class Places {
  private static final int SESSIONS_MAX = 20_000;
  private static final int MEETINGS_MAX = 5_000;
  private static final int CODES_MAX = 5_000;
  private static final int CURRENT_MAX = 50;
  private static final Duration CODE_AGE = Duration.ofSeconds(2);

  private final Database database;
  private final Recent<UUID, UUID> meetingOfSession;
  private final Recent<UUID, Boolean> meetings;
  private final Recent<String, Place> codes;

  /** Over a database. */
  public Places(Database database, InstantSource time) {
    this.database = database;
    this.meetingOfSession = new Recent<>(SESSIONS_MAX, Duration.ofHours(1), time);
    this.meetings = new Recent<>(MEETINGS_MAX, Duration.ofHours(1), time);
    this.codes = new Recent<>(CODES_MAX, CODE_AGE, time);
  }

  /** The meeting a session belongs to; empty for an unknown session. */
  public Future<Optional<UUID>> meetingOf(UUID session) {
    return told(
        meetingOfSession.get(session, () -> SessionStore.meetingOf(database.pool(), session)));
  }

  /** Whether there is such a meeting. */
  public Future<Boolean> meetingExists(UUID meeting) {
    return told(
        meetings
            .get(
                meeting,
                () ->
                    MeetingStore.find(database.pool(), meeting)
                        .map(found -> found.map(there -> Boolean.TRUE)))
            .map(Optional::isPresent));
  }

  /** A meeting was erased, or its sessions: what was remembered of them is wrong from now on. */
  public void forget(UUID meeting, List<UUID> sessions) {
    meetings.forget(meeting);
    sessions.forEach(meetingOfSession::forget);
    codes.forgetAll();
  }

  /**
   * Where a join code leads.
   *
   * @param code as {@link JoinCodes#read} gives it
   * @param beforeLookUp runs when the code is not remembered and has to be looked up; what it
   *     throws is the answer
   */
  public Future<Optional<Place>> at(String code, Runnable beforeLookUp) {
    return told(
        codes.get(
            code,
            () -> {
              beforeLookUp.run();
              return load(code);
            }));
  }

  /**
   * What a join code leads to.
   *
   * @param sessions the one of the code; for a meeting's code those that are live or open, live
   *     ones first
   */
  public record Place(
      String code, Meeting meeting, @Nullable UUID session, List<Session> sessions) {
    public Place {
      sessions = List.copyOf(sessions);
    }

    /** Whether it is one session that nobody can join yet. */
    public boolean isAhead() {
      return session != null && sessions.getFirst().state() == SessionState.SCHEDULED;
    }

    /** The session somebody who joins lands in; null when a meeting has nothing live now. */
    public @Nullable UUID landing() {
      if (session != null || sessions.isEmpty()) {
        return session;
      }
      Session first = sessions.getFirst();
      return first.state() == SessionState.LIVE ? first.id() : null;
    }

    /**
     * Until when a participant who joins now is remembered: the private retention, counted from the
     * end of the meeting.
     */
    public Instant participantsUntil(Instant now) {
      Instant over = meeting.over();
      return (over == null || over.isBefore(now) ? now : over)
          .plus(Duration.ofDays(meeting.rules().privateDays()));
    }

    /** The contract's {@code JoinTarget}. */
    public JsonObject toJson() {
      JsonObject body =
          new JsonObject()
              .put("kind", session == null ? "meeting" : "session")
              .put("code", code)
              .put("meeting", meeting.summary())
              .put("anonymity", meeting.rules().anonymity().id());
      if (session != null) {
        return body.put("session", sessions.getFirst().toJson(meeting));
      }
      JsonArray current = new JsonArray();
      sessions.forEach(each -> current.add(each.toJson(meeting)));
      return body.put("sessions", current);
    }
  }

  private Future<Optional<Place>> load(String code) {
    return MeetingStore.target(database.pool(), code)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : load(code, found.get()));
  }

  private Future<Optional<Place>> load(String code, CodeTarget target) {
    UUID session = target.session();
    Future<List<Session>> sessions =
        session == null
            ? SessionStore.current(database.pool(), target.meeting(), CURRENT_MAX)
            : SessionStore.find(database.pool(), session).map(found -> found.stream().toList());
    return sessions.compose(
        found ->
            session != null && found.isEmpty()
                // The code of something erased stays taken and leads nowhere.
                ? Future.succeededFuture(Optional.empty())
                : MeetingStore.find(database.pool(), target.meeting())
                    .map(meeting -> meeting.map(in -> new Place(code, in, session, found))));
  }

  private static <T> Future<T> told(Future<T> result) {
    return result.recover(error -> Future.failedFuture(Outages.told(error)));
  }
}
