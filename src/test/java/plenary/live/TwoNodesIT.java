package plenary.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import plenary.support.Client;
import plenary.support.Fold;
import plenary.support.Nodes;
import plenary.support.Room;
import plenary.support.StreamClient;
import plenary.support.TestServer;

/** Two nodes on one database are one server. */
class TwoNodesIT {
  @Test
  void whatIsDoneAtOneNodeIsSeenAtTheOther() {
    Room room = Room.open(Nodes.organiser());
    int there = Nodes.second().port();
    Client ann = room.join("Ann");
    Map<String, StreamClient> streams =
        Map.of(
            "attendee", StreamClient.open(ann.at(there), room.session(), "attendee"),
            "speaker", StreamClient.open(room.organiser().at(there), room.session(), "speaker"),
            "moderator", StreamClient.open(room.organiser().at(there), room.session(), "moderator"),
            "screen", StreamClient.open(room.organiser().at(there), room.session(), "screen"));
    String question = room.ask(ann, "Does this arrive at the other node?");
    streams.get("attendee").await("my question", fold -> fold.own().contains(question));
    Client mo = room.staff("moderator", "Mo").at(there);
    streams.get("moderator").await("it comes in", fold -> fold.version("triage/" + question) > 0);
    room.move(mo, question, "stage").ok();
    room.vote(room.join(""), question).ok();
    streams.forEach(
        (view, stream) -> {
          Client organiser = room.organiser();
          String here = room.state(organiser, view).shared();
          stream.await("the same at both nodes", fold -> fold.shared().equals(here));
          assertThat(room.state(organiser.at(there), view).shared()).isEqualTo(here);
          assertThat(stream.gaps()).isZero();
          stream.close();
        });
  }

  @Test
  void viewersOfAllNodesAreCountedTogether() {
    Room room = Room.open(Nodes.organiser());
    List<StreamClient> streams = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Client viewer = room.join("").at(i < 2 ? Nodes.first().port() : Nodes.second().port());
      streams.add(StreamClient.open(viewer, room.session(), "attendee"));
    }
    for (TestServer node : List.of(Nodes.first(), Nodes.second())) {
      try (StreamClient mo =
          StreamClient.open(room.organiser().at(node.port()), room.session(), "moderator")) {
        mo.await(
            "five viewers",
            fold -> mo.frames().stream().anyMatch(frame -> frame.getInteger("live", 0).equals(5)));
      }
    }
    streams.forEach(StreamClient::close);
  }

  @Test
  void whoseNodeDiesGoesOnAtTheOtherAndMissesNothing() {
    Room room = Room.open(Nodes.organiser());
    Client ann = room.join("Ann");
    String first = room.ask(ann, "Was this there before?");
    TestServer doomed =
        TestServer.start(Nodes.database(), Map.of("PLENARY_LIVE_DRAIN_MS", "0"), Faults.NONE);
    List<StreamClient> streams = new ArrayList<>();
    for (View view : View.values()) {
      streams.add(StreamClient.open(room.organiser().at(doomed.port()), room.session(), view.id()));
    }
    StreamClient mine = StreamClient.open(ann.at(doomed.port()), room.session(), "attendee");
    mine.await("my question", fold -> fold.own().contains(first));
    streams.forEach(stream -> stream.awaitFrame("snapshot"));
    doomed.kill();
    streams.forEach(StreamClient::awaitClose);
    mine.awaitClose();

    room.move(room.organiser(), first, "stage").ok();
    String second = room.ask(ann, "Was this asked meanwhile?");
    int there = Nodes.second().port();
    for (int i = 0; i < streams.size(); i++) {
      String view = View.values()[i].id();
      Fold had = streams.get(i).now();
      try (StreamClient back =
          StreamClient.resume(room.organiser().at(there), room.session(), view, had)) {
        String state = room.state(room.organiser(), view).shared();
        back.await("what happened meanwhile", fold -> fold.shared().equals(state));
        assertThat(back.frames().getFirst().getString("type")).isEqualTo("change");
        assertThat(back.gaps()).isZero();
      }
    }
    try (StreamClient back =
        StreamClient.resume(ann.at(there), room.session(), "attendee", mine.now())) {
      back.await("what is mine", fold -> fold.own().contains(first) && fold.own().contains(second));
    }
  }

  @Test
  void aRevocationAtOneNodeEndsStreamsAtTheOtherWithinTwoSeconds() {
    Room room = Room.open(Nodes.organiser());
    JsonObject invitation = room.invite("moderator", "Rita", true);
    Client rita = room.organiser().as(room.accept(invitation)).at(Nodes.second().port());
    StreamClient stream = StreamClient.open(rita, room.session(), "moderator");
    stream.awaitFrame("snapshot");
    long start = System.nanoTime();
    room.organiser()
        .delete("/api/meetings/" + room.meeting() + "/invitations/" + invitation.getString("id"))
        .ok();
    assertThat(stream.awaitFrame("bye").getString("reason")).isEqualTo("revoked");
    assertThat(stream.awaitClose()).isEqualTo(4001);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    room.ask(room.join(""), "Does Rita still hear this?");
    assertThat(stream.frames().getLast().getString("type")).isEqualTo("bye");
    // The other node may know her for a second more; whatever she opens then ends as well.
    int status = 101;
    while (status == 101 && System.nanoTime() - start < Duration.ofSeconds(5).toNanos()) {
      status = StreamClient.handshake(rita, room.session(), "moderator");
    }
    assertThat(status).isIn(401, 403);
  }
}
