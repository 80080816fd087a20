package plenary.access;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import plenary.web.Answer;
import plenary.web.Cookies;
import plenary.web.Request;

/** The token of a request, and the cookie of an answer. */
final class Callers {
  private static final String SCHEME = "Bearer ";

  /** A browser keeps a cookie for at most so long (RFC 6265bis, section 5.5). */
  private static final Duration COOKIE_MAX = Duration.ofDays(400);

  /**
   * Staff tokens move on with every use, but a cookie cannot: it lives longer, and whether its
   * token does is for the server to know.
   */
  private static final Duration COOKIE_MIN = Duration.ofDays(30);

  private Callers() {}

  /** The token that came with a request which the edge has authenticated. */
  static @Nullable String token(Request request) {
    HttpServerRequest http = request.routing().request();
    String header = http.getHeader(HttpHeaders.AUTHORIZATION);
    if (header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return header.substring(SCHEME.length()).trim();
    }
    String cookie = Cookies.token(http.getHeader(HttpHeaders.COOKIE), request.secure());
    return cookie == null || cookie.isEmpty() ? null : cookie;
  }

  /** The answer with the cookie of a new token. */
  static Answer signedIn(Answer answer, SignIns.Issued issued, Instant now, Request request) {
    Duration life = Duration.between(now, issued.expiresAt());
    life = life.compareTo(COOKIE_MIN) < 0 ? COOKIE_MIN : life;
    life = life.compareTo(COOKIE_MAX) > 0 ? COOKIE_MAX : life;
    return answer.with("Set-Cookie", Cookies.issue(issued.token(), life, request.secure()));
  }
}
