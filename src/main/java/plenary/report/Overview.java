package plenary.report;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import plenary.database.Times;
import plenary.live.Live;
import plenary.meeting.Agendas;
import plenary.meeting.Agendas.Listed;
import plenary.meeting.Session;
import plenary.question.QuestionReport;
import plenary.question.QuestionReport.Standing;

/** All rooms of a meeting where something is going on, as of now. */
final class Overview {
  private static final int ROOMS_MAX = 200;

  private final Agendas agendas;
  private final QuestionReport report;
  private final Live live;
  private final InstantSource time;

  Overview(Agendas agendas, QuestionReport report, Live live, InstantSource time) {
    this.agendas = agendas;
    this.report = report;
    this.live = live;
    this.time = time;
  }

  /** The contract's {@code Overview}. */
  Future<JsonObject> of(UUID meeting) {
    return agendas
        .current(meeting, ROOMS_MAX)
        .compose(
            listed -> {
              Set<UUID> ids =
                  listed.sessions().stream().map(Session::id).collect(Collectors.toSet());
              return report.standings(ids).map(standings -> body(listed, standings));
            });
  }

  private JsonObject body(Listed listed, Map<UUID, Standing> standings) {
    JsonArray rooms = new JsonArray();
    for (Session session : listed.sessions()) {
      rooms.add(room(session, standings.getOrDefault(session.id(), Standing.QUIET)));
    }
    return new JsonObject().put("asOf", Times.text(time.instant())).put("rooms", rooms);
  }

  private JsonObject room(Session session, Standing standing) {
    JsonObject body =
        new JsonObject()
            .put("session", session.id().toString())
            .put("title", session.slot().title())
            .put("state", session.state().id())
            .put("joinCode", session.joinCode())
            .put("watching", live.attendees(session.id()))
            .put("incoming", standing.incoming())
            .put("approved", standing.approved())
            .put("queued", standing.queued())
            .put("answered", standing.answered());
    put(body, "room", session.slot().room());
    put(body, "startsAt", at(session.slot().startsAt()));
    put(body, "endsAt", at(session.slot().endsAt()));
    put(body, "stage", standing.stage());
    put(body, "lastActivityAt", at(standing.lastActivity()));
    return body;
  }

  private static @Nullable String at(@Nullable Instant time) {
    return time == null ? null : Times.text(time);
  }

  private static void put(JsonObject body, String name, @Nullable String value) {
    if (value != null) {
      body.put(name, value);
    }
  }
}
