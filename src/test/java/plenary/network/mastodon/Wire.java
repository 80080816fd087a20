package plenary.network.mastodon;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What servers really sent. */
final class Wire {
  private Wire() {}

  static String text(String file) {
    try (InputStream in = Wire.class.getResourceAsStream("/wire/mastodon/" + file)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonObject object(String file) {
    return new JsonObject(text(file));
  }

  static JsonArray array(String file) {
    return new JsonArray(text(file));
  }
}
