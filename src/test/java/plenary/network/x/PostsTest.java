package plenary.network.x;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import plenary.network.News;
import plenary.network.Post;

class PostsTest {
  @Test
  void aPostOfTheStreamIsReadWithItsAuthor() {
    JsonObject message = recorded("filtered-stream-one.json");
    Post post = read(message.getJsonObject("data"), message.getJsonObject("includes"));

    assertThat(post.id()).isEqualTo("1359517868925280258");
    assertThat(post.revision()).isEqualTo(1359517868925280258L);
    assertThat(post.writer())
        .isEqualTo(new Post.Writer("155941476", "u9f8k3k0p3m5d9", "Name f35b"));
    assertThat(post.tags()).containsExactly("COVID19");
    assertThat(post.language()).isEqualTo("fr");
    assertThat(post.postedAt()).isEqualTo(Instant.parse("2021-02-10T15:01:33Z"));
    assertThat(post.url()).isEqualTo("https://x.com/u9f8k3k0p3m5d9/status/1359517868925280258");
    assertThat(post.text()).contains("nosocomial").contains("malades & du").doesNotContain("&amp;");
    assertThat(post.text()).doesNotContain("t.co").endsWith("/photo/1");
    assertThat(post.links()).as("its own picture is no link").isEmpty();
    assertThat(post.edited()).isFalse();
  }

  @Test
  void anEditKeepsTheNameOfTheFirstAndIsANewerRevision() {
    Post before = first("edited_before.ndjson");
    Post after = first("edited_after.ndjson");

    assertThat(before.id()).isEqualTo("1576994746135764992").isEqualTo(after.id());
    assertThat(before.edited()).isFalse();
    assertThat(after.edited()).isTrue();
    assertThat(after.revision()).isGreaterThan(before.revision());
    assertThat(after.postedAt())
        .isBetween(before.postedAt().minusSeconds(1), before.postedAt().plusSeconds(1));
    assertThat(after.language()).as("qst is no language").isNull();
    assertThat(after.text()).startsWith("hey :) https://twitter.com/i/web/status/");
  }

  @Test
  void aRepostNamesWhatItRepeats() {
    Post post = first("two_tweets.ndjson");

    assertThat(post.repostOf()).isEqualTo("1391677057810288641");
    assertThat(post.mentions()).containsExactly("u4j5j6k8l7");
    assertThat(post.tags()).containsExactly("POIUYTREWQ");
    assertThat(post.language()).isNull();
  }

  @Test
  void bothSpellingsMeanTheSame() {
    for (String file :
        List.of("edited_before.ndjson", "edited_after.ndjson", "two_tweets.ndjson")) {
      JsonObject old = recorded(file);
      JsonObject renamed =
          new JsonObject(
              old.encode()
                  .replace("edit_history_tweet_ids", "edit_history_post_ids")
                  .replace("referenced_tweets", "referenced_posts")
                  .replace("note_tweet", "note_post"));
      assertThat(read(datum(renamed), renamed.getJsonObject("includes")))
          .isEqualTo(read(datum(old), old.getJsonObject("includes")));
    }
  }

  @Test
  void aLongPostIsReadWholeWithTheHashtagsOfItsEnd() {
    JsonObject note =
        new JsonObject()
            .put("text", "a long text https://t.co/1 #End")
            .put(
                "entities",
                entities()
                    .put("urls", new JsonArray().add(url("https://t.co/1", "https://doi.org/x"))));
    Post post = read(post("7").put("text", "a long… ").put("note_tweet", note), null);

    assertThat(post.text()).isEqualTo("a long text https://doi.org/x #End");
    assertThat(post.tags()).containsExactly("End");
    assertThat(post.links()).containsExactly("https://doi.org/x");
    assertThat(post.writer().handle()).as("unknown without the author").isEqualTo("5");
  }

  @Test
  void aQuoteIsNoRepostAndAReplyHasAThread() {
    JsonArray references =
        new JsonArray()
            .add(new JsonObject().put("type", "quoted").put("id", "3"))
            .add(new JsonObject().put("type", "replied_to").put("id", "4"));
    Post post =
        read(post("7").put("referenced_posts", references).put("conversation_id", "2"), null);

    assertThat(post.repostOf()).isNull();
    assertThat(post.replyTo()).isEqualTo("4");
    assertThat(post.thread()).isEqualTo("2");
  }

