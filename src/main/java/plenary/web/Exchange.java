package plenary.web;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import plenary.identity.Principal;
import plenary.identity.Role;
import plenary.live.Command;
import plenary.problem.Failure;

/** One request on its way through {@link Api}. Confined to the event loop of its connection. */
final class Exchange implements Request {
  private static final Buffer NOTHING = Buffer.buffer(0);
  private static final int QUERY_PARAMETERS_MAX = 32;

  final RoutingContext routing;
  final HttpServerRequest request;
  final Operation operation;
  final boolean secure;
  final String address;
  private final String[] values;
  private final Context loop;
  private boolean paused;
  private boolean flowing;

  Principal principal = Principal.NOBODY;
  Set<Role> roles = EnumSet.noneOf(Role.class);
  @Nullable UUID meeting;
  @Nullable UUID session;
  @Nullable JsonObject json;
  Buffer raw = NOTHING;
  Map<String, List<String>> query = Map.of();

  Exchange(
      RoutingContext routing,
      Operation operation,
      String[] values,
      boolean secure,
      String address) {
    this.routing = routing;
    this.request = routing.request();
    this.operation = operation;
    this.values = values;
    this.secure = secure;
    this.address = address;
    this.loop = routing.vertx().getOrCreateContext();
  }

  /**
   * Goes on with a result, at once when it is there, else later on the same event loop. What is
   * still to be read waits meanwhile.
   */
  <T> void then(Future<T> result, Consumer<T> next) {
    if (result.isComplete()) {
      settle(result, next);
      return;
    }
    if (!flowing) {
      pause();
    }
    result.onComplete(
        done -> {
          if (routing.vertx().getOrCreateContext() == loop) {
            settle(result, next);
          } else {
            loop.runOnContext(turn -> settle(result, next));
          }
        });
  }

  private <T> void settle(Future<T> result, Consumer<T> next) {
    if (result.failed()) {
      write(Problems.of(result.cause()));
      return;
    }
    step(() -> next.accept(result.result()));
  }

  /** Runs a step; what it throws becomes the answer. */
  void step(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      write(Problems.of(e));
    }
  }

  /** Reads the body; from now on nothing is held back any more. */
  Future<Buffer> readBody() {
    flowing = true;
    paused = false;
    return Bodies.read(routing.vertx(), request, operation.bodyMax(), operation.bodySeconds());
  }

  void pause() {
    if (!paused) {
      paused = true;
      request.pause();
    }
  }

  /** Lets what was held back flow again. */
  void resume() {
    if (paused) {
      paused = false;
      request.resume();
    }
  }

  void parseQuery() {
    String text = request.query();
    if (text == null || text.isEmpty()) {
      return;
    }
    try {
      query =
          new QueryStringDecoder(text, StandardCharsets.UTF_8, false, QUERY_PARAMETERS_MAX)
              .parameters();
    } catch (IllegalArgumentException e) {
      throw new Failure.Malformed("The query string cannot be read.");
    }
    if (text.contains("%00")) {
      throw new Failure.Malformed("The character U+0000 is not taken.");
    }
  }

  /** A value of the path as it is written there. */
  String segment(String name) {
    int at = operation.pathNames().indexOf(name);
    if (at < 0) {
      throw new IllegalArgumentException(operation.path() + " has no " + name);
    }
    return values[at];
  }

  void write(Answer answer) {
    Answers.write(this, answer);
  }

  @Override
  public Principal principal() {
    return principal;
  }

  @Override
  public Set<Role> roles() {
    return roles;
  }

  @Override
  public UUID meeting() {
    if (meeting == null) {
      throw new IllegalStateException(operation.path() + " is not in a meeting");
    }
    return meeting;
  }

  @Override
  public UUID session() {
    if (session == null) {
      throw new IllegalStateException(operation.path() + " is not in a session");
    }
    return session;
  }

  @Override
  public UUID path(String name) {
    String text = segment(name);
    if (!isId(text)) {
      throw new Failure.NotFound(name);
    }
    return UUID.fromString(text);
  }

  @Override
  public String text(String name) {
    return segment(name);
  }

  @Override
  public JsonObject body() {
    if (json == null) {
      throw new IllegalStateException(operation.id() + " has no JSON body");
    }
    return json;
  }

  @Override
  public Buffer raw() {
    return raw;
  }

  @Override
  public Optional<String> query(String name) {
    List<String> given = query.get(name);
    return given == null || given.isEmpty() ? Optional.empty() : Optional.of(given.getFirst());
  }

  @Override
  public @Nullable Long ifMatch() {
    String header = operation.ifMatch() == null ? null : request.getHeader(HttpHeaders.IF_MATCH);
    return header == null ? null : Long.valueOf(header.substring(1, header.length() - 1));
  }

  @Override
  public Command.@Nullable Once once(UUID who) {
    String key =
        operation.key() == Operation.KeyRule.NONE ? null : request.getHeader("Idempotency-Key");
    if (key == null) {
      return null;
    }
    MessageDigest digest = sha256();
    digest.update(operation.method().name().getBytes(StandardCharsets.UTF_8));
    digest.update((byte) ' ');
    digest.update(request.uri().getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
    digest.update(raw.getBytes());
    return new Command.Once(who, key, HexFormat.of().formatHex(digest.digest()));
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public boolean secure() {
    return secure;
  }

  @Override
  public RoutingContext routing() {
    return routing;
  }

  /** Whether a text is a UUID in its usual form; {@link UUID#fromString} takes more than that. */
  static boolean isId(String text) {
    if (text.length() != 36) {
      return false;
    }
    for (int i = 0; i < 36; i++) {
      boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
      char c = text.charAt(i);
      if (hyphen ? c != '-' : Character.digit(c, 16) < 0 || c > 'f') {
        return false;
      }
    }
    return true;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
