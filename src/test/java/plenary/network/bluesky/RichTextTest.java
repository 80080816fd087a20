package plenary.network.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is found in a text of ours, by the vectors of the network's own client. */
class RichTextTest {
  @Test
  void mentionsAndLinksAreFoundAsTheReferenceDoes() {
    for (Object each : Vectors.richText().getJsonArray("mentions_and_links")) {
      JsonObject vector = (JsonObject) each;
      String text = vector.getString("text");
      assertThat(segments(text)).as(text).isEqualTo(expected(vector.getJsonArray("segments")));
    }
  }

  @Test
  void hashtagsAreFoundAsTheReferenceDoes() {
    check("tags", "");
  }

  @Test
  void cashtagsAreFoundAsTheReferenceDoes() {
    check("cashtags", "$");
  }

  private static void check(String name, String sign) {
    for (Object each : Vectors.richText().getJsonArray(name)) {
      JsonObject vector = (JsonObject) each;
      String text = vector.getString("text");
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < vector.getJsonArray(name).size(); i++) {
        JsonObject range = vector.getJsonArray("byteRanges").getJsonObject(i);
        expected.add(
            vector.getJsonArray(name).getString(i)
                + " "
                + range.getInteger("byteStart")
                + "-"
                + range.getInteger("byteEnd"));
      }
      List<String> found =
          RichText.find(text).stream()
              .filter(one -> one.kind() == RichText.Kind.TAG && one.value().startsWith(sign))
              .map(one -> one.value() + " " + one.from() + "-" + one.to())
              .toList();
      assertThat(found).as(text).isEqualTo(expected);
    }
  }

  @Test
  void theFacetsOfATextAreWhatTheNetworkReads() {
    String text = "🦋 Ask @ana.test under #ACC26: https://example.org/a_(b). @nobody.test";
    JsonArray facets = RichText.facets(RichText.find(text), Map.of("ana.test", "did:plc:ana"));

    Facets read = Facets.of(new JsonObject().put("facets", facets), text);

    assertThat(read.tags()).containsExactly("ACC26");
    assertThat(read.mentions()).containsExactly("ana.test");
    assertThat(read.links()).containsExactly("https://example.org/a_(b)");
  }

  @Test
  void aLengthHoldsBothLimits() {
    PostLength length = new PostLength();
    assertThat(length.of("é👩‍👩‍👧‍👧🇩🇪")).isEqualTo(4);
    assertThat(length.of("a".repeat(300))).isEqualTo(300);
    // 25 bytes each: 120 of them are 3,000 bytes, and one more is too much.
    assertThat(length.of("👩‍👩‍👧‍👧".repeat(120))).isEqualTo(300);
    assertThat(length.of("👩‍👩‍👧‍👧".repeat(121))).isGreaterThan(length.max());
  }

  private static List<String> expected(JsonArray segments) {
    return segments.stream()
        .map(JsonObject.class::cast)
        .filter(segment -> segment.containsKey("target"))
        .map(segment -> segment.getString("text") + " > " + segment.getString("target"))
        .toList();
  }

  private static List<String> segments(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return RichText.find(text).stream()
        .filter(one -> one.kind() != RichText.Kind.TAG)
        .map(
            one ->
                new String(bytes, one.from(), one.to() - one.from(), StandardCharsets.UTF_8)
                    + " > "
                    + (one.kind() == RichText.Kind.MENTION ? "did:fake:" : "")
                    + one.value())
        .toList();
  }
}
