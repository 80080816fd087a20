package plenary.web;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Map;

/**
 * The headers that make a browser strict. Every answer gets the common set; data may be neither
 * framed nor run, and pages get a policy of their own.
 */
public final class SecurityHeaders {
  /** For JSON: nothing may be loaded, run or framed. */
  public static final String DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

  /** The header in which an {@link Answer} that is a page brings a policy of its own. */
  public static final String POLICY_NAME = "Content-Security-Policy";

  private static final CharSequence POLICY = HttpHeaders.createOptimized("content-security-policy");
  private static final CharSequence DATA = HttpHeaders.createOptimized(DATA_POLICY);
  private static final CharSequence HSTS = HttpHeaders.createOptimized("strict-transport-security");
  private static final CharSequence TWO_YEARS =
      HttpHeaders.createOptimized("max-age=63072000; includeSubDomains");

  private static final List<Map.Entry<CharSequence, CharSequence>> COMMON =
      List.of(
          header("x-content-type-options", "nosniff"),
          header("referrer-policy", "no-referrer"),
          header("cross-origin-resource-policy", "same-origin"),
          header("cross-origin-opener-policy", "same-origin"),
          header("x-frame-options", "DENY"));

  private SecurityHeaders() {}

  /** The headers of an answer that carries data. */
  public static void data(MultiMap headers, boolean secure) {
    common(headers, secure);
    headers.add(POLICY, DATA);
  }

  /** The headers of a page, with its own policy. */
  public static void page(MultiMap headers, boolean secure, String policy) {
    common(headers, secure);
    headers.add(POLICY, policy);
    headers.add("cross-origin-embedder-policy", "require-corp");
    headers.add(
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()");
  }

  private static void common(MultiMap headers, boolean secure) {
    for (Map.Entry<CharSequence, CharSequence> each : COMMON) {
      headers.add(each.getKey(), each.getValue());
    }
    if (secure) {
      headers.add(HSTS, TWO_YEARS);
    }
  }

  private static Map.Entry<CharSequence, CharSequence> header(String name, String value) {
    return Map.entry(HttpHeaders.createOptimized(name), HttpHeaders.createOptimized(value));
  }
}
