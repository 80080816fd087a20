package plenary.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may send commands and open streams with a browser's cookie. Allowed is the origin of
 * the public address or, while none is configured, the host that the request itself was sent to.
 * Browsers always name the origin of a command or an upgrade (WHATWG Fetch, section 3.2).
 */
public final class Origins {
  private final @Nullable String publicOrigin;

  /**
   * With a public address or without.
   *
   * @param publicUrl for example {@code https://ask.example.org}; a path is ignored
   * @throws IllegalArgumentException when it is not an http or https address
   */
  public Origins(@Nullable String publicUrl) {
    this.publicOrigin =
        publicUrl == null
            ? null
            : normal(publicUrl)
                .orElseThrow(() -> new IllegalArgumentException("not an http(s) address"));
  }

  /** Whether the public address is one of https. */
  public boolean isSecure() {
    return publicOrigin != null && publicOrigin.startsWith("https:");
  }

  /** Whether a page of that origin may act on a request that was sent to {@code host}. */
  public boolean allows(String origin, @Nullable String host) {
    if (origin.equals(publicOrigin)) {
      return true;
    }
    Optional<String> from = normal(origin);
    if (from.isEmpty() || origin.indexOf('/', origin.indexOf("//") + 2) >= 0) {
      return false;
    }
    if (publicOrigin != null) {
      return from.get().equals(publicOrigin);
    }
    String scheme = from.get().startsWith("https:") ? "https" : "http";
    return host != null && normal(scheme + "://" + host).equals(from);
  }

  /**
   * Whether a command or a stream may go on.
   *
   * @param site {@code Sec-Fetch-Site}
   * @param ambient whether the caller is known by a cookie alone, which a browser adds by itself
   */
  public boolean admits(
      @Nullable String origin, @Nullable String host, @Nullable String site, boolean ambient) {
    if (origin != null) {
      return allows(origin, host);
    }
    if ("cross-site".equals(site) || "same-site".equals(site)) {
      return false;
    }
    return !ambient;
  }

  private static Optional<String> normal(String url) {
    try {
      URI uri = new URI(url);
      if (uri.getScheme() == null || uri.getHost() == null || uri.getRawUserInfo() != null) {
        return Optional.empty();
      }
      String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
      if (!scheme.equals("http") && !scheme.equals("https")) {
        return Optional.empty();
      }
      int usual = scheme.equals("https") ? 443 : 80;
      String port = uri.getPort() == -1 || uri.getPort() == usual ? "" : ":" + uri.getPort();
      return Optional.of(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
