package plenary.web;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The one cookie: a token that scripts cannot read. Over https its name carries {@code __Host-}, so
 * no sub-domain and no plain connection can plant it (RFC 6265bis, section 4.1.3.2).
 */
public final class Cookies {
  private static final String SECURE_NAME = "__Host-plenary";
  private static final String PLAIN_NAME = "plenary";
  private static final int TOKEN_MAX = 200;

  private Cookies() {}

  /** The token in a {@code Cookie} header; null without one. */
  public static @Nullable String token(@Nullable String header, boolean secure) {
    if (header == null) {
      return null;
    }
    String name = secure ? SECURE_NAME : PLAIN_NAME;
    int at = 0;
    while (at < header.length()) {
      int end = header.indexOf(';', at);
      end = end < 0 ? header.length() : end;
      int from = at;
      while (from < end && header.charAt(from) == ' ') {
        from++;
      }
      int value = from + name.length() + 1;
      if (value < end && header.charAt(value - 1) == '=' && header.startsWith(name, from)) {
        return end - value > TOKEN_MAX ? null : header.substring(value, end).trim();
      }
      at = end + 1;
    }
    return null;
  }

  /** The {@code Set-Cookie} value that signs a browser in. */
  public static String issue(String token, Duration lifetime, boolean secure) {
    return cookie(token, lifetime.toSeconds(), secure);
  }

  /** The {@code Set-Cookie} value that signs a browser out. */
  public static String clear(boolean secure) {
    return cookie("", 0, secure);
  }

  private static String cookie(String value, long maxAge, boolean secure) {
    return (secure ? SECURE_NAME : PLAIN_NAME)
        + "="
        + value
        + "; Path=/; Max-Age="
        + maxAge
        + "; HttpOnly; SameSite=Lax"
        + (secure ? "; Secure" : "");
  }
}
