package plenary.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;
import plenary.problem.Failure;

/**
 * The token that came with a request.
 *
 * @param ambient whether a browser added it by itself, so that the page's origin matters
 */
record Tokens(@Nullable String value, boolean ambient) {
  private static final int LENGTH_MAX = 200;
  private static final Tokens NONE = new Tokens(null, false);
  private static final String SCHEME = "Bearer ";
  private static final String PROTOCOL = "bearer.";

  /**
   * Finds it: {@code Authorization: Bearer} first, then the sub-protocol that programs offer which
   * cannot set headers on a handshake, then the cookie.
   */
  static Tokens of(HttpServerRequest request, boolean secure) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header != null) {
      if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
        throw new Failure.Unauthenticated("Authorization has to be of the kind Bearer.");
      }
      return explicit(header.substring(SCHEME.length()).trim());
    }
    String offered = request.getHeader("Sec-WebSocket-Protocol");
    int at = offered == null ? -1 : offered.indexOf(PROTOCOL);
    if (offered != null && at >= 0) {
      int end = offered.indexOf(',', at);
      return explicit(
          offered.substring(at + PROTOCOL.length(), end < 0 ? offered.length() : end).trim());
    }
    String cookie = Cookies.token(request.getHeader(HttpHeaders.COOKIE), secure);
    return cookie == null || cookie.isEmpty() ? NONE : new Tokens(cookie, true);
  }

  private static Tokens explicit(String token) {
    if (token.isEmpty() || token.length() > LENGTH_MAX) {
      throw new Failure.Unauthenticated("This is not a token of this server.");
    }
    return new Tokens(token, false);
  }
}
