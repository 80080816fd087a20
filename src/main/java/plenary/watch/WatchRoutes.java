package plenary.watch;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import plenary.identity.Grant;
import plenary.identity.Participant;
import plenary.identity.Permissions;
import plenary.live.Live;
import plenary.live.View;
import plenary.live.Viewer;
import plenary.problem.Failure;
import plenary.web.Answer;
import plenary.web.Api;
import plenary.web.RateLimits;
import plenary.web.Request;

/** Watching a session: as a WebSocket, as server-sent events, and once over HTTP. */
public final class WatchRoutes {
  private final Live live;
  private final RateLimits upgrades;
  private final Places places;
  private final States states;

  /**
   * Routes over the engine.
   *
   * @param upgrades how many streams may begin in a second on this node
   * @param socketsPerPerson most streams of one participant or grant on this node
   */
  public WatchRoutes(Live live, RateLimits upgrades, int socketsPerPerson) {
    this.live = live;
    this.upgrades = upgrades;
    this.places = new Places(socketsPerPerson);
    this.states = new States(live);
  }

  /** Sets the handlers. */
  public void attach(Api api) {
    api.on("getState", states::get);
    api.on("watchSession", this::watch);
  }

  private Future<Answer> watch(Request request) {
    upgrades.require("node", "Too many people come at once; please try again in a moment.");
    if (live.isDraining()) {
      throw new Failure.Unavailable(
          "draining", "This node is being restarted.", Duration.ofSeconds(1));
    }
    View view = View.named(request.query("view").orElse("")).orElseThrow();
    Viewer viewer = viewer(request, view);
    HttpServerRequest http = request.routing().request();
    return "websocket".equalsIgnoreCase(http.getHeader(HttpHeaderNames.UPGRADE))
        ? socket(request, http, viewer)
        : events(request, http, viewer);
  }

  private static Viewer viewer(Request request, View view) {
    Set<UUID> principals = new HashSet<>();
    UUID owner = null;
    Optional<Participant> participant = request.principal().participant(request.meeting());
    if (view == View.ATTENDEE && participant.isPresent()) {
      owner = participant.get().id();
      principals.add(owner);
    }
    for (Grant grant : request.principal().grants()) {
      if (owner == null
          && grant.covers(request.meeting(), request.session())
          && Permissions.mayWatch(view, Set.of(grant.role()))) {
        principals.add(grant.id());
        break;
      }
    }
    return new Viewer(view, owner, principals);
  }

  private Future<Answer> socket(Request request, HttpServerRequest http, Viewer viewer) {
    HttpConnection connection = http.connection();
    Runnable place = places.take(viewer);
    return http.toWebSocket()
        .map(
            socket -> {
              SocketOutlet outlet = new SocketOutlet(socket, connection, live);
              Position position = Position.of(request, "");
              Live.Watch watch =
                  live.watch(request.session(), viewer, outlet, position.epoch(), position.since());
              outlet.onClosed(
                  () -> {
                    place.run();
                    watch.left();
                  });
              return Answer.TAKEN;
            })
        .onFailure(ignored -> place.run());
  }

  private Future<Answer> events(Request request, HttpServerRequest http, Viewer viewer) {
    Runnable place = places.take(viewer);
    HttpServerResponse response = http.response();
    String last = http.getHeader("Last-Event-ID");
    Position position = Position.of(request, last == null ? "" : last);
    EventsOutlet outlet = new EventsOutlet(response, http.connection());
    outlet.begin();
    Live.Watch watch =
        live.watch(request.session(), viewer, outlet, position.epoch(), position.since());
    response.closeHandler(
        ignored -> {
          place.run();
          watch.left();
        });
    return Future.succeededFuture(Answer.TAKEN);
  }
}
