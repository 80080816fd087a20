package plenary.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One session that is live on a node, and the people in it. */
final class Room {
  private static final int JOINING = 32;

  private final Node node;
  private final String organiser;
  private final String meeting;
  private final String session;
  private final String code;

  private Room(Node node, String organiser, JsonObject session) {
    this.node = node;
    this.organiser = organiser;
    this.meeting = session.getJsonObject("meeting").getString("id");
    this.session = session.getString("id");
    this.code = session.getString("joinCode");
  }

  /** Sessions of one meeting. */
  static List<Room> open(Node node, int sessions, boolean moderation) {
    String organiser = node.organiser();
    JsonObject meeting =
        node.call(
            "POST",
            "/api/meetings",
            organiser,
            new JsonObject()
                .put("name", "Benchmark")
                .put("timeZone", "Europe/Berlin")
                .put("startsOn", "2026-11-24")
                .put("endsOn", "2026-11-26")
                .put("rules", new JsonObject().put("moderation", moderation)));
    List<Room> rooms = new ArrayList<>();
    for (int i = 0; i < sessions; i++) {
      JsonObject made =
          node.call(
              "POST",
              "/api/meetings/" + meeting.getString("id") + "/sessions",
              organiser,
              new JsonObject()
                  .put("title", "Session " + i)
                  .put("speakers", new JsonArray().add("Maria Okafor")));
      node.call(
          "PATCH",
          "/api/sessions/" + made.getString("id"),
          organiser,
          new JsonObject().put("state", "live"));
      rooms.add(new Room(node, organiser, made));
    }
    return rooms;
  }

  String organiser() {
    return organiser;
  }

  String code() {
    return code;
  }

  String path(String more) {
    return "/api/sessions/" + session + more;
  }

  String meeting() {
    return meeting;
  }

  String session() {
    return session;
  }

  String livePath(String view) {
    return path("/live?view=" + view);
  }

  /** Lets people in by the join code; gives their tokens. */
  String[] join(Wire wire, int count) {
    String[] tokens = new String[count];
    byte[] request = Requests.post("/api/join", "", new JsonObject().put("code", code).encode());
    CompletableFuture<Void> done = new CompletableFuture<>();
    Connection.Client client =
        new Connection.Client() {
          private int next;
          private int left = count;

          @Override
          public void connected(Connection connection) {
            if (next < count) {
              connection.index = next++;
              connection.send(request);
            } else {
              connection.close();
            }
          }

          @Override
          public void answered(
              Connection connection, int status, byte[] bytes, int from, int length) {
            String body = new String(bytes, from, length, java.nio.charset.StandardCharsets.UTF_8);
            if (status >= 300) {
              done.completeExceptionally(new IllegalStateException("join: " + status + body));
              return;
            }
            tokens[connection.index] = new JsonObject(body).getString("token");
            left--;
            if (left == 0) {
              done.complete(null);
            }
            connected(connection);
          }
        };
    for (int i = 0; i < Math.min(JOINING, count); i++) {
      wire.run(() -> wire.open(node.port(), client));
    }
    wire.await(done, 120);
    return tokens;
  }

  /** Asks a question that is public at once where nobody moderates; gives its id. */
  String ask(String token, String text) {
    return node.call("POST", path("/questions"), token, new JsonObject().put("text", text))
        .getString("id");
  }

  /** What all public questions have, summed over every page. */
  long votes() {
    long votes = 0;
    String after = "";
    while (true) {
      JsonArray page =
          node.call("GET", path("/questions?limit=200" + after), organiser, null)
              .getJsonArray("questions");
      for (int i = 0; i < page.size(); i++) {
        votes += page.getJsonObject(i).getInteger("votes");
      }
      if (page.size() < 200) {
        return votes;
      }
      after = "&after=" + page.getJsonObject(page.size() - 1).getString("id");
    }
  }
}
