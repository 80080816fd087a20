package plenary.screening;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Strings that break things: the whole files beside the tree, else the excerpts of the tree. */
final class HardText {
  private static final Path WHOLE = Path.of("../shared/data/hard-text");

  private HardText() {}

  static List<String> naughty() {
    return new JsonArray(text("naughty-strings-a.json", "naughty-excerpt.json"))
        .stream().map(each -> ((JsonObject) each).getString("value")).toList();
  }

  /** Emoji as they are meant to be sent. */
  static List<String> emoji() {
    return text("emoji-test-a.txt", "emoji-excerpt.txt")
        .lines()
        .filter(line -> !line.startsWith("#") && line.contains("; fully-qualified"))
        .map(line -> string(line.substring(0, line.indexOf(';')).strip()))
        .toList();
  }

  private static String string(String codePoints) {
    int[] all =
        Arrays.stream(codePoints.split(" +")).mapToInt(hex -> Integer.parseInt(hex, 16)).toArray();
    return new String(all, 0, all.length);
  }

  /** Every string of both. */
  static Stream<String> all() {
    return Stream.concat(naughty().stream(), emoji().stream());
  }

  private static String text(String whole, String excerpt) {
    try {
      Path file = WHOLE.resolve(whole);
      if (Files.exists(file)) {
        return Files.readString(file);
      }
      System.out.println(file + " is absent; taking the excerpt of the tree.");
      try (InputStream in = HardText.class.getResourceAsStream("/hard-text/" + excerpt)) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
