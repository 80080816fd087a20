package plenary;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plenary.identity.Grant;
import plenary.identity.Participant;
import plenary.identity.Principal;
import plenary.identity.Role;
import plenary.support.ContractFuzz;
import plenary.web.Answer;
import plenary.web.Api;
import plenary.web.ApiServer;
import plenary.web.Contract;
import plenary.web.ContractRoutes;
import plenary.web.Examples;
import plenary.web.Gate;
import plenary.web.Operation;
import plenary.web.Origins;
import plenary.web.RateLimits;
import plenary.web.TrustedProxies;

class ContractIT {
  private static final String EXAMPLE = "0199f2a4-7c1e-7a52-9d3f-2b8c4e6f7a10";

  private static final Contract CONTRACT = Contract.load();
  private static Vertx vertx;
  private static ApiServer server;

  @BeforeAll
  static void start() throws Exception {
    vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    stub().mount(router);
    ApiServer.Settings settings = new ApiServer.Settings("127.0.0.1", 0, 1, 1_000, 60, null);
    server = ApiServer.start(vertx, settings, router).await(10, SECONDS);
  }

  @AfterAll
  static void stop() throws Exception {
    vertx.close().await(10, SECONDS);
  }

  @Test
  void theEdgeAloneKeepsTheContract() throws IOException {
    ContractFuzz.run(server.port(), "token");
  }

  /** The edge with handlers that answer with the examples of the contract. */
  private static Api stub() {
    RateLimits any = RateLimits.of(1e6, 1e6, 100);
    Api api = new Api(CONTRACT, new OneOfAll(), new Origins(null), TrustedProxies.NONE, any, any);
    ContractRoutes.mount(api, CONTRACT);
    JsonObject paths = CONTRACT.json().getJsonObject("paths");
    for (Operation operation : CONTRACT.operations()) {
      if (!operation.produces().contains("text/html") && !operation.id().equals("getContract")) {
        Answer answer = answer(CONTRACT.resolve(given(paths, operation)));
        api.on(
            operation.id(),
            request ->
                !operation.id().equals("watchSession") || !request.upgrade()
                    ? Future.succeededFuture(answer)
                    : request.routing().request().toWebSocket().map(Answer.TAKEN));
      }
    }
    return api;
  }

  private static JsonObject given(JsonObject paths, Operation operation) {
    return paths
        .getJsonObject(operation.path())
        .getJsonObject(operation.method().name().toLowerCase());
  }

  private static Answer answer(JsonObject operation) {
    JsonObject responses = operation.getJsonObject("responses");
    String status =
        responses.fieldNames().stream()
            .filter(each -> each.startsWith("2"))
            .reduce((a, b) -> b)
            .get();
    JsonObject content = responses.getJsonObject(status).getJsonObject("content");
    if (content == null) {
      return Answer.noContent();
    }
    String type = content.fieldNames().iterator().next();
    Object example = Examples.of(content.getJsonObject(type).getJsonObject("schema"), true);
    JsonObject body = example instanceof JsonObject object ? object : new JsonObject();
    if (body.containsKey("done")) {
      body.put("state", "done");
    }
    return new Answer(Integer.parseInt(status), type, body.toBuffer(), Map.of());
  }

  /** Knows one token, whose holder is everything everywhere. */
  private static final class OneOfAll implements Gate {
    private static final UUID ID = UUID.fromString(EXAMPLE);

    @Override
    public Future<Principal> authenticate(String token) {
      Grant grant = new Grant(ID, Role.ORGANISER, null, null, "Olga");
      Participant participant = new Participant(ID, ID, null);
      return Future.succeededFuture(
          token.startsWith("q3vR")
              ? new Principal(ID, List.of(grant), Map.of(ID, participant))
              : Principal.NOBODY);
    }

    @Override
    public Future<Optional<UUID>> meetingOf(UUID session) {
      return Future.succeededFuture(session.equals(ID) ? Optional.of(ID) : Optional.empty());
    }

    @Override
    public Future<Boolean> meetingExists(UUID meeting) {
      return Future.succeededFuture(meeting.equals(ID));
    }
  }
}
