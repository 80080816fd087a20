package plenary.support;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import plenary.access.Access;
import plenary.access.AccessLimits;
import plenary.database.Database;
import plenary.live.CommitLimits;
import plenary.live.Faults;
import plenary.live.Live;
import plenary.live.LiveLimits;
import plenary.live.View;
import plenary.meeting.AgendaImports;
import plenary.meeting.ImportRoutes;
import plenary.meeting.LookRoutes;
import plenary.meeting.MeetingRoutes;
import plenary.meeting.Meetings;
import plenary.meeting.Places;
import plenary.meeting.SessionClock;
import plenary.meeting.SessionRoutes;
import plenary.meeting.Sessions;
import plenary.meeting.Timetable;
import plenary.web.Answer;
import plenary.web.Api;
import plenary.web.ApiServer;
import plenary.web.Contract;
import plenary.web.ContractRoutes;
import plenary.web.Operation;
import plenary.web.Origins;
import plenary.web.RateLimits;
import plenary.web.TrustedProxies;

/**
 * One node with everything about access and meetings, on a real database and a real port. Several
 * may share a database. Operations on questions are not served; they answer 204, which is enough to
 * see whether somebody is let in.
 */
public final class Node {
  private static final List<String> OWN =
      List.of(
          "setup",
          "getMe",
          "signOut",
          "createInvitation",
          "listInvitations",
          "revokeInvitation",
          "acceptInvitation",
          "lookUpJoinCode",
          "join",
          "listMeetings",
          "createMeeting",
          "getMeeting",
          "patchMeeting",
          "duplicateMeeting",
          "getLogo",
          "putLogo",
          "deleteLogo",
          "listSessions",
          "createSession",
          "getSession",
          "patchSession",
          "importAgenda",
          "getImport",
          "getContract",
          "getDocs");

  private static final Contract CONTRACT = Contract.load();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final List<UUID> ended = new CopyOnWriteArrayList<>();
  private final Live live;
  private final Access access;
  private final SessionClock clock;
  private final ApiServer server;

  private Node(Vertx vertx, Database database, InstantSource time, AccessLimits limits) {
    live =
        Await.result(
            Live.start(
                vertx,
                database.options(),
                database.pool(),
                CommitLimits.DEFAULT,
                LiveLimits.DEFAULT,
                new SimpleMeterRegistry(),
                Faults.NONE));
    Places places = new Places(database, time);
    Sessions sessions = new Sessions(database, live::submit, Timetable.DEFAULT);
    clock = new SessionClock(vertx, database, sessions, Timetable.DEFAULT, time);
    access =
        new Access(
            vertx,
            database,
            places,
            limits,
            new Access.Streams(ended::add, ended::add),
            RateLimits.of(1e6, 1e6, 1_000),
            "",
            time);
    RateLimits any = RateLimits.of(1e6, 1e6, 1_000);
    Api api = new Api(CONTRACT, access.gate(), new Origins(null), TrustedProxies.NONE, any, any);
    access.attach(api);
    Meetings meetings = new Meetings(database, time);
    AgendaImports imports = new AgendaImports(vertx, database, sessions, time);
    new MeetingRoutes(meetings, imports, clock).attach(api);
    new LookRoutes(meetings, clock).attach(api);
    new SessionRoutes(sessions).attach(api);
    new ImportRoutes(imports).attach(api);
    ContractRoutes.mount(api, CONTRACT);
    for (Operation operation : CONTRACT.operations()) {
      if (!OWN.contains(operation.id())) {
        api.on(operation.id(), request -> Future.succeededFuture(Answer.noContent()));
      }
    }
    Router router = Router.router(vertx);
    api.mount(router);
    access.start();
    server =
        Await.result(
            ApiServer.start(
                vertx, new ApiServer.Settings("127.0.0.1", 0, 2, 5_000, 60, null), router));
  }

