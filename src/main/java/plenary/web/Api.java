package plenary.web;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.identity.Permissions;
import plenary.identity.Principal;
import plenary.live.View;
import plenary.problem.Failure;

/**
 * Serves the contract: one handler for every operation, in one route. A request passes, in this
 * order: security headers, origin, address limit, authentication, place (404), permission (401,
 * 403), parameters, body within limit and deadline, strict JSON, schema, and then its handler. Who
 * may not call is refused before any body is read, so a stranger cannot make the server hold one.
 *
 * <p>Configure it on one thread, then {@link #mount}; serving is safe from every event loop.
 */
public final class Api {
  private static final String BUSY = "The server has too many requests now. Try again.";
  private static final String TOO_MANY = "There are too many requests from this address.";

  private static final Answer NOWHERE =
      Problems.of(404, "not-found", "There is nothing at this address.");
  private static final Answer UNREADABLE =
      Problems.of(400, "malformed", "The address cannot be read.");

  private final Contract contract;
  private final Gate gate;
  private final Origins origins;
  private final TrustedProxies proxies;
  private final RateLimits perAddress;
  private final RateLimits perNode;
  private final Map<String, Handler> handlers = new HashMap<>();
  private final Paths<Target> paths = new Paths<>();
  private Observer observer = (operation, status, nanos) -> {};
  private String unguarded = "";

  /**
   * An API without handlers.
   *
   * @param perAddress counts every request of an address, or of an IPv6 network
   * @param perNode counts every request of this node
   */
  public Api(
      Contract contract,
      Gate gate,
      Origins origins,
      TrustedProxies proxies,
      RateLimits perAddress,
      RateLimits perNode) {
    this.contract = contract;
    this.gate = gate;
    this.origins = origins;
    this.proxies = proxies;
    this.perAddress = perAddress;
    this.perNode = perNode;
  }

  /** Sets the handler of an operation; method and path are those of the contract. */
  public Api on(String operationId, Handler handler) {
    contract.operation(operationId);
    if (handlers.put(operationId, handler) != null) {
      throw new IllegalStateException("two handlers for " + operationId);
    }
    return this;
  }

  /** Sets who is told about every answer. */
  public Api observe(Observer told) {
    this.observer = told;
    return this;
  }

  /** Leaves the permission check of an operation out, for a negative control; empty for none. */
  public Api unguarded(String operationId) {
    this.unguarded = operationId;
    return this;
  }

  /**
   * Serves the contract from a router; paths outside of it go on to its next routes, and what none
   * of them takes is a problem. Who wants pages for that sets other error handlers afterwards.
   *
   * @throws IllegalStateException when an operation has no handler
   */
  public void mount(Router router) {
    Set<String> missing = new TreeSet<>();
    for (Operation operation : contract.operations()) {
      Handler handler = handlers.get(operation.id());
      if (handler == null) {
        missing.add(operation.id());
      } else {
        paths.add(operation.method(), operation.path(), new Target(operation, handler));
      }
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException("operations without a handler: " + missing);
    }
    router.route().handler(this::dispatch);
    router.errorHandler(400, routing -> refuse(routing, UNREADABLE));
    router.errorHandler(404, routing -> refuse(routing, NOWHERE));
    router.errorHandler(500, routing -> refuse(routing, Problems.of(fault(routing))));
    // The first requests should not wait for the schemas, and neither should the start.
    Thread.ofVirtual().name("compile-contract").start(contract::compile);
  }

  private void dispatch(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    String path = request.path();
    Paths.@Nullable Found<Target> found = path == null ? null : paths.find(path);
    if (found == null) {
      if (path != null && (path.equals("/api") || path.startsWith("/api/"))) {
        refuse(routing, NOWHERE);
      } else {
        routing.next();
      }
      return;
    }
    HttpMethod method = request.method() == HttpMethod.HEAD ? HttpMethod.GET : request.method();
    Target target = found.targets().get(method);
    if (target == null || (method != request.method() && target.takesOver())) {
      String detail = "This address takes " + found.allow() + " alone.";
      refuse(routing, Problems.of(405, "method-not-allowed", detail).with("Allow", found.allow()));
      return;
    }
    Exchange exchange =
        new Exchange(
            routing, target.operation(), found.values(), isSecure(request), address(request));
    long start = System.nanoTime();
    routing.addEndHandler(
        end ->
            observer.answered(
                target.operation(), request.response().getStatusCode(), System.nanoTime() - start));
    exchange.step(() -> admit(exchange, target));
  }

  private boolean isSecure(HttpServerRequest request) {
    return request.isSSL()
        || origins.isSecure()
        || proxies.secure(
            request.remoteAddress().hostAddress(), request.getHeader("X-Forwarded-Proto"));
  }

  private String address(HttpServerRequest request) {
    return proxies.client(
        request.remoteAddress().hostAddress(), request.getHeader("X-Forwarded-For"));
  }

