package plenary.page;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import plenary.access.Access;
import plenary.identity.Participant;
import plenary.identity.Permissions;
import plenary.identity.Principal;
import plenary.live.Live;
import plenary.live.View;
import plenary.meeting.Places.Place;
import plenary.meeting.Sessions;
import plenary.problem.Failure;
import plenary.web.Api;
import plenary.web.Api.Visitor;
import plenary.web.PageState;
import plenary.web.page.PageSet.Drawing;

/**
 * The first state of every page: who the visitor is, and what they may see of the place. Safe on
 * every event loop.
 */
public final class PageStates implements PageState {
  private static final System.Logger LOG = System.getLogger(PageStates.class.getName());

  private final Api api;
  private final Access access;
  private final Sessions sessions;
  private final Live live;
  private final int bound;
  private final InstantSource time;

  /**
   * States over what the features know.
   *
   * @param bound most questions of the attendees' view; older ones are paged
   */
  public PageStates(
      Api api, Access access, Sessions sessions, Live live, int bound, InstantSource time) {
    this.api = api;
    this.access = access;
    this.sessions = sessions;
    this.live = live;
    this.bound = bound;
    this.time = time;
  }

  /**
   * Who knows the code may join, so the attendees' view is there before they have; but not of a
   * session that is not open yet.
   */
  @Override
  public Future<JsonObject> forCode(String code, RoutingContext context) {
    return api.visitor(context)
        .compose(
            visitor ->
                access
                    .place(code, visitor.network())
                    .compose(place -> ofPlace(place, visitor.principal())));
  }

  private Future<JsonObject> ofPlace(Place place, Principal who) {
    JsonObject target = place.toJson();
    JsonObject state =
        new JsonObject()
            .put("meeting", target.getJsonObject("meeting"))
            .put("me", me(who, place.meeting().id()));
    UUID session = place.session();
    if (session == null) {
      return Future.succeededFuture(state.put("sessions", target.getJsonArray("sessions")));
    }
    state.put("session", target.getJsonObject("session")).put("bound", bound);
    if (!place.isAhead()) {
      return withSnapshot(state, session, View.ATTENDEE);
    }
    Instant opens = place.opensAt();
    if (opens != null) {
      state.put("opensAt", opens.toString());
    }
    return Future.succeededFuture(state.put("now", time.instant().toString()));
  }

  /**
   * A page that comes without its first list draws it a moment later; that is no failure either.
   */
  @Override
  public Drawing drawing() {
    return (state, words, language) -> {
      try {
        return FirstDrawing.of(state, words, language);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "a page goes without its first list", e);
        return "";
      }
    };
  }

  @Override
  public Future<JsonObject> forSession(UUID session, View view, RoutingContext context) {
    return api.visitor(context)
        .compose(
            visitor ->
                access
                    .gate()
                    .meetingOf(session)
                    .map(found -> found.orElseThrow(() -> new Failure.NotFound("session")))
                    .compose(meeting -> ofSession(session, meeting, view, visitor)));
  }

  private Future<JsonObject> ofSession(UUID session, UUID meeting, View view, Visitor visitor) {
    Principal who = visitor.principal();
    if (!Permissions.mayWatch(view, who.roles(meeting, session))) {
      return Future.failedFuture(
          who.isNobody()
              ? new Failure.Unauthenticated("Open the link of your invitation first.")
              : new Failure.Forbidden("Your role does not allow this."));
    }
    return sessions
        .get(session)
        .compose(
            body ->
                withSnapshot(
                    new JsonObject()
                        .put("meeting", body.getJsonObject("meeting"))
                        .put("session", body)
                        .put("me", me(who, meeting)),
                    session,
                    view));
  }

  /** A page without its snapshot is drawn a moment later, from the stream; that is no failure. */
  private Future<JsonObject> withSnapshot(JsonObject state, UUID session, View view) {
    return live.snapshot(session, view, 0)
        .map(snapshot -> state.copy().put("snapshot", new JsonObject(snapshot.text())))
        .recover(
            failure -> {
              LOG.log(System.Logger.Level.WARNING, "a page goes without its snapshot", failure);
              return Future.succeededFuture(state);
            });
  }

  private static JsonObject me(Principal who, UUID meeting) {
    JsonObject me = Access.me(who);
    Optional<Participant> participant = who.participant(meeting);
    participant.ifPresent(
        here ->
            me.put(
                "participant",
                new JsonObject().put("id", here.id().toString()).put("name", here.name())));
    return me;
  }
}
