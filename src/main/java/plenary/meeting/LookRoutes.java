package plenary.meeting;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import java.util.Map;
import plenary.meeting.LogoStore.Stored;
import plenary.problem.Failure;
import plenary.web.Answer;
import plenary.web.Api;
import plenary.web.Request;

/** The contract's operations on logos; colours are part of the meeting. */
public final class LookRoutes {
  private static final String FOREVER = "public, max-age=31536000, immutable";

  private final Meetings meetings;
  private final SessionClock clock;

  /**
   * Routes over the rules.
   *
   * @param clock is asked to tick so that the sessions' screens follow
   */
  public LookRoutes(Meetings meetings, SessionClock clock) {
    this.meetings = meetings;
    this.clock = clock;
  }

  /** Sets the handlers. */
  public void attach(Api api) {
    api.on("getLogo", this::get);
    api.on("putLogo", this::put);
    api.on("deleteLogo", this::delete);
  }

  private Future<Answer> get(Request request) {
    return meetings
        .logo(request.meeting(), request.query("v"))
        .map(
            found -> {
              Stored logo = found.orElseThrow(() -> new Failure.NotFound("logo"));
              boolean named = request.query("v").filter(logo.tag()::equals).isPresent();
              String tag = '"' + logo.tag() + '"';
              Map<String, String> headers =
                  Map.of("ETag", tag, "Cache-Control", named ? FOREVER : "no-cache");
              String known = request.routing().request().getHeader(HttpHeaders.IF_NONE_MATCH);
              return tag.equals(known)
                  ? new Answer(304, null, null, headers)
                  : new Answer(200, logo.mediaType(), logo.body(), headers);
            });
  }

  private Future<Answer> put(Request request) {
    Image image = Image.read(request.raw());
    return meetings
        .putLogo(request.meeting(), image)
        .map(
            meeting -> {
              clock.tick();
              return Answer.ok(meeting.toJson());
            });
  }

  private Future<Answer> delete(Request request) {
    return meetings
        .deleteLogo(request.meeting())
        .map(
            done -> {
              clock.tick();
              return Answer.noContent();
            });
  }
}
