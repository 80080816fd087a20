package plenary.demo;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import plenary.access.Access;
import plenary.database.Ids;
import plenary.identity.Role;
import plenary.meeting.Meetings;
import plenary.problem.Failure;

/** The demo's meeting, held by an organiser of it alone, who signs out when it is prepared. */
final class SampleMeeting {
  /** The same on every start and every server, so that a later start finds it. */
  static final UUID ID = Ids.of("demo meeting");

  private static final int PATIENCE_SECONDS = 20;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final Calls calls;
  private final String organiser;
  private final String session;
  private final String joinCode;

  private SampleMeeting(Calls calls, String organiser, String session, String joinCode) {
    this.calls = calls;
    this.organiser = organiser;
    this.session = session;
    this.joinCode = joinCode;
  }

  /**
   * Makes or finds it, imports the agenda around this moment, and sees that one session is live.
   * The setup link stays unused: who runs the server is still to become its organiser.
   */
  static SampleMeeting prepare(Calls calls, Meetings meetings, Access access, InstantSource time) {
    ZonedDateTime now = time.instant().atZone(Sample.zone());
    String secret = make(meetings, access, now);
    String organiser =
        calls
            .json(
                HttpMethod.POST,
                "/api/invitations/accept",
                null,
                new JsonObject().put("token", secret))
            .getString("token");
    String meeting = "/api/meetings/" + ID;
    calls.json(HttpMethod.PATCH, meeting, organiser, days(now.toLocalDate()));
    String started =
        calls
            .file(meeting + "/agenda", organiser, Sample.agenda(now), "text/csv")
            .getString("import");
    waitFor(calls, organiser, started);
    JsonArray sessions =
        calls
            .json(HttpMethod.GET, meeting + "/sessions?limit=200", organiser, null)
            .getJsonArray("sessions");
    JsonObject session = sessionOf(sessions);
    String id = session.getString("id");
    if (!"live".equals(session.getString("state"))) {
      calls.json(
          HttpMethod.PATCH,
          "/api/sessions/" + id,
          organiser,
          new JsonObject().put("state", "live"));
    }
    return new SampleMeeting(calls, organiser, id, session.getString("joinCode"));
  }

  /** Makes the meeting unless it is there. */
  private static String make(Meetings meetings, Access access, ZonedDateTime now) {
    JsonObject draft =
        days(now.toLocalDate())
            .put("name", Sample.MEETING)
            .put("timeZone", now.getZone().getId())
            .put("hashtags", new JsonArray(Sample.HASHTAGS));
    try {
      return meetings
          .get(ID)
          .recover(
              failure ->
                  failure instanceof Failure.NotFound
                      ? meetings.createSample(ID, draft)
                      : Future.failedFuture(failure))
          .compose(there -> access.invite(ID, Role.ORGANISER, "Demo"))
          .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new IllegalStateException("the demo's meeting was not made in time", late);
    }
  }

  private static JsonObject days(LocalDate today) {
    return new JsonObject()
        .put("startsOn", today.toString())
        .put("endsOn", today.plusDays(1).toString());
  }

  private static void waitFor(Calls calls, String organiser, String started) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < until) {
      JsonObject state = calls.json(HttpMethod.GET, "/api/imports/" + started, organiser, null);
      if (!"running".equals(state.getString("state"))) {
        return;
      }
      try {
        Thread.sleep(LOOK_AGAIN);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static JsonObject sessionOf(JsonArray sessions) {
    for (int i = 0; i < sessions.size(); i++) {
      JsonObject session = sessions.getJsonObject(i);
      if (Sample.LIVE_TITLE.equals(session.getString("title"))) {
        return session;
      }
    }
    throw new IllegalStateException("the demo's agenda has no live session");
  }

  String session() {
    return session;
  }

  String joinCode() {
    return joinCode;
  }

  /** The secret of a link for one member of staff, good for a day. */
  String invite(String role, String name) {
    return calls
        .json(
            HttpMethod.POST,
            "/api/meetings/" + ID + "/invitations",
            organiser,
            new JsonObject()
                .put("role", role)
                .put("session", session)
                .put("name", name)
                .put("expiresInDays", 1))
        .getString("token");
  }

  /** What was asked at an earlier start. */
  Set<String> asked() {
    Set<String> texts = new HashSet<>();
    JsonArray questions =
        calls
            .json(
                HttpMethod.GET,
                "/api/sessions/" + session + "/questions?limit=200",
                organiser,
                null)
            .getJsonArray("questions");
    for (int i = 0; i < questions.size(); i++) {
      texts.add(questions.getJsonObject(i).getString("text"));
    }
    return texts;
  }

  /** Adds a prompt to the session's chat, which goes out in the hall alone; gives its id. */
  String prompt(String kind, String text) {
    return calls
        .json(
            HttpMethod.POST,
            "/api/sessions/" + session + "/prompts",
            organiser,
            new JsonObject().put("kind", kind).put("text", text))
        .getString("id");
  }

  /** The host says it. */
  void say(String prompt) {
    calls.json(
        HttpMethod.POST,
        "/api/sessions/" + session + "/prompts/" + prompt + "/moves",
        organiser,
        new JsonObject().put("to", "now"));
  }

  /** What the moderator before the newcomer did. */
  void move(String question, String to) {
    calls.json(
        HttpMethod.POST,
        "/api/sessions/" + session + "/questions/" + question + "/moves",
        organiser,
        new JsonObject().put("to", to));
  }

  /** Signs the demo's own organiser out. */
  void leave() {
    calls.json(HttpMethod.DELETE, "/api/me/sign-in", organiser, null);
  }
}