  /**
   * Who asks for a page: by the cookie alone, under the limits and sign-ins of the contract's
   * requests.
   */
  public Future<Visitor> visitor(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    String network = TrustedProxies.network(address(request));
    try {
      perNode.require("node", BUSY);
      perAddress.require(network, TOO_MANY);
    } catch (Failure refused) {
      return Future.failedFuture(refused);
    }
    String token = Cookies.token(request.getHeader(HttpHeaders.COOKIE), isSecure(request));
    return (token == null || token.isEmpty()
            ? Future.succeededFuture(Principal.NOBODY)
            : gate.authenticate(token))
        .map(principal -> new Visitor(principal, network));
  }

  /**
   * Who asks for a page.
   *
   * @param network the address, or the network it stands for; for limits, never stored
   */
  public record Visitor(Principal principal, String network) {}

  private void refuse(RoutingContext routing, Answer answer) {
    Answers.write(
        routing.vertx(),
        routing.request(),
        routing.request().isSSL() || origins.isSecure(),
        answer);
  }

  private static Throwable fault(RoutingContext routing) {
    Throwable failure = routing.failure();
    return failure == null ? new IllegalStateException("failed without a cause") : failure;
  }

  private void admit(Exchange exchange, Target target) {
    HttpServerRequest request = exchange.request;
    Tokens token = Tokens.of(request, exchange.secure);
    boolean command = request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD;
    boolean upgrade = target.takesOver() && Handshakes.wanted(request);
    if (command || target.takesOver()) {
      boolean ambient = token.ambient() && (command || upgrade);
      String origin = request.getHeader(HttpHeaders.ORIGIN);
      String site = request.getHeader("Sec-Fetch-Site");
      if (!origins.admits(origin, request.getHeader(HttpHeaders.HOST), site, ambient)) {
        throw new Failure.Forbidden(
            "foreign-origin", "This was sent from a page that is not part of this server.");
      }
    }
    perNode.require("node", BUSY);
    perAddress.require(TrustedProxies.network(exchange.address), TOO_MANY);
    exchange.parseQuery();
    Checks.noSecretIn(exchange.query, exchange.operation);
    if (!upgrade
        && !Checks.accepts(request.getHeader(HttpHeaders.ACCEPT), exchange.operation.produces())) {
      exchange.write(
          Problems.of(
              406,
              "not-acceptable",
              "This is answered as " + String.join(" or ", exchange.operation.produces()) + "."));
      return;
    }
    if (upgrade) {
      Optional<Answer> refused = Handshakes.check(request);
      if (refused.isPresent()) {
        exchange.write(refused.get());
        return;
      }
      exchange.pause();
    }
    if (token.value() == null) {
      locate(exchange, target);
      return;
    }
    exchange.then(
        gate.authenticate(token.value()),
        principal -> {
          exchange.principal = principal;
          locate(exchange, target);
        });
  }

  private void locate(Exchange exchange, Target target) {
    if (exchange.operation.inSession()) {
      UUID session = exchange.path("session");
      exchange.then(
          gate.meetingOf(session),
          meeting -> {
            exchange.session = session;
            exchange.meeting = meeting.orElseThrow(() -> new Failure.NotFound("session"));
            permit(exchange, target);
          });
    } else if (exchange.operation.inMeeting()) {
      UUID meeting = exchange.path("meeting");
      exchange.then(
          gate.meetingExists(meeting),
          exists -> {
            if (!exists) {
              throw new Failure.NotFound("meeting");
            }
            exchange.meeting = meeting;
            permit(exchange, target);
          });
    } else {
      permit(exchange, target);
    }
  }

  private void permit(Exchange exchange, Target target) {
    Principal who = exchange.principal;
    exchange.roles =
        exchange.meeting == null ? who.roles() : who.roles(exchange.meeting, exchange.session);
    if (!exchange.operation.rule().allows(who, exchange.roles)
        && !exchange.operation.id().equals(unguarded)) {
      throw refusal(who);
    }
    Checks.parameters(exchange);
    if (exchange.operation.takesView()) {
      View view = View.named(exchange.query("view").orElse("")).orElseThrow();
      if (!Permissions.mayWatch(view, exchange.roles)) {
        throw refusal(who);
      }
    }
    read(exchange, target);
  }

  private static Failure refusal(Principal who) {
    return who.isNobody()
        ? new Failure.Unauthenticated("Sign in or join first.")
        : new Failure.Forbidden("Your role does not allow this.");
  }

  private void read(Exchange exchange, Target target) {
    Operation operation = exchange.operation;
    boolean present = Bodies.present(exchange.request);
    if (!present && operation.bodies().isEmpty()) {
      run(exchange, target);
      return;
    }
    Checks.bodyHeaders(exchange);
    if (!present) {
      Checks.body(exchange);
      run(exchange, target);
      return;
    }
    exchange.then(
        exchange.readBody(),
        body -> {
          exchange.raw = body;
          Checks.body(exchange);
          run(exchange, target);
        });
  }

  private static void run(Exchange exchange, Target target) {
    exchange.then(target.handler().handle(exchange), exchange::write);
  }

  /** Who is told about every answer, for metrics. */
  @FunctionalInterface
  public interface Observer {
    /**
     * An answer was sent.
     *
     * @param nanos from the arrival of the head to the end of the answer
     */
    void answered(Operation operation, int status, long nanos);
  }

  private record Target(Operation operation, Handler handler) {
    /** Whether the operation keeps the connection. */
    boolean takesOver() {
      return operation.produces().contains("text/event-stream");
    }
  }
}
