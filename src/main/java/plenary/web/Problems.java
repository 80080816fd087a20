package plenary.web;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import plenary.database.Outages;
import plenary.problem.Failure;

/** Turns refusals into {@code application/problem+json} (RFC 9457): the only place that does. */
public final class Problems {
  /** The media type. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final System.Logger LOG = System.getLogger(Problems.class.getName());
  private static final String PREFIX = "urn:plenary:problem:";

  private Problems() {}

  /**
   * The answer for whatever went wrong. What is not a {@link Failure} is logged and told as 500.
   */
  public static Answer of(Throwable error) {
    return switch (Outages.told(error)) {
      case Failure.TooMany busy -> retry(failure(busy), busy.retryAfter());
      case Failure.Unavailable busy -> retry(failure(busy), busy.retryAfter());
      case Failure.Unauthenticated nobody -> failure(nobody).with("WWW-Authenticate", "Bearer");
      case Failure failure -> failure(failure);
      default -> {
        LOG.log(System.Logger.Level.ERROR, () -> "request failed: " + trace(error));
        yield of(500, "internal", "Something went wrong here. It was logged.");
      }
    };
  }

  /** A problem of the edge itself, for which there is no failure. */
  public static Answer of(int status, String type, String detail) {
    return answer(status, type, detail, Map.of());
  }

  /**
   * What failed and where, without messages: those of a database quote what people wrote.
   *
   * @return one text of several lines
   */
  public static String trace(Throwable error) {
    StringBuilder text = new StringBuilder();
    Throwable at = error;
    for (int depth = 0; at != null && depth < 5; depth++) {
      text.append(depth == 0 ? "" : "\ncaused by ").append(at.getClass().getName());
      text.append(
          Arrays.stream(at.getStackTrace())
              .limit(25)
              .map(frame -> "\n  at " + frame)
              .collect(Collectors.joining()));
      at = at.getCause();
    }
    return text.toString();
  }

  private static Answer failure(Failure failure) {
    return answer(failure.status(), failure.type(), failure.detail(), failure.members());
  }

  private static Answer answer(
      int status, String type, String detail, Map<String, Object> members) {
    JsonObject body =
        new JsonObject()
            .put("type", PREFIX + type)
            .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
            .put("status", status)
            .put("detail", detail);
    members.forEach(body::put);
    return new Answer(status, MEDIA_TYPE, body.toBuffer(), Map.of());
  }

  private static Answer retry(Answer answer, Duration after) {
    long seconds = Math.max(1, (after.toMillis() + 999) / 1_000);
    return answer.with("Retry-After", Long.toString(seconds));
  }
}
