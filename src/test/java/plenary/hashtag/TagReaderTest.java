package plenary.hashtag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Our reader against twitter-text's own conformance cases. */
class TagReaderTest {
  private static final Path WHOLE = Path.of("../shared/data/twitter-text/extract.yml");

  @SuppressWarnings("unchecked")
  private static List<String> wrong(InputStream file) {
    Map<String, Object> all =
        (Map<String, Object>)
            new Load(LoadSettings.builder().setCodePointLimit(10_000_000).build())
                .loadFromInputStream(file);
    List<String> wrong = new ArrayList<>();
    ((Map<String, List<Map<String, Object>>>) Objects.requireNonNull(all.get("tests")))
        .forEach(
            (section, cases) -> {
              for (Map<String, Object> each : cases) {
                String text = (String) Objects.requireNonNull(each.get("text"));
                Object found = found(section, text);
                String name = (String) each.get("description");
                if (found != null && !found.equals(expected(each))) {
                  wrong.add(section + ": " + name + ": " + found);
                }
              }
            });
    return wrong;
  }

  /** Links are held against what they are, wherever the case says that they stand. */
  private static @Nullable Object expected(Map<String, Object> one) {
    Object expected = one.get("expected");
    return expected instanceof List<?> list
            && !list.isEmpty()
            && list.getFirst() instanceof Map<?, ?> first
            && first.containsKey("url")
        ? list.stream().map(each -> ((Map<?, ?>) each).get("url")).toList()
        : expected;
  }

  private static @Nullable Object found(String section, String text) {
    return switch (section) {
      case "hashtags", "hashtags_from_astral" -> TagReader.read(text).hashtags();
      case "hashtags_with_indices" ->
          TagReader.hashtags(text).stream()
              .map(tag -> Map.of("hashtag", tag.tag(), "indices", List.of(tag.start(), tag.end())))
              .toList();
      case "mentions" -> TagReader.read(text).mentions();
      case "urls", "urls_with_directional_markers", "tco_urls_with_params" ->
          TagReader.read(text).links();
      default -> null;
    };
  }

  @Test
  void theExcerptPasses() throws IOException {
    try (InputStream file = getClass().getResourceAsStream("/hashtag/extract-excerpt.yml")) {
      assertThat(wrong(Objects.requireNonNull(file))).isEmpty();
    }
  }

  @Test
  void theWholeListPasses() throws IOException {
    assumeTrue(Files.exists(WHOLE), "twitter-text's cases are not beside the tree");
    try (InputStream file = Files.newInputStream(WHOLE)) {
      assertThat(wrong(file)).isEmpty();
    }
  }
}
