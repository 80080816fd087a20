package plenary.hashtag;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import plenary.hashtag.Posts.Said;
import plenary.network.bluesky.Sky;
import plenary.support.Client;
import plenary.support.Nodes;
import plenary.support.Room;
import plenary.support.StreamClient;

/**
 * Real posts from a network's wire through inbox, screening and queue to the moderator's socket and
 * into the figures, as fast as they come when a hashtag is at its height. In the long form all
 * 31,000 of them, the first minute at that rate and the others as fast as the stream gives them.
 */
class ReplayIT {
  private static final boolean LONG = Boolean.getBoolean("long");
  private static final Path WHOLE = Path.of("../shared/data/posts/health-news-a.csv");
  private static final int RATE = 250;
  private static final int SECONDS = LONG ? 60 : 5;
  private static final String TAG = "HealthReplay";

  /** Posts that go under the followed hashtag; without the data, the same seventy in turn. */
  private static List<Said> posts() throws IOException {
    List<Said> read;
    if (Files.exists(WHOLE)) {
      read = Posts.csv(Files.readString(WHOLE));
    } else {
      try (InputStream file = ReplayIT.class.getResourceAsStream("/hashtag/posts-excerpt.csv")) {
        byte[] bytes = Objects.requireNonNull(file).readAllBytes();
        read = Posts.csv(new String(bytes, StandardCharsets.UTF_8));
      }
    }
    List<Said> posts = new ArrayList<>();
    int count = LONG ? Math.max(RATE * SECONDS, read.size()) : RATE * SECONDS;
    for (int i = 0; i < count; i++) {
      Said said = read.get(i % read.size());
      String text = said.text() + " #" + TAG;
      posts.add(new Said("p" + i, said.at(), said.writer(), text, false));
    }
    return posts;
  }

  @Test
  void allPostsReachTheModeratorAndTheFigures() throws IOException {
    List<Said> posts = posts();
    Client organiser = Nodes.organiser();
    String meeting = Room.meeting(organiser, new JsonObject().put("anonymity", "choice"));
    String path = "/api/meetings/" + meeting;
    organiser.patch(path, new JsonObject().put("hashtags", JsonArray.of(TAG))).ok();
    Room room = Room.in(organiser, meeting);
    try (Sky sky = new Sky();
        StreamClient moderator = StreamClient.open(organiser, room.session(), "moderator")) {
      organiser.post(path + "/networks", sky.account()).ok();
      until(20, sky::isRead);

      int steady = RATE * SECONDS;
      steadily(sky, posts.subList(0, steady));
      posts.subList(steady, posts.size()).forEach(each -> write(sky, each));
      sky.publish();

      until(LONG ? 300 : 30, () -> held(moderator) + beyond(room) == posts.size());
      String now = "?until=" + Instant.now().plusSeconds(1);
      Count.check(organiser.get(path + "/hashtags" + now).ok(), posts);
      assertThat(moderator.gaps()).isZero();
      Map<String, Integer> queue = texts(room);
      Map<String, Integer> written = counted(posts.stream().map(Said::text).toList());
      assertThat(written.entrySet().stream().filter(each -> !queue.entrySet().contains(each)))
          .isEmpty();
      assertThat(queue).hasSameSizeAs(written);
    }
  }

  /** Ten at a time, so many in each second. */
  private static void steadily(Sky sky, List<Said> posts) {
    long start = System.nanoTime();
    for (int i = 0; i < posts.size(); i++) {
      write(sky, posts.get(i));
      if (i % 10 == 9) {
        sky.publish();
        long next = start + (i + 1) * TimeUnit.SECONDS.toNanos(1) / RATE;
        LockSupport.parkNanos(next - System.nanoTime());
      }
    }
  }

  private static void write(Sky sky, Said said) {
    sky.write(said.writer(), said.at(), said.text(), TagReader.read(said.text()).hashtags());
  }

  private static int held(StreamClient moderator) {
    return moderator.now().all("question").size();
  }

  /** What waits but is not in the moderators' stream, which has an end. */
  private static int beyond(Room room) {
    return room.organiser().get(room.path("/networks")).ok().getInteger("waiting");
  }

  /** The words of everything that waits, and how often they do, over HTTP. */
  private static Map<String, Integer> texts(Room room) {
    List<String> texts = new ArrayList<>();
    String after = "";
    JsonArray page;
    do {
      page =
          room.organiser()
              .get(room.path("/questions?status=incoming&limit=200" + after))
              .ok()
              .getJsonArray("questions");
      page.forEach(each -> texts.add(((JsonObject) each).getString("text")));
      after = page.isEmpty() ? "" : "&after=" + page.getJsonObject(page.size() - 1).getString("id");
    } while (page.size() == 200);
    return counted(texts);
  }

  private static Map<String, Integer> counted(List<String> texts) {
    Map<String, Integer> counted = new HashMap<>();
    // Screening tidies up what nobody reads.
    for (String text : texts) {
      String plain =
          Normalizer.normalize(text, Normalizer.Form.NFC).replaceAll("[^\\p{L}\\p{N}]", "");
      counted.merge(plain, 1, Integer::sum);
    }
    return counted;
  }

  private static void until(int seconds, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("within %d s", seconds).isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
  }
}
