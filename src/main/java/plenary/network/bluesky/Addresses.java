package plenary.network.bluesky;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import plenary.network.Account;

/**
 * The servers of an account on Bluesky.
 *
 * <p>{@code Account.server} is the server that the account lives on and posts go to (PDS), {@code
 * https://bsky.social} when absent. {@code Account.settings} may name others:
 *
 * <ul>
 *   <li>{@code jetstream}: the stream that is read, {@code wss://host[:port]}, also {@code https},
 *       {@code ws} and {@code http}. With a path, {@code /subscribe} or {@code
 *       /xrpc/network.bsky.jetstream.subscribeEvents}, that wire is spoken; without one it is found
 *       out.
 *   <li>{@code pds}: the same as {@code Account.server}, for an account whose server is absent.
 *   <li>{@code appview}: where writers' handles are asked for; {@code "off"} asks nowhere, and
 *       writers are then called by their DIDs.
 * </ul>
 */
final class Addresses {
  static final String JETSTREAM = "wss://jetstream2.us-east.bsky.network";
  static final String PDS = "https://bsky.social";
  static final String APPVIEW = "https://public.api.bsky.app";

  private Addresses() {}

  /** Where posts are read from; null when what was given is no address. */
  static @Nullable Host jetstream(Account account) {
    return host(setting(account, "jetstream").orElse(JETSTREAM));
  }

  /** Where posts are written to; null when what was given is no address. */
  static @Nullable Host pds(Account account) {
    return host(
        Optional.ofNullable(account.server())
            .filter(given -> !given.isBlank())
            .or(() -> setting(account, "pds"))
            .orElse(PDS));
  }

  /** Where handles are asked for; null when nowhere. */
  static @Nullable Host appview(Account account) {
    return host(setting(account, "appview").orElse(APPVIEW));
  }

  private static Optional<String> setting(Account account, String key) {
    JsonObject settings = account.settings();
    return settings.getValue(key) instanceof String given && !given.isBlank()
        ? Optional.of(given)
        : Optional.empty();
  }

  private static @Nullable Host host(String given) {
    try {
      URI uri = new URI(given.strip());
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      boolean ssl = scheme.equals("wss") || scheme.equals("https");
      if (uri.getHost() == null || !ssl && !scheme.equals("ws") && !scheme.equals("http")) {
        return null;
      }
      int port = uri.getPort() < 0 ? ssl ? 443 : 80 : uri.getPort();
      String path = uri.getPath() == null ? "" : uri.getPath();
      return new Host(uri.getHost(), port, ssl, path.equals("/") ? "" : path);
    } catch (URISyntaxException wrong) {
      return null;
    }
  }

  /** A server. */
  record Host(String name, int port, boolean ssl, String path) {
    /** As it is spoken of, and told from another one. */
    String label() {
      return port == (ssl ? 443 : 80) ? name : name + ":" + port;
    }
  }
}
