package plenary.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import plenary.support.Client;
import plenary.support.Fold;
import plenary.support.Nodes;
import plenary.support.Room;

/** The stream as server-sent events. */
class EventsIT {
  /** A connection that reads events as a browser does. */
  private static final class Events implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader lines;
    private final List<String> head = new ArrayList<>();
    private final Fold fold;
    private String lastId = "";

    Events(Client who, Room room, String lastEventId, Fold fold) throws IOException {
      this.fold = fold;
      socket = new Socket("127.0.0.1", who.port());
      socket.setSoTimeout(10_000);
      lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      String request =
          "GET "
              + room.path("/live?view=attendee")
              + " HTTP/1.1\r\n"
              + "Host: localhost\r\n"
              + "Accept: text/event-stream\r\n"
              + "Authorization: Bearer "
              + who.token()
              + (lastEventId.isEmpty() ? "" : "\r\nLast-Event-ID: " + lastEventId)
              + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      String line = lines.readLine();
      while (!line.isEmpty()) {
        head.add(line);
        line = lines.readLine();
      }
    }

    /** The next frame of that type; whatever comes on the way there is applied as well. */
    JsonObject next(String type) throws IOException {
      String id = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("data: ")) {
          JsonObject frame = new JsonObject(line.substring(6));
          fold.apply(frame);
          if (frame.getString("type").equals(type)) {
            lastId = id;
            return frame;
          }
          id = "";
        }
      }
      throw new AssertionError("the stream ended before a frame of type " + type);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void theSameFramesComeWithIdsAndTheLastIdResumes() throws IOException {
    Room room = Room.open(Nodes.organiser());
    Client ann = room.join("Ann");
    Fold fold = new Fold();
    String last;
    try (Events events = new Events(ann, room, "", fold)) {
      assertThat(events.head.getFirst()).contains("200");
      assertThat(events.head).anyMatch(line -> line.contains("text/event-stream"));
      JsonObject snapshot = events.next("snapshot");
      assertThat(events.lastId)
          .isEqualTo(snapshot.getString("epoch") + ':' + snapshot.getLong("version"));
      String question = room.ask(ann, "Do events work too?");
      JsonObject mine = events.next("private");
      assertThat(mine.encode()).contains(question);
      assertThat(events.lastId).as("a private frame has no position").isEmpty();
      room.move(room.organiser(), question, "approved").ok();
      events.next("change");
      last = events.lastId;
      assertThat(fold.shared()).isEqualTo(room.state(ann, "attendee").shared());
    }
    String next = room.ask(ann, "Was this missed?");
    room.move(room.organiser(), next, "stage").ok();
    try (Events events = new Events(ann, room, last, fold)) {
      JsonObject change = events.next("change");
      assertThat(last).isEqualTo(fold.epoch() + ':' + change.getLong("from"));
      assertThat(fold.gaps()).isZero();
      assertThat(fold.shared()).isEqualTo(room.state(ann, "attendee").shared());
      assertThat(events.next("private").encode()).contains(next);
    }
    try (Events events = new Events(ann, room, "another-epoch:3", new Fold())) {
      assertThat(events.next("snapshot").getString("epoch")).isEqualTo(fold.epoch());
    }
    try (Events events = new Events(ann, room, "not an id", new Fold())) {
      assertThat(events.next("snapshot").getString("epoch")).isEqualTo(fold.epoch());
    }
  }
}
