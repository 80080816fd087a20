package plenary.network.x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.twitter.twittertext.Extractor;
import com.twitter.twittertext.TwitterTextParseResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** X's own cases for links, mentions and lengths; deviations are listed in docs/networks/x.md. */
class ConformanceTest {
  private static final Path EXCERPT = Path.of("src", "test", "resources", "network", "x");
  private static final Path WHOLE = Path.of("../shared/data/twitter-text");

  /** Cases that the library answers otherwise, by their descriptions. */
  private static final Set<String> DEVIATIONS = Set.of();

  @Test
  void theExcerptIsReadAsXReadsIt() throws IOException {
    assertThat(wrong(EXCERPT)).isEmpty();
  }

  @Test
  void allCasesAreReadAsXReadsThem() throws IOException {
    assumeTrue(Files.isDirectory(WHOLE), "shared/data/twitter-text is not here");

    assertThat(wrong(WHOLE)).isEmpty();
  }

  private static List<String> wrong(Path folder) throws IOException {
    List<String> wrong = new ArrayList<>();
    Map<String, List<Map<String, Object>>> extract = sections(folder.resolve("extract.yml"));
    for (String section : List.of("urls", "tco_urls_with_params")) {
      for (Map<String, Object> one : extract.getOrDefault(section, List.of())) {
        check(wrong, section, one, TweetText.links(text(one)));
      }
    }
    for (String section : List.of("urls_with_indices", "urls_with_directional_markers")) {
      for (Map<String, Object> one : extract.getOrDefault(section, List.of())) {
        check(wrong, section, one, placed(text(one)));
      }
    }
    for (Map<String, Object> one : extract.getOrDefault("mentions", List.of())) {
      check(wrong, "mentions", one, TweetText.mentions(text(one)));
    }
    Map<String, List<Map<String, Object>>> validate = sections(folder.resolve("validate.yml"));
    for (Map.Entry<String, List<Map<String, Object>>> section : validate.entrySet()) {
      if (section.getKey().endsWith("CounterTest")) {
        section.getValue().forEach(one -> check(wrong, section.getKey(), one, counted(one)));
      }
    }
    return wrong;
  }

  private static void check(
      List<String> wrong, String section, Map<String, Object> one, Object found) {
    Object expected = one.get("expected");
    if (!found.equals(expected) && !DEVIATIONS.contains(String.valueOf(one.get("description")))) {
      wrong.add(section + ": " + one.get("description") + ": " + found + ", not " + expected);
    }
  }

  private static List<Map<String, Object>> placed(String text) {
    return new Extractor()
        .extractURLsWithIndices(text).stream()
            .map(
                link ->
                    Map.<String, Object>of(
                        "url", link.getValue(), "indices", List.of(link.getStart(), link.getEnd())))
            .toList();
  }

  /** What the case asks for of what the counter says. */
  private static Map<String, Object> counted(Map<String, Object> one) {
    TwitterTextParseResults results = TweetText.parsed(text(one));
    return Map.of(
        "weightedLength", results.weightedLength,
        "valid", results.isValid,
        "permillage", results.permillage,
        "displayRangeStart", results.displayTextRange.start,
        "displayRangeEnd", results.displayTextRange.end,
        "validRangeStart", results.validTextRange.start,
        "validRangeEnd", results.validTextRange.end);
  }

  private static String text(Map<String, Object> one) {
    return String.valueOf(one.get("text"));
  }

  @SuppressWarnings("unchecked") // The file's shape; a wrong one fails the test.
  private static Map<String, List<Map<String, Object>>> sections(Path file) throws IOException {
    Object all = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    return ((Map<String, Map<String, List<Map<String, Object>>>>) all).get("tests");
  }
}