  /** Starts a node on the system's time. */
  public static Node start(Vertx vertx, Database database) {
    return start(vertx, database, InstantSource.system(), AccessLimits.DEFAULT);
  }

  /** Starts a node on a time of the test's own. */
  public static Node start(
      Vertx vertx, Database database, InstantSource time, AccessLimits limits) {
    return new Node(vertx, database, time, limits);
  }

  /** Stops everything of it, so that Vert.x can be used on. */
  public void stop() {
    access.stop();
    clock.stop();
    Await.result(server.shutdown(Duration.ofMillis(100)));
    Await.result(live.close());
  }

  public Access access() {
    return access;
  }

  public SessionClock clock() {
    return clock;
  }

  /** Grants and participants whose streams were ended here. */
  public List<UUID> ended() {
    return ended;
  }

  /** The entities of a session in a view, by key. */
  public JsonObject entities(String session, View view) {
    JsonObject frame =
        new JsonObject(Await.result(live.snapshot(UUID.fromString(session), view, 0)).text());
    JsonObject entities = new JsonObject();
    frame
        .getJsonArray("put")
        .forEach(put -> entities.put(((JsonObject) put).getString("key"), put));
    return entities;
  }

  /** An answer. */
  public record Reply(int status, JsonObject body, HttpResponse<String> http) {
    /** The last part of the problem's type. */
    public String problem() {
      return body.getString("type", "").replace("urn:plenary:problem:", "");
    }

    public String header(String name) {
      return http.headers().firstValue(name).orElse("");
    }
  }

  /** One request. */
  public final class Call {
    private final HttpRequest.Builder request;

    private Call(String method, String path, BodyPublisher body) {
      request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
              .timeout(Duration.ofSeconds(20))
              .method(method, body);
    }

    public Call as(@Nullable String token) {
      if (token != null) {
        request.setHeader("Authorization", "Bearer " + token);
      }
      return this;
    }

    public Call header(String name, String value) {
      request.setHeader(name, value);
      return this;
    }

    public Reply send() {
      try {
        return reply(CLIENT.send(request.build(), BodyHandlers.ofString()));
      } catch (IOException e) {
        throw new AssertionError(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }

    public CompletableFuture<Reply> sendAsync() {
      return CLIENT.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(Node::reply);
    }
  }

  private static Reply reply(HttpResponse<String> http) {
    String body = http.body();
    return new Reply(
        http.statusCode(), body.startsWith("{") ? new JsonObject(body) : new JsonObject(), http);
  }

  public Call get(String path) {
    return new Call("GET", path, BodyPublishers.noBody());
  }

  public Call delete(String path) {
    return new Call("DELETE", path, BodyPublishers.noBody());
  }

  public Call post(String path, JsonObject body) {
    return new Call("POST", path, BodyPublishers.ofString(body.encode()))
        .header("Content-Type", "application/json");
  }

  public Call post(String path, String contentType, byte[] body) {
    return new Call("POST", path, BodyPublishers.ofByteArray(body))
        .header("Content-Type", contentType);
  }

  public Call patch(String path, JsonObject body) {
    return new Call("PATCH", path, BodyPublishers.ofString(body.encode()))
        .header("Content-Type", "application/merge-patch+json");
  }

  /** Makes the first organiser and gives their token. */
  public String organiser() {
    String secret = Await.result(access.setup().link(null)).orElseThrow();
    return post("/api/setup", JsonObject.of("token", secret, "name", "Olga"))
        .send()
        .body()
        .getString("token");
  }

  /** Makes a meeting and gives its body. */
  public JsonObject meeting(String organiser) {
    return post("/api/meetings", JsonObject.of("name", "Meeting", "timeZone", "Europe/Berlin"))
        .as(organiser)
        .send()
        .body();
  }

  /** Makes a session of a meeting and gives its body. */
  public JsonObject session(String organiser, String meeting, JsonObject draft) {
    return post("/api/meetings/" + meeting + "/sessions", draft).as(organiser).send().body();
  }
}
