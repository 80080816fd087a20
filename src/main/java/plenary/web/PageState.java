package plenary.web;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import plenary.live.View;
import plenary.web.page.PageSet;

/**
 * What is put into a page, so that it is drawn before anything else was asked for: {@code {session,
 * sessions, meeting, me, bound, opensAt, snapshot: {epoch, version, put, now}}}. {@code me} is the
 * answer of {@code GET /api/me}; {@code sessions} comes with a meeting's code, {@code session} with
 * a session's; a snapshot only with the right to watch the view; {@code opensAt} and {@code now}
 * with a session that the clock has not opened yet. A future that fails with a {@link
 * plenary.problem.Failure} becomes a page that says so.
 */
public interface PageState {
  /** For {@code /s/CODE}: the view is the attendees'. */
  Future<JsonObject> forCode(String code, RoutingContext context);

  /** What the page of a code shows until it draws itself, made of such a state. */
  default PageSet.Drawing drawing() {
    return PageSet.NOT_DRAWN;
  }

  /** For the pages of one session and view. */
  Future<JsonObject> forSession(UUID session, View view, RoutingContext context);
}
