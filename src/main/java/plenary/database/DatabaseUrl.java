package plenary.database;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code PLENARY_DATABASE_URL}: {@code postgresql://user:password@host:port/name}, in the
 * form of libpq (PostgreSQL manual, 34.1.1.2). Parameters: {@code sslmode} (disable, allow, prefer,
 * require, verify-ca, verify-full; default prefer), {@code sslrootcert} (a PEM file), {@code host}
 * (the directory of a Unix socket). User, password and name are percent-encoded where needed.
 *
 * <p>Mistakes are {@link IllegalArgumentException} with one sentence that never repeats the
 * password, nor anything that could be one.
 */
public final class DatabaseUrl {
  private static final int PORT_DEFAULT = 5432;
  private static final Set<String> SCHEMES = Set.of("postgresql", "postgres");
  private static final Set<String> PARAMETERS = Set.of("sslmode", "sslrootcert", "host");

  private DatabaseUrl() {}

  /** The options that the address means. */
  public static PgConnectOptions parse(String url) {
    int colon = url.indexOf("://");
    if (colon < 0 || !SCHEMES.contains(url.substring(0, colon))) {
      throw mistake("must begin with postgresql://");
    }
    String rest = url.substring(colon + 3);
    int end = firstOf(rest, "/?#");
    if (rest.indexOf('@', end) >= 0) {
      throw mistake("has / ? or # in its user or password; these must be percent-encoded");
    }
    int question = rest.indexOf('?');
    Map<String, String> parameters = parameters(question < 0 ? "" : rest.substring(question + 1));
    String place = question < 0 ? rest : rest.substring(0, question);
    int slash = place.indexOf('/');
    if (slash < 0 || slash == place.length() - 1) {
      throw mistake("must end with the database's name, as in postgresql://host/name");
    }
    PgConnectOptions options = new PgConnectOptions();
    options.setDatabase(decoded("database name", place.substring(slash + 1)));
    String authority = place.substring(0, slash);
    int at = authority.lastIndexOf('@');
    user(at < 0 ? "" : authority.substring(0, at), options);
    host(authority.substring(at + 1), parameters.get("host"), options);
    security(parameters, options);
    return options;
  }

  private static int firstOf(String text, String characters) {
    int index = 0;
    while (index < text.length() && characters.indexOf(text.charAt(index)) < 0) {
      index++;
    }
    return index;
  }

  private static void user(String userInfo, PgConnectOptions options) {
    int colon = userInfo.indexOf(':');
    String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
    if (user.isEmpty()) {
      throw mistake("needs a user, as in postgresql://user:password@host/name");
    }
    options.setUser(decoded("user", user));
    options.setPassword(colon < 0 ? "" : decoded("password", userInfo.substring(colon + 1)));
  }

  private static void host(String place, @Nullable String directory, PgConnectOptions options) {
    int port = PORT_DEFAULT;
    String host = place;
    int colon = place.lastIndexOf(':');
    if (colon > place.lastIndexOf(']')) {
      port = port(place.substring(colon + 1));
      host = place.substring(0, colon);
    }
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    if (directory != null) {
      host = directory;
    }
    if (host.isEmpty()) {
      throw mistake("needs a host");
    }
    if (!host.startsWith("/") && !host.matches("[A-Za-z0-9._:%-]+")) {
      throw mistake("has a host that is not a name");
    }
    options.setHost(host).setPort(port);
  }

  private static int port(String text) {
    if (text.matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    }
    throw mistake("has a port that is not a number from 1 to 65535");
  }

  private static void security(Map<String, String> parameters, PgConnectOptions options) {
    String name = parameters.getOrDefault("sslmode", "prefer");
    SslMode mode;
    try {
      mode = SslMode.of(name);
    } catch (IllegalArgumentException unknown) {
      throw mistake(
          "has an unknown sslmode; there are disable, allow, prefer, require, verify-ca and"
              + " verify-full");
    }
    String rootFile = parameters.get("sslrootcert");
    if (rootFile != null && !Files.isReadable(Path.of(rootFile))) {
      throw mistake("names the sslrootcert " + rootFile + ", which cannot be read");
    }
    if (options.isUsingDomainSocket() || mode == SslMode.DISABLE) {
      options.setSslMode(SslMode.DISABLE);
      return;
    }
    ClientSSLOptions ssl = new ClientSSLOptions();
    if (mode == SslMode.VERIFY_CA || mode == SslMode.VERIFY_FULL) {
      ssl.setTrustOptions(
          rootFile == null ? systemTrust() : new PemTrustOptions().addCertPath(rootFile));
      ssl.setHostnameVerificationAlgorithm(mode == SslMode.VERIFY_FULL ? "HTTPS" : "");
    } else {
      // As libpq: encrypted, but anybody could be at the other end.
      ssl.setTrustAll(true).setHostnameVerificationAlgorithm("");
    }
    options.setSslMode(mode).setSslOptions(ssl);
  }

  private static TrustOptions systemTrust() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((@Nullable KeyStore) null);
      return TrustOptions.wrap(factory.getTrustManagers()[0]);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this Java has no certificate authorities", missing);
    }
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      if (equals < 0 || !PARAMETERS.contains(name)) {
        throw mistake("has a parameter that is not one of sslmode, sslrootcert and host");
      }
      parameters.put(name, decoded(name, pair.substring(equals + 1)));
    }
    return parameters;
  }

  private static String decoded(String what, String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException wrong) {
      throw mistake("has a " + what + " with a % that is not followed by two hexadecimal digits");
    }
  }

  private static IllegalArgumentException mistake(String what) {
    return new IllegalArgumentException("PLENARY_DATABASE_URL " + what + ".");
  }
}
