package plenary.web;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The language that somebody chose by hand: {@code ?lang=} says it, a cookie remembers it, and both
 * win over what the browser accepts.
 */
final class Languages {
  private static final String NAME = "lang";
  private static final Pattern TAG = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z]{2,8})?");
  private static final long REMEMBERED_SECONDS = 31_536_000;

  private Languages() {}

  /** The tag in the address; null when there is none, or none that could be one. */
  static @Nullable String asked(HttpServerRequest request) {
    try {
      return tag(request.getParam(NAME));
    } catch (IllegalArgumentException e) {
      // A query that cannot be decoded names no language.
      return null;
    }
  }

  /** The tag chosen now or before; null for whoever never chose. */
  static @Nullable String chosen(HttpServerRequest request) {
    String asked = asked(request);
    if (asked != null) {
      return asked;
    }
    Cookie cookie = request.getCookie(NAME);
    return cookie == null ? null : tag(cookie.getValue());
  }

  /** The {@code Set-Cookie} value that remembers a tag. */
  static String remember(String tag, boolean secure) {
    return NAME
        + "="
        + tag
        + "; Path=/; Max-Age="
        + REMEMBERED_SECONDS
        + "; HttpOnly; SameSite=Lax"
        + (secure ? "; Secure" : "");
  }

  private static @Nullable String tag(@Nullable String text) {
    return text != null && TAG.matcher(text).matches() ? text : null;
  }
}
