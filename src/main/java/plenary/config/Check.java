package plenary.config;

import io.vertx.pgclient.PgConnectOptions;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a value must look like. */
@FunctionalInterface
interface Check {
  /** The rest of a sentence that starts with the key's name; null when the value is right. */
  @Nullable String mistake(String value);

  Check ANY = value -> null;

  Check PORT = between(0, 65_535);

  Check HOST =
      value ->
          value.chars().anyMatch(c -> c <= ' ' || c == '/' || c == '@')
              ? "must be a host name or an address, without scheme and port"
              : null;

  Check READABLE_FILE =
      value -> {
        try {
          Path path = Path.of(value);
          return Files.isRegularFile(path) && Files.isReadable(path)
              ? null
              : "names a file that is not there or may not be read: " + value;
        } catch (InvalidPathException e) {
          return "is not a path: " + value;
        }
      };

  Check PATH =
      value -> {
        try {
          return Path.of(value).isAbsolute() ? null : "must be an absolute path, not " + value;
        } catch (InvalidPathException e) {
          return "is not a path: " + value;
        }
      };

  Check ORIGIN =
      value -> {
        try {
          URI uri = new URI(value);
          boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
          boolean bare =
              List.of("", "/").contains(uri.getRawPath() == null ? "" : uri.getRawPath())
                  && uri.getRawQuery() == null
                  && uri.getRawFragment() == null
                  && uri.getRawUserInfo() == null;
          return web && uri.getHost() != null && bare
              ? null
              : "must be like https://questions.example.org, without a path, not " + value;
        } catch (URISyntaxException e) {
          return "is not a URL: " + value;
        }
      };

  Check WEB_ADDRESS =
      value -> {
        try {
          URI uri = new URI(value);
          boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
          return web && uri.getHost() != null && uri.getRawUserInfo() == null
              ? null
              : "must be like https://example.org/privacy, not " + value;
        } catch (URISyntaxException e) {
          return "is not a URL: " + value;
        }
      };

  /** Never quotes the value: it has a password in it. */
  Check DATABASE_URL =
      value -> {
        String form = "must be like postgresql://user:password@host:5432/name";
        if (!value.startsWith("postgresql://") && !value.startsWith("postgres://")) {
          return form;
        }
        try {
          PgConnectOptions.fromUri(value);
          return null;
        } catch (RuntimeException e) {
          return form + "; special characters in the password are written %XX";
        }
      };

  Check NETWORKS =
      value -> {
        for (String part : parts(value)) {
          if (!isNetwork(part)) {
            return "must list addresses or networks like 10.0.0.0/8, separated by commas; "
                + part
                + " is neither";
          }
        }
        return null;
      };

  Check LEVEL =
      value ->
          LogLevels.known(value) ? null : "must be one of " + LogLevels.NAMES + ", not " + value;

  Check LEVELS =
      value -> {
        for (String part : parts(value)) {
          String[] pair = part.split("=", 2);
          if (pair.length != 2 || pair[0].isBlank() || !LogLevels.known(pair[1].strip())) {
            return "must be like plenary.live=FINE,io.vertx=WARNING; " + part + " is not";
          }
        }
        return null;
      };

  /** Long enough that nobody guesses it: 128 bits in base64 are 22 characters. */
  Check TOKEN =
      value ->
          value.length() < 22 || value.chars().anyMatch(c -> c <= ' ' || c > '~')
              ? "must have at least 22 printable characters without spaces"
              : null;

  /** A whole number, both bounds included. */
  static Check between(long least, long most) {
    return value -> {
      String wanted =
          String.format(
              Locale.ROOT, "must be a whole number from %d to %d, not %s", least, most, value);
      try {
        long number = Long.parseLong(value);
        return number < least || number > most ? wanted : null;
      } catch (NumberFormatException e) {
        return wanted;
      }
    };
  }

  /** The parts of a list separated by commas. */
  static List<String> parts(String value) {
    return Arrays.stream(value.split(",", -1))
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .toList();
  }

  /** An address or a network in CIDR form; never asks a name server. */
  private static boolean isNetwork(String text) {
    String[] pair = text.split("/", 2);
    try {
      int bits = InetAddress.ofLiteral(pair[0]).getAddress().length * 8;
      int prefix = pair.length == 1 ? bits : Integer.parseInt(pair[1]);
      return prefix >= 0 && prefix <= bits;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
