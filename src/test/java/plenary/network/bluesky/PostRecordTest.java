package plenary.network.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import plenary.network.Post;

/** Records, as people's programs write them, and the messages they come in. */
class PostRecordTest {
  private static final Instant SEEN = Instant.parse("2026-11-24T10:00:00Z");

  private static Post read(JsonObject record) {
    return PostRecord.read(
        new Event.Commit(
            Position.micros(SEEN),
            "did:plc:ana",
            "3mmoojpaqkn2z",
            Event.Operation.CREATE,
            "k",
            record),
        7,
        record,
        new Post.Writer("did:plc:ana", "ana.test", null));
  }

  private static JsonObject facet(Object start, Object end, JsonObject feature) {
    return new JsonObject()
        .put("index", new JsonObject().put("byteStart", start).put("byteEnd", end))
        .put("features", new JsonArray().add(feature));
  }

  private static JsonObject mention() {
    return new JsonObject().put("$type", "app.bsky.richtext.facet#mention").put("did", "did:plc:b");
  }

  private static JsonObject tag(String tag) {
    return new JsonObject().put("$type", "app.bsky.richtext.facet#tag").put("tag", tag);
  }

  @Test
  void recordedEventsAreRead() {
    var events = Vectors.jetstream().stream().map(Wire.V1::read).toList();

    assertThat(events).doesNotContainNull().hasSize(10);
    assertThat(events.get(1)).isInstanceOf(Event.Commit.class);
    Event.Commit post = (Event.Commit) events.get(1);
    Post read = PostRecord.read(post, 1, post.value(), new Post.Writer("d", "d", null));
    assertThat(read.text()).isEqualTo("Try RSV for a good time !!");
    assertThat(read.language()).isEqualTo("en");
    assertThat(read.replyTo())
        .isEqualTo("at://did:plc:chuislnsrnnl7b2hozplkehp/app.bsky.feed.post/3mmojbrjwbs26");
    assertThat(read.thread()).isEqualTo(read.replyTo());
    assertThat(read.postedAt()).isEqualTo("2026-05-25T14:23:28.757Z");
    assertThat(read.url())
        .isEqualTo("https://bsky.app/profile/did:plc:45amrwyjctnvoqpvxin7x6pt/post/3mmoojp4cd223");
    assertThat(events.get(7)).isInstanceOf(Event.Identity.class);
    assertThat(events.get(8))
        .isEqualTo(
            new Event.Standing(1_779_719_010_272_410L, "did:plc:4liumdioq5lpr6kpjdivcjkx", false));
    assertThat(events.stream().filter(Event.Other.class::isInstance)).hasSize(7);
  }

  @Test
  void hashtagsAreThoseOfFacetsAndOfTags() {
    Post post =
        read(
            new JsonObject()
                .put("text", "no #facet here")
                .put("facets", new JsonArray().add(facet(0, 2, tag("ACC26"))))
                .put("tags", new JsonArray().add("Unseen").add(5).add("ACC26")));

    assertThat(post.tags()).containsExactly("ACC26", "Unseen");
  }

  @Test
  void hostileRangesPointToNothing() {
    String text = "é @ana.test 🦋";
    Object[][] ranges = {
      {-1, 3},
      {1, 5},
      {3, 3},
      {5, 3},
      {3, 99},
      {0, 15},
      {Long.MAX_VALUE, Long.MIN_VALUE},
      {"3", "9"},
      {3.5, null},
      {Integer.MAX_VALUE, Integer.MAX_VALUE}
    };
    for (Object[] range : ranges) {
      JsonObject record =
          new JsonObject()
              .put("text", text)
              .put("facets", new JsonArray().add(facet(range[0], range[1], mention())));
      assertThat(read(record).mentions()).containsExactly("did:plc:b");
    }
    JsonObject good =
        new JsonObject()
            .put("text", text)
            .put("facets", new JsonArray().add(facet(3, 12, mention())));
    assertThat(read(good).mentions()).containsExactly("ana.test");
  }

  @Test
  void aRecordOfAnotherShapeIsStillAPost() {
    JsonObject odd =
        new JsonObject()
            .put("text", 5)
            .put("langs", "en")
            .put("facets", new JsonArray().add(1).add(new JsonObject().put("features", 3)))
            .put("tags", new JsonObject())
            .put("embed", "x")
            .put("reply", new JsonObject().put("parent", 1).put("root", new JsonObject()))
            .put("createdAt", "yesterday");

    Post post = read(odd);

    assertThat(post.text()).isEmpty();
    assertThat(post.postedAt()).isEqualTo(SEEN);
    assertThat(post.replyTo()).isNull();
  }

