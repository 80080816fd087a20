package plenary.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plenary.problem.Failure;

class StrictJsonTest {
  private static final Path NAUGHTY = Path.of("../shared/data/hard-text/naughty-strings-a.json");

  @Test
  void ordinaryJsonIsRead() {
    assertThat(parse("{\"a\":[1,-2.5,true,false,null,\"é\\n😀\"],\"b\":{}}"))
        .isEqualTo(
            new JsonObject()
                .put(
                    "a",
                    new JsonArray().add(1L).add(-2.5).add(true).add(false).addNull().add("é\n😀"))
                .put("b", new JsonObject()));
    assertThat(parse(" 7 ")).isEqualTo(7L);
    assertThat(parse("null")).isNull();
    assertThat(parse("\"\\ud83d\\ude00\"")).isEqualTo("😀");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"role\":\"attendee\",\"role\":\"moderator\"}",
        "{\"a\":{\"b\":1,\"b\":1}}",
        "{\"a\":1,\"\\u0061\":2}",
        "[{\"a\":1,\"a\":1}]"
      })
  void aNameThatOccursTwiceIsRefused(String json) {
    refused(json, "A name occurs twice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1e999", "-1e999", "[1e400]", "9223372036854775808", "-9223372036854775809"})
  void aNumberThatCannotBeHeldIsRefused(String json) {
    refused(json, "too large");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"NaN", "Infinity", "-Infinity", "+1", "01", "1.", ".5", "0x10", "1_000", "--1"})
  void whatIsNoNumberIsRefused(String json) {
    refused(json, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\\u0000\"", "{\"a\\u0000\":1}", "[\"x\\u0000y\"]"})
  void nulIsRefusedForNoDatabaseKeepsIt(String json) {
    refused(json, "U+0000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\udc00\\ud800\"",
        "\"a\\ud83d\"",
        "{\"\\ud800\":1}",
        "\"\\ud83d\\ud83d\\ude00\""
      })
  void halfASurrogatePairIsRefused(String json) {
    refused(json, "surrogate");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "22ff22",
        "22c08022",
        "22c18122",
        "22eda08022",
        "22f8888080808022",
        "22e282",
        "22f490808022"
      })
  void bytesThatAreNotUtf8AreRefused(String hex) {
    Buffer bytes = Buffer.buffer(HexFormat.of().parseHex(hex));
    assertThatThrownBy(() -> StrictJson.parse(bytes)).isInstanceOf(Failure.Malformed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{} {}", "1 2", "{}]", "[] x", "\"a\"\"b\"", "{}//x", "null,"})
  void textAfterTheValueIsRefused(String json) {
    refused(json, "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "[1,]",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "{'a':1}",
        "[1 2]",
        "\"a",
        "\"\t\"",
        "\"\n\"",
        "tru",
        "nul",
        "TRUE",
        "/* */1",
        "\ufeff{}",
        "{\"a\":1,}",
        "\"\\x41\"",
        "]",
        ":"
      })
  void whatIsNotJsonIsRefused(String json) {
    refused(json, "");
  }

  @Test
  void nestingHasALimit() {
    int max = StrictJson.DEPTH_MAX;
    assertThat(parse("[".repeat(max) + "]".repeat(max))).isInstanceOf(JsonArray.class);
    refused("[".repeat(max + 1) + "]".repeat(max + 1), "nested deeper than 32");
    refused("{\"a\":".repeat(100_000), "nested deeper");
  }

  @Test
  void aNumberHasAtMostFortyDigits() {
    refused("1".repeat(41), "40 digits");
    refused("0." + "1".repeat(2_000), "40 digits");
  }

  @Test
  void refusalsSayWhereAndQuoteNothing() {
    assertThatThrownBy(() -> parse("{\"secret\":1,\n  \"secret\":2}"))
        .hasMessageContaining("line 2 column")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> parse("{\"a\":hunter2}"))
        .hasMessageContaining("line 1 column")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void randomBytesAreReadOrRefusedAndNothingElse() {
    long seed = 20_261_124;
    Random random = new Random(seed);
    String alphabet = "{}[]:,\"\\u0123456789eE+-.truefalsn \n\ud83d";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder json = new StringBuilder();
      for (int n = random.nextInt(30); n > 0; n--) {
        json.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      readOrRefused(Buffer.buffer(json.toString()), "seed " + seed + ": " + json);
      byte[] bytes = new byte[random.nextInt(30)];
      random.nextBytes(bytes);
      readOrRefused(Buffer.buffer(bytes), "seed " + seed);
    }
  }

  @Test
  void naughtyStringsComeBackAsTheyWereOrAreRefused() throws IOException {
    Assumptions.assumeTrue(Files.exists(NAUGHTY), "the shared data is not here");
    String corpus = Files.readString(NAUGHTY);
    JsonArray strings = new JsonArray(corpus);
    assertThat(strings).isNotEmpty();
    for (Object each : strings) {
      String json = new JsonArray().add(each).encode();
      if (json.contains("\\u0000")) {
        refused(json, "U+0000");
      } else {
        assertThat(parse(json)).isEqualTo(new JsonArray().add(each));
      }
    }
  }

  private static void readOrRefused(Buffer bytes, String what) {
    try {
      StrictJson.parse(bytes);
    } catch (Failure.Malformed refused) {
      assertThat(refused.detail()).as(what).endsWith(".");
    }
  }

  private static Object parse(String json) {
    return StrictJson.parse(Buffer.buffer(json));
  }

  private static void refused(String json, String says) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(Failure.Malformed.class)
        .hasMessageContaining(says);
  }
}