  @Test
  void aLinkThatLeadsNowhereSafeStaysShort() {
    JsonArray urls = new JsonArray().add(url("https://t.co/1", "javascript:alert(1)"));
    JsonObject hostile =
        post("7")
            .put("text", "see https://t.co/1")
            .put("entities", new JsonObject().put("urls", urls));

    assertThat(read(hostile, null).text()).isEqualTo("see https://t.co/1");
    assertThat(read(hostile, null).links()).isEmpty();
  }

  @Test
  void whatXShowsNobodyIsGone() {
    JsonObject withheld =
        post("7").put("withheld", new JsonObject().put("country_codes", new JsonArray().add("XX")));
    JsonObject somewhere =
        post("7").put("withheld", new JsonObject().put("country_codes", new JsonArray().add("DE")));

    assertThat(Posts.news(withheld, null)).contains(new News.Deleted("7", Long.MAX_VALUE, false));
    assertThat(Posts.news(somewhere, null).orElseThrow()).isInstanceOf(News.Wrote.class);
  }

  @Test
  void fieldsOfAnotherKindAreAbsentAndNeverAnError() {
    JsonObject odd =
        post("7")
            .put("entities", "none")
            .put("referenced_tweets", new JsonObject())
            .put("edit_history_tweet_ids", new JsonArray().add(1).addNull().add(new JsonObject()))
            .put("created_at", "yesterday")
            .put("lang", 3)
            .put("withheld", true);

    assertThat(read(odd, new JsonObject().put("users", "x")).id()).isEqualTo("7");
    assertThat(Posts.read(new JsonObject().put("id", "x").put("author_id", "5"), null)).isEmpty();
    assertThat(Posts.read(new JsonObject().put("id", "7"), null)).isEmpty();
  }

  @Test
  void complianceIsToldAsWhatItMeans() {
    assertThat(compliance("{'delete':{'tweet':{'id':'7','author_id':'5'}}}"))
        .isEqualTo(new News.Deleted("7", Long.MAX_VALUE, true));
    assertThat(compliance("{'withheld':{'tweet':{'id':'7'},'withheld_in_countries':['XX']}}"))
        .isEqualTo(new News.Deleted("7", Long.MAX_VALUE, true));
    assertThat(compliance("{'user_suspend':{'user':{'id':'5'}}}"))
        .isEqualTo(new News.Writer("5", true));
    assertThat(compliance("{'user_unprotect':{'user':{'id':'5'}}}"))
        .isEqualTo(new News.Writer("5", false));
    assertThat(Compliance.read(new JsonObject("{\"withheld\":{\"tweet\":{\"id\":\"7\"}}}")))
        .isEmpty();
    assertThat(Compliance.read(new JsonObject("{\"scrub_geo\":{\"user\":{\"id\":\"5\"}}}")))
        .isEmpty();
    assertThat(Compliance.read(new JsonObject("{\"anything\":[]}"))).isEmpty();
  }

  private static News compliance(String json) {
    return Compliance.read(new JsonObject(json.replace('\'', '"'))).orElseThrow();
  }

  private static JsonObject post(String id) {
    return new JsonObject().put("id", id).put("author_id", "5").put("text", "hello");
  }

  private static JsonObject entities() {
    return new JsonObject()
        .put("hashtags", new JsonArray().add(new JsonObject().put("tag", "End")));
  }

  private static JsonObject url(String brief, String onward) {
    return new JsonObject().put("url", brief).put("expanded_url", onward);
  }

  private static Post first(String file) {
    JsonObject answer = recorded(file);
    return read(datum(answer), answer.getJsonObject("includes"));
  }

  private static JsonObject datum(JsonObject answer) {
    return answer.getJsonArray("data").getJsonObject(0);
  }

  private static Post read(JsonObject post, JsonObject includes) {
    return Posts.read(post, includes).orElseThrow();
  }

  /** The first line of a recorded file, or all of it. */
  private static JsonObject recorded(String file) {
    try (InputStream in = PostsTest.class.getResourceAsStream("/network/x/" + file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new JsonObject(
          file.endsWith(".ndjson") ? text.lines().findFirst().orElseThrow() : text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
