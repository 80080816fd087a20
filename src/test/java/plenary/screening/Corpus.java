package plenary.screening;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts that people labelled: the whole files beside the tree, else the excerpts of the tree. */
final class Corpus {
  private static final Path WHOLE = Path.of("../shared/data");

  /**
   * A text and what it holds.
   *
   * @param kinds of identifiers, as the corpus names them; {@code spam} for spam
   */
  record Labelled(String text, Set<String> kinds) {}

  /** Two questions, and whether one asks what the other does. */
  record Pair(String one, String other, boolean same) {}

  private Corpus() {}

  /** Whether the whole files are there. */
  static boolean isWhole() {
    return Files.isDirectory(WHOLE);
  }

  /** Medical questions without identifiers. */
  static List<String> questions() {
    return lines("phi/medquad-questions-a.tsv", "medquad.tsv").stream()
        .skip(1)
        .map(line -> line.split("\t")[2])
        .toList();
  }

  /** Titles of articles that are questions. */
  static List<String> titles() {
    return lines("identifiers/pubmedqa-questions-a.jsonl", "pubmedqa.jsonl").stream()
        .map(line -> new JsonObject(line).getString("question"))
        .toList();
  }

  static List<Pair> pairs() {
    return lines("questions/rqe-pairs-a.jsonl", "rqe.jsonl").stream()
        .map(JsonObject::new)
        .map(
            pair ->
                new Pair(pair.getString("q1"), pair.getString("q2"), pair.getInteger("label") == 1))
        .toList();
  }

  /** Queries of physicians, with invented identifiers and without. */
  static List<Labelled> queries() {
    return labelled("phi/asq-phi-a.jsonl", "asq-phi.jsonl", "phi");
  }

  /** Sentences of everyday life with invented personal data, and without. */
  static List<Labelled> sentences() {
    return labelled("phi/presidio-synth-a.jsonl", "presidio.jsonl", "pii");
  }

  /** Spanish case reports. */
  static List<Labelled> reports() {
    return labelled("phi/meddocan-es-a.jsonl", "meddocan.jsonl", "phi");
  }

  static List<Labelled> messages() {
    return lines("spam/sms-a.tsv", "sms.tsv").stream()
        .map(line -> line.split("\t", 2))
        .map(cells -> new Labelled(cells[1], "spam".equals(cells[0]) ? Set.of("spam") : Set.of()))
        .toList();
  }

  private static List<Labelled> labelled(String whole, String excerpt, String field) {
    return lines(whole, excerpt).stream()
        .map(JsonObject::new)
        .map(
            line -> {
              JsonArray spans = line.getJsonArray(field, line.getJsonArray("phi", new JsonArray()));
              return new Labelled(
                  line.getString("text"),
                  IntStream.range(0, spans.size())
                      .mapToObj(i -> spans.getJsonObject(i).getString("type"))
                      .collect(Collectors.toUnmodifiableSet()));
            })
        .toList();
  }

  private static List<String> lines(String whole, String excerpt) {
    try {
      Path file = WHOLE.resolve(whole);
      if (Files.exists(file)) {
        return Files.readString(file).lines().filter(line -> !line.isBlank()).toList();
      }
      try (InputStream in = Corpus.class.getResourceAsStream("/screening/" + excerpt)) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.isBlank())
            .toList();
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
