package plenary;

import static plenary.support.Await.result;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plenary.identity.Grant;
import plenary.identity.Participant;
import plenary.identity.Principal;
import plenary.identity.Role;
import plenary.support.ContractFuzz;
import plenary.support.TestServer;
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

/** Every operation of the contract as it is meant, and thousands of requests that are not. */
class ContractIT {
  private static final UUID EXAMPLE = UUID.fromString("0199f2a4-7c1e-7a52-9d3f-2b8c4e6f7a10");
  private static final Contract CONTRACT = Contract.load();
  private static Vertx vertx;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() {
    result(vertx.close());
  }

  @Test
  void theEdgeAloneKeepsTheContract() throws IOException {
    Api api =
        new Api(CONTRACT, new OneOfAll(), new Origins(null), TrustedProxies.NONE, any(), any());
    ContractRoutes.mount(api, CONTRACT);
    stubs(api, id -> !tag(id).equals("Contract"));
    ContractFuzz.run(listen(api).port(), "token");
  }

  @Test
  void theServerKeepsTheContract() throws IOException {
    try (TestServer server = TestServer.start()) {
      ContractFuzz.run(server.port(), TestServer.SETUP_TOKEN);
    }
  }

  /** Handlers that answer with the examples of the contract. */
  private static void stubs(Api api, Predicate<String> wanted) {
    for (Operation operation : CONTRACT.operations()) {
      if (wanted.test(operation.id())) {
        Answer answer = answer(given(operation.id()));
        boolean live = operation.id().equals("watchSession");
        api.on(
            operation.id(),
            request ->
                live && request.upgrade()
                    ? request.routing().request().toWebSocket().map(Answer.TAKEN)
                    : Future.succeededFuture(answer));
      }
    }
  }

  private static ApiServer listen(Api api) {
    Router router = Router.router(vertx);
    api.mount(router);
    ApiServer.Settings settings = new ApiServer.Settings("127.0.0.1", 0, 1, 1_000, 60, null);
    return result(ApiServer.start(vertx, settings, router));
  }

  private static RateLimits any() {
    return RateLimits.of(1e6, 1e6, 100);
  }

  private static String tag(String id) {
    return given(id).getJsonArray("tags").getString(0);
  }

  private static JsonObject given(String id) {
    Operation operation = CONTRACT.operation(id);
    return CONTRACT.resolve(
        CONTRACT
            .json()
            .getJsonObject("paths")
            .getJsonObject(operation.path())
            .getJsonObject(operation.method().name().toLowerCase(Locale.ROOT)));
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
    @Override
    public Future<Principal> authenticate(String token) {
      Grant grant = new Grant(EXAMPLE, Role.ORGANISER, null, null, "Olga");
      Participant participant = new Participant(EXAMPLE, EXAMPLE, null);
      return Future.succeededFuture(
          token.startsWith("q3vR")
              ? new Principal(EXAMPLE, List.of(grant), Map.of(EXAMPLE, participant))
              : Principal.NOBODY);
    }

    @Override
    public Future<Optional<UUID>> meetingOf(UUID session) {
      return Future.succeededFuture(
          session.equals(EXAMPLE) ? Optional.of(EXAMPLE) : Optional.empty());
    }

    @Override
    public Future<Boolean> meetingExists(UUID meeting) {
      return Future.succeededFuture(meeting.equals(EXAMPLE));
    }
  }
}
