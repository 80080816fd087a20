package plenary.network.bluesky;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Recordings and conformance vectors of the AT Protocol. */
final class Vectors {
  private static final Path FOLDER = Path.of("src/test/resources/network/bluesky");

  private Vectors() {}

  static List<String> jetstream() {
    return lines(FOLDER.resolve("jetstream-kinds.jsonl"));
  }

  static JsonObject richText() {
    return new JsonObject(String.join("\n", lines(FOLDER.resolve("rich-text-detection.json"))));
  }

  /** The values of a file of {@code syntax}. */
  static List<String> syntax(String name) {
    return lines(FOLDER.resolve("syntax").resolve(name + ".txt")).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
