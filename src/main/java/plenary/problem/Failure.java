package plenary.problem;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refusal that is told to the caller. Features fail their futures with one; the edge turns it
 * into {@code application/problem+json} (RFC 9457) in one place. A failure changes nothing: whoever
 * raises one has not written yet. It carries no stack trace, for it is an answer and not a fault.
 */
public abstract sealed class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;

  private Failure(int status, String type, String detail) {
    super(detail, null, false, false);
    this.status = status;
    this.type = type;
  }

  /** HTTP status code. */
  public int status() {
    return status;
  }

  /** Stable name of the kind of problem, for example {@code stale-version}. */
  public String type() {
    return type;
  }

  /** One sentence a person can act on. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  /** Members of the problem document beside type, title, status and detail. */
  public Map<String, Object> members() {
    return Map.of();
  }

  /** The request cannot be read at all: {@code 400}. */
  public static final class Malformed extends Failure {
    private static final long serialVersionUID = 1L;

    public Malformed(String detail) {
      this("malformed", detail);
    }

    public Malformed(String type, String detail) {
      super(400, type, detail);
    }
  }

  /** Nobody is signed in, and the operation needs somebody: {@code 401}. */
  public static final class Unauthenticated extends Failure {
    private static final long serialVersionUID = 1L;

    public Unauthenticated(String detail) {
      super(401, "unauthenticated", detail);
    }
  }

  /** Known, but not allowed: {@code 403}. */
  public static final class Forbidden extends Failure {
    private static final long serialVersionUID = 1L;

    public Forbidden(String detail) {
      this("forbidden", detail);
    }

    public Forbidden(String type, String detail) {
      super(403, type, detail);
    }
  }

  /** Unknown or foreign id: {@code 404}, the same answer for both. */
  public static final class NotFound extends Failure {
    private static final long serialVersionUID = 1L;

    public NotFound(String what) {
      super(404, "not-found", "There is no such " + what + " here.");
    }
  }

  /** The state is not the one the caller saw: {@code 409} with what is there now. */
  public static final class Conflict extends Failure {
    private static final long serialVersionUID = 1L;
    private final transient @Nullable JsonObject current;

    public Conflict(String type, String detail, @Nullable JsonObject current) {
      super(409, type, detail);
      this.current = current;
    }

    @Override
    public Map<String, Object> members() {
      return current == null ? Map.of() : Map.of("current", current);
    }
  }

  /** A body did not arrive in time: {@code 408}. */
  public static final class TooSlow extends Failure {
    private static final long serialVersionUID = 1L;

    public TooSlow(long deadlineSeconds) {
      super(408, "too-slow", "The body has to arrive within " + deadlineSeconds + " seconds.");
    }
  }

  /** A body is larger than its limit: {@code 413}. */
  public static final class TooLarge extends Failure {
    private static final long serialVersionUID = 1L;

    public TooLarge(long limitBytes) {
      super(413, "too-large", "The body may have at most " + limitBytes + " bytes.");
    }
  }

  /** A format that is not read here: {@code 415}; the detail names those that are. */
  public static final class Unsupported extends Failure {
    private static final long serialVersionUID = 1L;

    public Unsupported(String detail) {
      super(415, "unsupported-media-type", detail);
    }
  }

  /** Readable but not acceptable: {@code 422} with the offending fields. */
  public static final class Invalid extends Failure {
    private static final long serialVersionUID = 1L;
    private final transient List<Field> fields;

    public Invalid(String pointer, String code, String message) {
      this(pointer, code, message, Map.of());
    }

    public Invalid(String pointer, String code, String message, Map<String, ?> values) {
      this("invalid", message, List.of(new Field(pointer, code, message, values)));
    }

    public Invalid(String type, String detail, List<Field> fields) {
      super(422, type, detail);
      this.fields = List.copyOf(fields);
    }

    @Override
    public Map<String, Object> members() {
      return fields.isEmpty()
          ? Map.of()
          : Map.of("errors", fields.stream().map(Field::toJson).toList());
    }
  }

  /**
   * One offending field.
   *
   * @param pointer JSON pointer into the body, for example {@code /text}, or a header's name
   * @param code stable name of what is wrong; the pages have a sentence for each that a person can
   *     bring about
   * @param message one sentence
   * @param values what such a sentence names: a limit, for example
   */
  public record Field(String pointer, String code, String message, Map<String, ?> values) {
    public Field(String pointer, String code, String message) {
      this(pointer, code, message, Map.of());
    }

    JsonObject toJson() {
      JsonObject field =
          new JsonObject().put("pointer", pointer).put("code", code).put("detail", message);
      if (!values.isEmpty()) {
        JsonObject named = new JsonObject();
        values.forEach(named::put);
        field.put("values", named);
      }
      return field;
    }
  }

  /** Too many requests: {@code 429} with {@code Retry-After}. */
  public static final class TooMany extends Failure {
    private static final long serialVersionUID = 1L;
    private final Duration retryAfter;

    public TooMany(String detail, Duration retryAfter) {
      super(429, "too-many-requests", detail);
      this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
      return retryAfter;
    }
  }

  /** The server cannot do it now: {@code 503} with {@code Retry-After}. */
  public static final class Unavailable extends Failure {
    private static final long serialVersionUID = 1L;
    private final Duration retryAfter;

    /**
     * @param type {@code busy}, {@code draining}, {@code outcome-unknown} (resend with the same
     *     key) or {@code internal}
     */
    public Unavailable(String type, String detail, Duration retryAfter) {
      super(503, type, detail);
      this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
      return retryAfter;
    }
  }
}
