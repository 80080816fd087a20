package plenary.config;

import java.nio.file.Path;
import java.util.stream.Collectors;

/** The configuration for people's eyes. */
final class Description {
  private Description() {}

  /** One line for each key: name, value, where it is from. */
  static String of(Settings settings, Path dataDirectory) {
    return settings.values().entrySet().stream()
        .map(
            entry -> {
              Key key = entry.getKey();
              String value = entry.getValue().value();
              String shown =
                  key == ServerKeys.DATA_DIR && value.isEmpty()
                      ? dataDirectory.toString()
                      : shown(key, value);
              return key.name() + " = " + shown + "  (" + entry.getValue().source() + ")\n";
            })
        .collect(Collectors.joining());
  }

  private static String shown(Key key, String value) {
    if (value.isEmpty()) {
      return "not set";
    }
    if (key == ServerKeys.DATABASE_URL) {
      // What follows the last @ before the path is the host; what is before may be a password.
      return value.replaceFirst("//.*@", "//***@").replaceFirst("\\?.*", "?***");
    }
    return key.secret() ? "***" : value;
  }
}