  @Test
  void timesAreReadWithAndWithoutZoneAndNeverLaterThanSeen() {
    assertThat(PostRecord.written("2023-07-21T01:33:51.481951", SEEN))
        .isEqualTo("2023-07-21T01:33:51.481951Z");
    assertThat(PostRecord.written("2024-02-22T19:58:13.903293+02:00", SEEN))
        .isEqualTo("2024-02-22T17:58:13.903293Z");
    assertThat(PostRecord.written("2027-01-01T00:00:00Z", SEEN)).isEqualTo(SEEN);
    assertThat(PostRecord.written("0001-01-01T00:00:00Z", SEEN)).isEqualTo(SEEN);
    assertThat(PostRecord.written(null, SEEN)).isEqualTo(SEEN);
  }

  @Test
  void linksAreThoseOfFacetsAndCardsAndOfTheWebAlone() {
    JsonObject link = new JsonObject().put("$type", "app.bsky.richtext.facet#link");
    Post post =
        read(
            new JsonObject()
                .put("text", "x")
                .put(
                    "facets",
                    new JsonArray()
                        .add(facet(0, 1, link.copy().put("uri", "HTTPS://example.org/a")))
                        .add(facet(0, 1, link.copy().put("uri", "javascript:alert(1)"))))
                .put(
                    "embed",
                    new JsonObject()
                        .put("external", new JsonObject().put("uri", "https://doi.org/10.1/x"))));

    assertThat(post.links()).containsExactly("HTTPS://example.org/a", "https://doi.org/10.1/x");
  }

  @Test
  void manyTagsAndALongTextPass() {
    JsonArray facets = new JsonArray();
    IntStream.range(0, 200).forEach(i -> facets.add(facet(0, 1, tag("t" + i))));
    facets.add(facet(0, 1, tag("x".repeat(641))));

    Post post = read(new JsonObject().put("text", "é".repeat(50_000)).put("facets", facets));

    assertThat(post.tags()).hasSize(200);
    assertThat(post.text()).hasSize(50_000);
  }

  @Test
  void messagesThatAreNoneAreNotRead() {
    String[] bad = {
      "",
      "{",
      "[]",
      "null",
      "{\"time_us\":\"x\"}",
      "{\"did\":\"nobody\",\"time_us\":5}",
      "{\"did\":\"did:plc:a\",\"time_us\":-5,\"kind\":\"commit\"}",
      "{\"did\":\"did:plc:a\",\"time_us\":5,\"kind\":\"commit\"}",
      "{\"did\":\"did:plc:a\",\"time_us\":5,\"kind\":\"commit\",\"commit\":{\"operation\":\"boom\","
          + "\"collection\":\"app.bsky.feed.post\",\"rkey\":\"k\"}}",
      "{\"did\":\"did:plc:a\",\"time_us\":5,\"kind\":\"commit\",\"commit\":{\"operation\":\"create\","
          + "\"collection\":\"app.bsky.feed.post\",\"rkey\":\"k\",\"record\":7}}",
      "{\"a\":".repeat(2_000)
    };
    for (String message : bad) {
      assertThat(Wire.V1.read(message)).as(message).isNull();
    }
    assertThat(Wire.V2.read("{\"$type\":\"message\",\"payload\":{\"$type\":\"#commit\"}}"))
        .isNull();
    assertThat(Wire.V2.read("{\"$type\":\"message\",\"payload\":7}")).isNull();
  }

  @Test
  void troubleOfTheStreamIsNotAnAccountThatWent() {
    String event =
        "{\"did\":\"did:plc:a\",\"time_us\":5,\"kind\":\"account\",\"account\":{\"active\":false,"
            + "\"did\":\"did:plc:a\",\"status\":\"%s\"}}";
    assertThat(Wire.V1.read(event.formatted("throttled"))).isInstanceOf(Event.Other.class);
    assertThat(Wire.V1.read(event.formatted("takendown")))
        .isEqualTo(new Event.Standing(5, "did:plc:a", true));
  }
}
