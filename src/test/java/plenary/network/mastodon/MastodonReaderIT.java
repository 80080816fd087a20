package plenary.network.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plenary.network.Post;
import plenary.support.Await;

/** Reading hashtags from a server that does what servers do. */
class MastodonReaderIT {
  private static Vertx vertx;
  private Rigs rigs;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() {
    Await.result(vertx.close());
  }

  @BeforeEach
  void open() {
    rigs = new Rigs(vertx);
  }

  @AfterEach
  void close() {
    rigs.close();
  }

  @Test
  void aPostComesAndIsEditedAndGoes() {
    Rig rig = rigs.rig(Rig.STREAM_ALONE, "acc26").start();
    rig.awaitStream(1);

    Toot toot = rig.server.post("Is it <safe>?\n\nReally & truly?", "acc26");
    Await.until(() -> rig.inbox.shown().equals(rig.server.truth("acc26")));
    rig.server.edit(toot, "Is it safe at last?", "acc26", "cardio");
    Await.until(() -> rig.inbox.shown().containsValue("Is it safe at last? #acc26 #cardio"));
    assertThat(Objects.requireNonNull(rig.inbox.post(toot.uri)).edited()).isTrue();
    rig.server.delete(toot);
    Await.until(() -> rig.inbox.shown().isEmpty());
    assertThat(rig.inbox.gaps()).isEmpty();
    assertThat(rig.inbox.lag()).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void theFirstReadTakesTheLastHourAndNoMore() {
    MastodonServer server = rigs.server();
    server.post("bob@far.example", Duration.ofHours(3), "long ago", "acc26");
    for (int i = 0; i < 90; i++) {
      server.post("bob@far.example", Duration.ofSeconds(i * 30), "post " + i, "acc26");
    }
    Rig rig = rigs.rig(server, Rig.STREAM_ALONE, "acc26").start();

    Await.until(() -> rig.inbox.shown().size() == 90);
    rig.awaitLive();
    assertThat(rig.inbox.shown()).hasSize(90).doesNotContainValue("long ago #acc26");
  }

  @Test
  void whatWasWrittenWhileNobodyReadIsCaughtUpWith() {
    MastodonServer server = rigs.server();
    server.post("first", "acc26");
    Rig rig = rigs.rig(server, Rig.STREAM_ALONE, "acc26").start();
    rig.awaitLive();
    Await.result(rig.running().stop());
    for (int i = 0; i < 130; i++) {
      server.post("missed " + i, "acc26");
    }

    rig.start();

    Await.until(() -> rig.inbox.shown().equals(server.truth("acc26")));
    Toot newest = server.with("missed 129").getFirst();
    assertThat(rig.mark()).isEqualTo(Long.toString(newest.number));
    assertThat(rig.inbox.gaps()).isEmpty();
  }

  @Test
  void aHashtagNobodyUsedYetLosesNothing() {
    Rig rig = rigs.rig(Rig.HURRIED, "acc26").start();
    rig.awaitLive();
    rig.server.refusesSockets = 503;
    rig.server.refusesEvents = true;
    rig.server.channels.cut();

    rig.server.post("the first of all", "acc26");

    Await.until(() -> rig.inbox.shown().equals(rig.server.truth("acc26")));
    assertThat(rig.inbox.shown()).hasSize(1);
  }

  @Test
  void aDeletionThatComesAheadIsRemembered() {
    Rig rig = rigs.rig(Rig.STREAM_ALONE, "acc26").start();
    rig.awaitStream(1);
    rig.server.channels.fault(Channels.Fault.LATE, true);
    for (int i = 0; i < 20; i++) {
      rig.server.delete(rig.server.post("gone " + i, "acc26"));
    }
    rig.server.channels.heal();
    rig.server.post("stays", "acc26");
    Await.until(() -> rig.inbox.shown().containsValue("stays #acc26"));
    LockSupport.parkNanos(Duration.ofMillis(80).toNanos());

    assertThat(rig.inbox.shown()).isEqualTo(rig.server.truth("acc26")).hasSize(1);
  }

  @Test
  void anEditThatTakesTheHashtagAwayIsFoundBySweeping() {
    Rig rig = rigs.rig(Rig.HURRIED, "acc26").start();
    rig.awaitStream(1);
    Toot toot = rig.server.post("mine", "acc26");
    Await.until(() -> rig.inbox.shown().size() == 1);

    rig.server.edit(toot, "not for you", "other");

    Await.until(() -> rig.inbox.shown().isEmpty());
  }

  @Test
  void oldServersAreSweptOneByOne() {
    Rig rig = rigs.rig(Rig.HURRIED, "acc26");
    rig.server.old = true;
    rig.start();
    rig.awaitStream(1);
    Toot gone = rig.server.post("goes", "acc26");
    Toot stays = rig.server.post("stays", "acc26");
    Await.until(() -> rig.inbox.shown().size() == 2);
    rig.server.channels.fault(Channels.Fault.DROP, true);

    rig.server.delete(gone);
    rig.server.edit(stays, "stays, better", "acc26");

    Await.until(() -> rig.inbox.shown().equals(rig.server.truth("acc26")));
  }

  @Test
  void aReplyIsKnownByItsThread() {
    Rig rig = rigs.rig(Rig.STREAM_ALONE, "acc26");
    Toot root = rig.server.post("chat", Duration.ofHours(2), "Q1");
    Toot first = rig.server.reply(root, "A1");
    rig.start();
    rig.awaitStream(1);

    Toot second = rig.server.reply(first, "A1, too", "acc26");

    Await.until(() -> rig.inbox.shown().size() == 1);
    Post post = Objects.requireNonNull(rig.inbox.post(second.uri));
    assertThat(post.replyTo()).isEqualTo(first.uri);
    assertThat(post.thread()).isEqualTo(root.uri);
  }

  @Test
  void whatAnswersAPromptNeedsNoHashtag() {
    Rig rig = rigs.rig(Rig.HURRIED, "acc26").start();
    rig.awaitStream(1);
    Toot question = rig.server.post("Q1");
    Toot next = rig.server.reply(question, "Q2");
    rig.inbox.ask(rig.prompt(question), rig.prompt(next));
    rig.running().promptsChanged();

    Toot answer = rig.server.reply(next, "An answer without a hashtag");
    rig.server.post("Nothing to do with it");

    Await.until(() -> rig.inbox.shown().containsKey(answer.uri));
    Post post = Objects.requireNonNull(rig.inbox.post(answer.uri));
    assertThat(post.replyTo()).isEqualTo(next.uri);
    assertThat(post.thread()).isEqualTo(question.uri);
    assertThat(rig.inbox.shown()).as("Q2 answers Q1").hasSize(2);
    assertThat(rig.server.requests())
        .as("one call for the whole thread")
        .noneMatch(path -> path.contains(next.number + "/context"));

    rig.server.edit(answer, "A better answer");
    Await.until(() -> "A better answer".equals(rig.inbox.shown().get(answer.uri)));
    rig.server.delete(answer);
    Await.until(() -> !rig.inbox.shown().containsKey(answer.uri));
  }

  /** A status names its hashtags without marks; the organiser wrote them with. */
  @Test
  void hashtagsOfEveryScriptAreFoundAsTheServerFoldsThem() {
    List<String> tags = List.of("Kardiología", "Straße", "İstanbul", "心臓病", "قلب", "ŁódźCardio");
    Rig rig = rigs.rig(Rig.HURRIED, tags.toArray(String[]::new)).start();
    rig.awaitStream(tags.size());

    tags.forEach(tag -> rig.server.post("streamed", tag));
    Await.until(() -> rig.inbox.shown().size() == tags.size());
    rig.server.channels.fault(Channels.Fault.DROP, true);
    tags.forEach(tag -> rig.server.post("walked", tag));

    Await.until(() -> rig.inbox.shown().size() == 2 * tags.size());
  }

  @Test
  void whatIsShownIsWatchedWhenNothingIsFollowedAnyMore() {
    Rig rig = rigs.rig(Rig.HURRIED, "acc26").start();
    rig.awaitStream(1);
    Toot goes = rig.server.post("goes", "acc26");
    Toot changes = rig.server.post("changes", "acc26");
    Await.until(() -> rig.inbox.knows(goes.uri) && rig.inbox.knows(changes.uri));
    rig.inbox.follow();
    rig.running().tagsChanged();

    rig.server.delete(goes);
    rig.server.edit(changes, "changed", "acc26");
    rig.server.post("new", "acc26");

    Await.until(() -> !rig.inbox.knows(goes.uri));
    Await.until(
        () -> "changed #acc26".equals(Objects.requireNonNull(rig.inbox.post(changes.uri)).text()));
    assertThat(rig.inbox.stored()).isEqualTo(1);
  }

  @Test
  void otherHashtagsAreFollowedFromNowOn() {
    Rig rig = rigs.rig(Rig.STREAM_ALONE, "acc26").start();
    rig.awaitStream(1);
    rig.inbox.follow("cardio", "acc26");
    rig.running().tagsChanged();
    rig.awaitStream(2);

    rig.server.post("new", "cardio");

    Await.until(() -> rig.inbox.shown().size() == 1);
  }
}
