package plenary.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import plenary.support.Client;
import plenary.support.Fold;
import plenary.support.Room;
import plenary.support.StreamClient;

/** One stream for every view of a session, and one for every participant. */
final class Watchers implements AutoCloseable {
  private final Room room;
  private final Map<String, StreamClient> views = new LinkedHashMap<>();
  private final Map<Client, StreamClient> people = new LinkedHashMap<>();

  Watchers(Room room, List<Client> participants) {
    this.room = room;
    for (View view : View.values()) {
      views.put(view.id(), StreamClient.open(room.organiser(), room.session(), view.id()));
    }
    for (Client person : participants) {
      people.put(person, StreamClient.open(person, room.session(), "attendee"));
    }
  }

  /** What every view shows now, over HTTP. */
  Map<String, Fold> fetch() {
    Map<String, Fold> states = new LinkedHashMap<>();
    views.keySet().forEach(view -> states.put(view, room.state(room.organiser(), view)));
    return states;
  }

  /** Every stream comes to know exactly what can be fetched; gives that. */
  Map<String, Fold> check(String after) {
    Map<String, Fold> fetched = fetch();
    views.forEach((view, stream) -> same(after, view, stream, fetched.get(view)));
    people.forEach(
        (person, stream) -> {
          same(after, "participant", stream, fetched.get("attendee"));
          String mine = mine(person);
          stream.await(
              "after " + after + " mine should be\n" + mine, fold -> fold.own().equals(mine));
        });
    return fetched;
  }

  private static void same(String after, String view, StreamClient stream, Fold fetched) {
    stream.await(
        "after " + after + " the " + view + " view should be\n" + fetched.shared(),
        fold -> fold.shared().equals(fetched.shared()));
    assertThat(stream.gaps()).as(after).isZero();
  }

  /** Whoever left before comes back to the same, by what changed alone. */
  void resume(String after, int port, Map<String, Fold> before, Map<String, Fold> now) {
    Client organiser = room.organiser().at(port);
    before.forEach(
        (view, fold) -> {
          try (StreamClient back = StreamClient.resume(organiser, room.session(), view, fold)) {
            same("a return before " + after, view, back, now.get(view));
            back.awaitFrame("change");
            assertThat(back.frames())
                .as("%s, %s", after, view)
                .noneMatch(frame -> frame.getString("type").equals("snapshot"));
          }
        });
  }

  private String mine(Client person) {
    TreeMap<String, JsonObject> mine = new TreeMap<>();
    person
        .get(room.path("/mine"))
        .ok()
        .getJsonArray("questions")
        .forEach(
            each -> {
              JsonObject question = (JsonObject) each;
              mine.put("mine/" + question.getString("id"), question);
            });
    StringBuilder text = new StringBuilder();
    mine.forEach((key, body) -> text.append(key).append(' ').append(body).append('\n'));
    return text.toString();
  }

  Map<String, StreamClient> views() {
    return views;
  }

  Map<Client, StreamClient> people() {
    return people;
  }

  /** Every frame that more than moderators or the one it is for may see. */
  List<String> publicFrames() {
    return publicFrames("");
  }

  /** The same without those of one more view. */
  List<String> publicFrames(String without) {
    List<StreamClient> streams = new ArrayList<>(people.values());
    views.forEach(
        (view, stream) -> {
          if (!view.equals("moderator") && !view.equals(without)) {
            streams.add(stream);
          }
        });
    return streams.stream()
        .flatMap(stream -> stream.frames().stream())
        .filter(frame -> !frame.getString("type").equals("private"))
        .map(JsonObject::encode)
        .toList();
  }

  @Override
  public void close() {
    views.values().forEach(StreamClient::close);
    people.values().forEach(StreamClient::close);
  }
}
