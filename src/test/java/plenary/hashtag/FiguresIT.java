package plenary.hashtag;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import plenary.hashtag.Posts.Said;
import plenary.support.Client;
import plenary.support.Nodes;
import plenary.support.Room;

/** What is said under hashtags, counted by the server and once more by hand. */
class FiguresIT {
  private static JsonObject figures(Client who, String path, String query) {
    return who.get(path + "/hashtags" + query).ok();
  }

  private static String meetingOf(Room room) {
    return "/api/meetings/" + room.meeting();
  }

  private static List<JsonObject> list(JsonObject figures, String name) {
    return figures.getJsonArray(name).stream().map(JsonObject.class::cast).toList();
  }

  private static Said said(int id, String at, String writer, String text) {
    return new Said("p" + id, at, writer, text);
  }

  @Test
  void thePostsOfTheExcerptAreCountedAsByHand() throws IOException {
    try (InputStream file = getClass().getResourceAsStream("/hashtag/posts-excerpt.csv")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      List<Said> posts = Posts.csv(text);
      assertThat(posts).hasSize(70);
      replay(posts);
    }
  }

  private static void replay(List<Said> posts) {
    Room room = Room.open(Nodes.organiser());
    try (Posts store = new Posts(Nodes.database())) {
      store.store(room.meeting(), posts);
      store.run("analyze post");
      store.run("analyze post_meeting");
    }
    JsonObject figures = figures(room.organiser(), meetingOf(room), "");
    Count.check(figures, posts);
    // Each point of a day of one of its chats.
    Instant day = Instant.parse("2013-02-14T12:00:00Z");
    JsonObject chat =
        figures(
            room.organiser(),
            meetingOf(room),
            "?from=" + day + "&until=" + day.plusSeconds(43_200));
    List<Said> there =
        posts.stream()
            .filter(each -> !each.at().isBefore(day) && each.at().isBefore(day.plusSeconds(43_200)))
            .toList();
    assertThat(chat.getLong("step")).isEqualTo(60);
    Count.check(chat, there);
  }

  @Test
  void aSessionCountsThePostsUnderItsOwnTagsAndTheMeetingAll() {
    Room room = Room.open(Nodes.organiser());
    room.organiser().patch(meetingOf(room), json("hashtags", JsonArray.of("ACC26", "2026"))).ok();
    room.organiser().patch(room.path(""), json("hashtags", JsonArray.of("HFpEF"))).ok();
    try (Posts store = new Posts(Nodes.database())) {
      store.store(
          room.meeting(),
          List.of(
              said(1, "2026-08-28T09:00:10Z", "ann", "One #ACC26 @ben https://www.doi.org/10.1/1"),
              said(2, "2026-08-28T09:00:20Z", "ben", "Two #hfpef #Amyloid http://DOI.org:80/2"),
              said(3, "2026-08-28T09:01:10Z", "ben", "Three #HFpEF #amyloid"),
              said(4, "2026-08-28T09:02:10Z", "cem", "RT @ben: Three #HFpEF #amyloid"),
              said(5, "2026-08-28T09:03:10Z", "cem", "Four #HFPEF #amyloid"),
              said(6, "2026-08-28T09:03:20Z", "dan", "Go! #ACC26")));
      store.run("update post_meeting set stray = true where post = (" + ONE + ")", id(room, 6));
      store.run(
          "insert into post_gap values (gen_random_uuid(), $1, 'mastodon', null, $2, $3, 'down')",
          java.util.UUID.fromString(room.meeting()),
          Instant.parse("2026-08-28T08:59:00Z").atOffset(java.time.ZoneOffset.UTC),
          Instant.parse("2026-08-28T09:01:00Z").atOffset(java.time.ZoneOffset.UTC));
    }
    String time = "?from=2026-08-28T09:00:00Z&until=2026-08-28T10:00:00Z";
    JsonObject meeting = figures(room.organiser(), meetingOf(room), time);
    JsonObject session = figures(room.staff("moderator", "Mo"), room.path(""), time);

    assertThat(meeting.getJsonObject("totals"))
        .isEqualTo(json("posts", 4).put("reposts", 1).put("strays", 1).put("people", 3));
    assertThat(session.getJsonObject("totals"))
        .isEqualTo(json("posts", 3).put("reposts", 1).put("strays", 0).put("people", 2));
    assertThat(list(session, "together"))
        .containsExactly(
            json("key", "amyloid")
                .put("tag", "amyloid")
                .put("posts", 3)
                .put("reposts", 1)
                .put("people", 2));
    assertThat(list(session, "top"))
        .extracting(each -> each.getString("tag"))
        .containsExactly("amyloid", "HFpEF");
    assertThat(list(meeting, "hosts")).containsExactly(json("host", "doi.org").put("posts", 2));
    assertThat(list(meeting, "mentions")).containsExactly(json("handle", "ben").put("posts", 1));
    assertThat(list(meeting, "languages")).containsExactly(json("language", "en").put("posts", 4));
    assertThat(list(meeting, "contributors"))
        .extracting(each -> each.getString("handle") + " " + each.getInteger("posts"))
        .containsExactly("ben 2", "cem 1", "ann 1");
    assertThat(meeting.getJsonObject("first").getString("handle")).isEqualTo("ann");
    assertThat(meeting.getJsonObject("peak").getString("at")).isEqualTo("2026-08-28T09:00:00.000Z");
    assertThat(list(meeting, "gaps").getFirst().getString("why")).isEqualTo("down");
    assertThat(list(meeting, "tags"))
        .extracting(each -> each.getString("tag") + each.getJsonArray("untypable").size())
        .containsExactly("ACC260", "20263", "HFpEF0");
  }

