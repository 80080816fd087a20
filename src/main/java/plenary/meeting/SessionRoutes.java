package plenary.meeting;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.identity.Role;
import plenary.meeting.SessionStore.Place;
import plenary.problem.Failure;
import plenary.web.Answer;
import plenary.web.Api;
import plenary.web.NextLink;
import plenary.web.Request;

/** The contract's operations on sessions. */
public final class SessionRoutes {
  private final Sessions sessions;

  /** Routes over the rules. */
  public SessionRoutes(Sessions sessions) {
    this.sessions = sessions;
  }

  /** Sets the handlers. */
  public void attach(Api api) {
    api.on("listSessions", this::list);
    api.on("createSession", this::create);
    api.on("getSession", request -> sessions.get(request.session()).map(Answer::ok));
    api.on("patchSession", this::patch);
  }

  private Future<Answer> list(Request request) {
    int limit = NextLink.limit(request);
    SessionState state = request.query("state").map(SessionState::named).orElse(null);
    return sessions
        .list(request.meeting(), state, after(request.query("after").orElse(null)), limit)
        .map(
            page -> {
              Answer answer = Answer.ok(page.toJson());
              return page.sessions().size() < limit
                  ? answer
                  : answer.with(
                      "Link",
                      NextLink.to(request, place(page.sessions().getLast()), List.of("state")));
            });
  }

  /** Start in milliseconds since 1970, or nothing for drafts, and the id. */
  private static String place(Session session) {
    Instant start = session.slot().startsAt();
    return (start == null ? "" : Long.toString(start.toEpochMilli())) + "~" + session.id();
  }

  private static @Nullable Place after(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      int cut = text.indexOf('~');
      String start = text.substring(0, cut);
      UUID id = UUID.fromString(text.substring(cut + 1));
      long milliseconds = start.isEmpty() ? 0 : Long.parseLong(start);
      if (Math.abs(milliseconds) < 1L << 48) {
        return new Place(start.isEmpty() ? null : Instant.ofEpochMilli(milliseconds), id);
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      // Refused below, like a number beyond all calendars.
    }
    throw new Failure.Invalid("?after", "no-page", "This is not from a page's Link.");
  }

  private Future<Answer> create(Request request) {
    return sessions
        .create(request.meeting(), request.body(), MeetingRoutes.once(request, null))
        .map(Answer::created);
  }

  private Future<Answer> patch(Request request) {
    boolean organiser = request.roles().contains(Role.ORGANISER);
    return sessions
        .patch(
            request.session(),
            request.body(),
            !organiser,
            MeetingRoutes.once(request, request.session()))
        .map(Answer::ok);
  }
}
