package plenary.network.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import plenary.network.Post;

/** What becomes of recorded statuses. */
class StatusesTest {
  private final Seen seen = new Seen();
  private final Statuses statuses = new Statuses(URI.create("http://localhost:3000"), seen);

  @Test
  void aStatusOf2026IsAPost() {
    JsonArray page =
        Wire.object("hashtag-2026.json").getJsonObject("response").getJsonArray("body");

    assertThat(post(page.getJsonObject(0)))
        .isEqualTo(
            new Post(
                "http://localhost:3000/ap/users/117020566092212359/statuses/117020593741189701",
                Instant.parse("2026-08-01T13:55:55.867Z").toEpochMilli(),
                new Post.Writer(
                    "http://localhost:3000/ap/users/117020566092212359",
                    "mastodonpy_test_2@localhost",
                    "mastodonpy_test_2"),
                "#hoot (hashtag toot)",
                "ja",
                "http://localhost:3000/@mastodonpy_test_2/117020593741189701",
                "localhost:3000/117020593741189701",
                Instant.parse("2026-08-01T13:55:55.867Z"),
                false,
                null,
                null,
                null,
                java.util.List.of("hoot"),
                java.util.List.of(),
                java.util.List.of()));
  }

  @Test
  void statusesOf2017FromManyServersArePosts() {
    JsonArray page = Wire.array("tag-timeline-2017.json");

    Post first = post(page.getJsonObject(0));
    assertThat(first.id())
        .isEqualTo("tag:mastodon.social,2017-04-21:objectId=3610569:objectType=Status");
    assertThat(first.writer().handle()).isEqualTo("person_f04882fa@mastodon.social");
    assertThat(first.writer().id()).isEqualTo("https://mastodon.social/@person_f04882fa");
    assertThat(first.text())
        .startsWith("@person_a5e @person_84ddf068 Yes, but not only #Mastodon should be");
    assertThat(first.tags()).containsExactly("diaspora", "mastodon");
    assertThat(first.mentions())
        .containsExactly("person_a5e@mstdn.io", "person_84ddf068@social.nasqueron.org");
    assertThat(first.language()).as("without a language it is a post all the same").isNull();
    Post third = post(page.getJsonObject(2));
    assertThat(third.links())
        .containsExactly(
            "https://takulog.info/20170420you-ming-gou/",
            "https://pawoo.net/media/7irphvcmS8sO_K-rlEU");
    assertThat(third.text()).contains("✊ アカウント集\nhttps://takulog.info/20170420you-ming-gou/");
  }

  @Test
  void anEditIsNewerThanWhatItEdits() {
    Post post = post(Wire.object("edited-2026.json"));

    assertThat(post.edited()).isTrue();
    assertThat(post.revision()).isEqualTo(Instant.parse("2026-08-01T13:54:00.695Z").toEpochMilli());
    assertThat(post.postedAt()).isBefore(Instant.parse("2026-08-01T13:54:00.695Z"));
  }

  @Test
  void localAccountsCarryTheNameThatTheServerGoesBy() {
    statuses.domain("social.example");

    assertThat(post(Wire.object("edited-2026.json")).writer().handle())
        .isEqualTo("mastodonpy_test_2@social.example");
  }

  @Test
  void onlyWhatIsForAllIsTaken() {
    JsonObject status = Wire.object("edited-2026.json");

    assertThat(post(status.copy().put("visibility", "unlisted"))).isNotNull();
    assertThat(statuses.post(status.copy().put("visibility", "private"))).isNull();
    assertThat(statuses.post(status.copy().put("visibility", "direct"))).isNull();
    assertThat(statuses.post(status.copy().putNull("visibility"))).isNull();
  }

  @Test
  void aContentWarningStandsInFront() {
    JsonObject status = Wire.object("edited-2026.json").put("spoiler_text", "editors");

    assertThat(post(status).text()).startsWith("editors\n\nthe best editor?");
  }

  @Test
  void aBoostSaysWhatItRepeats() {
    JsonObject status = Wire.object("edited-2026.json");
    JsonObject boost = status.copy().put("uri", "https://x.example/activity").put("content", "");

    Post post = post(boost.put("reblog", status));

    assertThat(post.id()).isEqualTo("https://x.example/activity");
    assertThat(post.repostOf()).isEqualTo(status.getString("uri"));
  }

  @Test
  void aReplyIsNamedByLastingNames() {
    seen.learn(new JsonObject().put("id", "1").put("uri", "https://x.example/1"));
    seen.learn(
        new JsonObject()
            .put("id", "2")
            .put("uri", "https://x.example/2")
            .put("in_reply_to_id", "1"));

    Post post = post(Wire.object("edited-2026.json").put("in_reply_to_id", "2"));

    assertThat(post.replyTo()).isEqualTo("https://x.example/2");
    assertThat(post.thread()).isEqualTo("https://x.example/1");
  }

  @Test
  void whatCannotBeReadIsLeftOut() {
    JsonObject status = Wire.object("edited-2026.json");

    assertThat(statuses.post(new JsonObject())).isNull();
    assertThat(statuses.post(status.copy().put("account", "ann"))).isNull();
    assertThat(statuses.post(status.copy().put("created_at", "yesterday"))).isNull();
    assertThat(statuses.post(status.copy().put("tags", "acc26"))).isNull();
    assertThat(post(status.copy().put("tags", new JsonArray().add("acc26").add(7))).tags())
        .isEmpty();
  }

  @Test
  void aNumberIsOnlyItsOwnServers() {
    assertThat(statuses.number(statuses.local("7"))).isEqualTo("7");
    assertThat(statuses.number("other.example/7")).isNull();
    assertThat(statuses.number(null)).isNull();
  }

  private Post post(JsonObject status) {
    return Objects.requireNonNull(statuses.post(status));
  }
}
