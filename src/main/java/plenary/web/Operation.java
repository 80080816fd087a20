package plenary.web;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plenary.identity.Permissions;

/**
 * One operation of the contract, compiled.
 *
 * @param path as the contract writes it, for example {@code /api/sessions/{session}}
 * @param pathNames the parameters of the path in their order
 * @param pathSchemas of those that are not ids
 * @param query its query parameters by name
 * @param bodies schema by media type; {@code *}{@code /*} means any, read by the handler
 * @param produces the media types of its answers
 * @param takesView whether {@code view} has to be allowed to the caller
 * @param bodyMax most bytes of a body
 * @param bodySeconds within which the whole body must be there
 */
public record Operation(
    String id,
    HttpMethod method,
    String path,
    List<String> pathNames,
    Map<String, Schemas> pathSchemas,
    Map<String, Parameter> query,
    KeyRule key,
    @Nullable Schemas ifMatch,
    Map<String, Optional<Schemas>> bodies,
    Set<String> produces,
    boolean takesView,
    int bodyMax,
    int bodySeconds,
    Permissions.Rule rule) {

  /** Whether the path names a session. */
  public boolean inSession() {
    return pathNames.contains("session");
  }

  /** Whether the path names a meeting. */
  public boolean inMeeting() {
    return pathNames.contains("meeting");
  }

  /** What the contract says of {@code Idempotency-Key}. */
  public enum KeyRule {
    NONE,
    OPTIONAL,
    REQUIRED
  }

  /**
   * A query parameter.
   *
   * @param type the JSON type that its text is read as
   */
  public record Parameter(String name, boolean required, String type, Schemas schema) {}
}