  private static final String ONE = "select id from post where native_id = $1";

  private static String id(Room room, int id) {
    return room.meeting() + "p" + id;
  }

  @Test
  void whatWasDeletedAndWhoWentAwayDoesNotCount() {
    Room room = Room.open(Nodes.organiser());
    try (Posts store = new Posts(Nodes.database())) {
      String gone = "gone of " + room.meeting();
      store.store(
          room.meeting(),
          List.of(
              said(1, "2026-08-28T09:00:10Z", "ann", "One #ACC26"),
              said(2, "2026-08-28T09:00:20Z", "ben", "Two #ACC26"),
              said(3, "2026-08-28T09:00:30Z", gone, "Three #ACC26")));
      store.run("update post set deleted_at = now() where native_id = $1", id(room, 2));
      store.run("insert into post_writer_gone values ('x', $1, now())", gone);
    }
    JsonObject figures = figures(room.organiser(), meetingOf(room), "");
    assertThat(figures.getJsonObject("totals").getInteger("posts")).isEqualTo(1);
    assertThat(list(figures, "top").getFirst().getInteger("people")).isEqualTo(1);
    assertThat(list(figures, "contributors")).hasSize(1);
  }

  @Test
  void tagsRiseByPeopleAndNotByPosts() {
    Room room = Room.open(Nodes.organiser());
    Instant end = Instant.parse("2026-08-28T10:00:00Z");
    List<Said> posts = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Instant at = end.minus(Duration.ofSeconds(290 - i));
      posts.add(new Said("loud" + i, at, "one", "#Loud", false));
      posts.add(new Said("repost" + i, at, "p" + i, "#Echo", true));
    }
    for (int i = 0; i < 6; i++) {
      posts.add(new Said("new" + i, end.minus(Duration.ofSeconds(10 + i)), "p" + i, "#New", false));
    }
    try (Posts store = new Posts(Nodes.database())) {
      store.store(room.meeting(), posts);
    }
    JsonObject figures = figures(room.organiser(), meetingOf(room), "?until=" + end);
    assertThat(list(figures, "rising"))
        .containsExactly(
            json("key", "new")
                .put("tag", "New")
                .put("people", 6)
                .put("expected", 1.0)
                .put("score", 25.0));
    assertThat(list(figures, "top").getFirst().getString("tag")).isEqualTo("Loud");
  }

  @Test
  void anHourOfALongMeetingIsFoundByItsTime() {
    Room room = Room.open(Nodes.organiser());
    List<Said> posts = new ArrayList<>();
    Instant start = Instant.parse("2026-08-28T09:00:00Z");
    for (int i = 0; i < 4_000; i++) {
      posts.add(new Said("n" + i, start.plusSeconds(60L * i), "p" + i % 50, "#ACC26", false));
    }
    try (Posts store = new Posts(Nodes.database())) {
      store.store(room.meeting(), posts);
      store.run("analyze post_meeting");
      String plan =
          Stream.of(
                  store.run(
                      """
                      explain select p.id from post_meeting m join post p on p.id = m.post
                      where m.meeting = '%s' and m.posted_at >= '2026-08-28T10:00:00Z'
                        and m.posted_at < '2026-08-28T11:00:00Z' and p.deleted_at is null
                      """
                          .formatted(room.meeting())))
              .flatMap(rows -> java.util.stream.StreamSupport.stream(rows.spliterator(), false))
              .map(row -> row.getString(0))
              .collect(Collectors.joining("\n"));
      assertThat(plan).contains("post_meeting_time").doesNotContain("Seq Scan on post");
    }
    JsonObject hour =
        figures(room.organiser(), meetingOf(room), "?window=60&until=2026-08-28T11:00:00Z");
    assertThat(hour.getJsonObject("totals").getInteger("posts")).isEqualTo(60);
    assertThat(hour.getJsonObject("totals").getInteger("people")).isEqualTo(50);
  }

  @Test
  void aTimeThatIsNoneIsRefused() {
    Room room = Room.open(Nodes.organiser());
    for (String query :
        List.of("from=soon", "from=2026-08-29T00:00:00Z&until=2026-08-28T00:00:00Z", "window=4")) {
      assertThat(room.organiser().get(meetingOf(room) + "/hashtags?" + query).status())
          .as(query)
          .isEqualTo(422);
    }
  }

  @Test
  void theGuardIsKeptAndLetsEverythingInUntilThen() {
    Room room = Room.open(Nodes.organiser());
    String path = meetingOf(room) + "/hashtags/guard";
    JsonObject open =
        json("secondTags", new JsonArray()).put("known", false).put("topics", new JsonArray());
    assertThat(room.organiser().get(path).ok()).isEqualTo(open);
    JsonObject guard =
        json("secondTags", JsonArray.of("#CardioTwitter", "cardiotwitter"))
            .put("known", true)
            .put("topics", JsonArray.of(" heart* "));
    Client.result(room.organiser().send("PUT", path, guard.encode())).ok();
    assertThat(room.organiser().get(path).ok())
        .isEqualTo(
            json("secondTags", JsonArray.of("CardioTwitter"))
                .put("known", true)
                .put("topics", JsonArray.of("heart*")));
    for (JsonObject wrong :
        List.of(json("secondTags", JsonArray.of("123")), json("topics", JsonArray.of(" * ")))) {
      assertThat(Client.result(room.organiser().send("PUT", path, wrong.encode())).status())
          .isEqualTo(422);
    }
  }

  @Test
  void aTextIsCheckedAgainstTheTagsThatAreFollowed() {
    Room room = Room.open(Nodes.organiser());
    room.organiser().patch(meetingOf(room), json("hashtags", JsonArray.of("ACC26"))).ok();
    JsonObject found =
        room.staff("moderator", "Mo")
            .post(room.path("/hashtags/check"), json("text", "Q1:#ACC26 \ud83d\udc4d"))
            .ok();
    assertThat(list(found, "warnings"))
        .containsExactly(
            json("network", "mastodon").put("tag", "ACC26").put("at", 3).put("reason", "before"),
            json("network", "bluesky").put("tag", "ACC26").put("at", 3).put("reason", "before"));
    assertThat(found.getJsonObject("reads").getJsonArray("x")).containsExactly("ACC26");
    assertThat(
            room.organiser()
                .post(meetingOf(room) + "/hashtags/check", json("text", "#ACC26"))
                .ok()
                .getJsonArray("warnings"))
        .isEmpty();
  }

  private static JsonObject json(String name, Object value) {
    return new JsonObject().put(name, value);
  }
}
