package plenary.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.identity.Principal;
import plenary.identity.Role;
import plenary.live.Command;

/** One request of the contract, after everything the contract says about it was checked. */
public interface Request {
  Principal principal();

  /** The roles held in the meeting and session of the path; anywhere, when the path has neither. */
  Set<Role> roles();

  /** The {@code meeting} of the path, or the meeting of its {@code session}. */
  UUID meeting();

  /** The {@code session} of the path. */
  UUID session();

  /** Another id of the path, for example {@code question}. */
  UUID path(String name);

  /** A path parameter that is not an id, for example {@code code}. */
  String text(String name);

  /** The JSON body. */
  JsonObject body();

  /** The body as it came. */
  Buffer raw();

  Optional<String> query(String name);

  /** The version in {@code If-Match}, when there is one. */
  @Nullable Long ifMatch();

  /**
   * The {@code Idempotency-Key}, bound to who sent it and to a hash of method, path and body.
   *
   * @return null when the request has none
   */
  Command.@Nullable Once once(UUID principal);

  /** The caller's address, behind trusted proxies the one they report. For limits, never stored. */
  String address();

  /** Whether the client came over https, so that its cookie is the one that needs it. */
  boolean secure();

  /**
   * Whether the client asks for a WebSocket; the handshake was checked, and the request is held.
   */
  default boolean upgrade() {
    return Handshakes.wanted(routing().request());
  }

  /** For the few operations that need the connection itself. */
  RoutingContext routing();
}
