package plenary.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plenary.database.Backup;
import plenary.database.Database;
import plenary.live.Faults;
import plenary.meeting.MeetingErasure;
import plenary.support.Await;
import plenary.support.Client;
import plenary.support.Nodes;
import plenary.support.Room;
import plenary.support.StreamClient;
import plenary.support.TestPostgres;
import plenary.support.TestServer;

/** What is left of an erased meeting: nothing. */
class ErasureIT {
  private static final int CLOSED = 4000;
  private static final int REVOKED = 4001;

  private static JsonObject json(String name, Object value) {
    return new JsonObject().put(name, value);
  }

  @Test
  void everythingOfAnErasedMeetingIsGoneAndEverybodyIsTold() {
    Client organiser = Nodes.organiser();
    Room room = Room.open(organiser);
    Room other = Room.open(organiser);
    String kept = other.ask(other.join("Otto"), "Do I stay?");
    Client ann = room.join("Ann");
    Client mo = room.staff("moderator", "Mo");
    Client otherNode = mo.at(Nodes.second().port());
    busy(room, ann, mo);
    String meeting = "/api/meetings/" + room.meeting();

    try (StreamClient here = StreamClient.open(ann, room.session(), "attendee");
        StreamClient there = StreamClient.open(otherNode, room.session(), "moderator")) {
      here.awaitFrame("snapshot");
      there.awaitFrame("snapshot");
      assertThat(organiser.delete(meeting + "?name=Cardio").status()).isEqualTo(422);
      assertThat(ann.get(room.path("/mine")).ok().getJsonArray("questions")).isNotEmpty();

      organiser.delete(meeting + "?name=%20Cardio%202026").ok();

      assertThat(here.awaitFrame("bye").getString("reason")).isEqualTo("closed");
      assertThat(here.awaitClose()).isEqualTo(CLOSED);
      // Another node hears of the erasure, or reads first that the role is gone.
      assertThat(there.awaitClose()).isIn(CLOSED, REVOKED);
    }
    for (Client node : List.of(organiser, organiser.at(Nodes.second().port()))) {
      assertThat(node.get(room.path("")).status()).isEqualTo(404);
      assertThat(node.get(room.path("/state?view=screen")).status()).isEqualTo(404);
      assertThat(node.get(meeting).status()).isEqualTo(404);
    }
    assertThat(organiser.as("").get("/api/join/" + room.code()).status()).isEqualTo(404);
    assertThat(mo.get("/api/me").ok().getJsonArray("grants")).isEmpty();
    assertThat(mentions(room)).isEmpty();
    assertThat(other.state(organiser, "moderator").version("question/" + kept)).isPositive();
  }

  /** Something of everything that a meeting can have. */
  private static void busy(Room room, Client ann, Client mo) {
    Client organiser = room.organiser();
    String meeting = "/api/meetings/" + room.meeting();
    String question = room.ask(ann, "Which dose was used?");
    String merged = room.ask(ann, "What was the dose?");
    room.move(mo, question, "approved").ok();
    room.vote(room.join("Ben"), question).ok();
    mo.post(room.path(merged, "/merge"), json("into", question)).ok();
    room.invite("speaker", "Sam", false);
    mo.post(room.path("/messages"), json("text", "Two minutes left")).ok();
    mo.post(room.path("/stage"), json("scene", "top")).ok();
    mo.put(room.path(question, "/claim")).ok();
    mo.post(room.path("/prompts"), json("text", "Which dose do you use?")).ok();
    String file = "id,title\na1,Opening\n";
    String imported =
        Client.result(organiser.send("POST", meeting + "/agenda", file, "Content-Type", "text/csv"))
            .ok()
            .getString("import");
    Await.until(
        () -> "done".equals(organiser.get("/api/imports/" + imported).ok().getString("state")));
    Client.result(organiser.send("PUT", meeting + "/hashtags/guard", json("known", true).encode()))
        .ok();
    String webp = "RIFF\26\0\0\0WEBPVP8X\12\0\0\0\0\0\0\0\17\0\0\17\0\0";
    Client.result(organiser.send("PUT", meeting + "/logo", webp, "Content-Type", "image/webp"))
        .ok();
  }

  /**
   * Every row of any table that names the meeting or its session, but for codes that stay taken.
   */
  private static List<String> mentions(Room room) {
    return mentions(room, Nodes.database());
  }

  private static List<String> mentions(Room room, PgConnectOptions database) {
    Set<String> ids = new HashSet<>(Set.of(room.meeting(), room.session()));
    List<String> found = new ArrayList<>();
    Vertx vertx = Vertx.vertx();
    try {
      PgConnection sql = Await.result(PgConnection.connect(vertx, database));
      String columns =
          """
          select table_name, column_name from information_schema.columns
          where table_schema = current_schema() and data_type = 'uuid' and table_name <> 'join_code'
          """;
      for (Row row : Await.result(sql.query(columns).execute())) {
        String table = row.getString(0);
        String column = row.getString(1);
        for (String id : ids) {
          String query = "select 1 from %s where %s = $1 limit 1".formatted(table, column);
          if (Await.result(sql.preparedQuery(query).execute(Tuple.of(UUID.fromString(id)))).size()
              > 0) {
            found.add(table + "." + column);
          }
        }
      }
      Await.result(sql.close());
    } finally {
      Await.result(vertx.close());
    }
    return found;
  }

  /** A table that is not here is one that nobody thought of erasing from: see {@link Erasures}. */
  @Test
  void everyTableThatBelongsToMeetingsOrSessionsIsKnown() {
    Vertx vertx = Vertx.vertx();
    List<String> tables = new ArrayList<>();
    try {
      PgConnection sql = Await.result(PgConnection.connect(vertx, Nodes.database()));
      String named =
          """
          select distinct table_name from information_schema.columns
          where table_schema = current_schema() and data_type = 'uuid'
            and column_name in ('meeting', 'meeting_id', 'session', 'session_id', 'question_id')
          """;
      Await.result(sql.query(named).execute()).forEach(row -> tables.add(row.getString(0)));
      Await.result(sql.close());
    } finally {
      Await.result(vertx.close());
    }
    assertThat(tables)
        .containsExactlyInAnyOrder(
            "agenda_import",
            "chat",
            "chat_outbox",
            "chat_prompt",
            "command_key",
            "hashtag_guard",
            "invitation",
            "join_code",
            "live_entity",
            "meeting_logo",
            "moderation_log",
            "network_account",
            "post_gap",
            "post_meeting",
            "participant",
            "question",
            "question_claim",
            "question_sketch",
            "question_tally",
            "role_grant",
            "session",
            "session_head",
            "stage",
            "stage_message",
            "vote");
  }

  @Test
  void commandsUnderWayAreErasedTooOrFindNothing() {
    Room room = Room.open(Nodes.organiser());
    Client ann = room.join("Ann");
    List<java.util.concurrent.CompletableFuture<Client.Reply>> asked = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Client at = i % 2 == 0 ? ann : ann.at(Nodes.second().port());
      asked.add(
          at.send(
              "POST",
              room.path("/questions"),
              json("text", "Is number " + i + " gone?").encode(),
              "Idempotency-Key",
              Client.key()));
    }
    room.organiser().delete("/api/meetings/" + room.meeting() + "?name=Cardio%202026").ok();
    asked.forEach(each -> assertThat(Client.result(each).status()).isIn(201, 401, 403, 404));
    assertThat(mentions(room)).isEmpty();
  }

  @Test
  void anErasedMeetingCanBeMadeAgain() {
    Client organiser = Nodes.organiser();
    Room room = Room.open(organiser);
    String meeting = "/api/meetings/" + room.meeting();
    JsonObject copy = json("name", "Cardio 2027").put("agenda", true);
    String made =
        organiser.post(meeting + "/duplicate", copy).ok().getJsonObject("meeting").getString("id");
    organiser.delete(meeting + "?name=Cardio%202026").ok();
    JsonArray all = new JsonArray();
    Await.until(
        () -> {
          all.clear();
          organiser
              .get("/api/meetings/" + made + "/sessions")
              .ok()
              .getJsonArray("sessions")
              .forEach(all::add);
          return all.size() == 1;
        });
    organiser.delete("/api/meetings/" + made + "?name=Cardio%202027").ok();
  }

  @Test
  void aMeetingIsErasedWhenItsRulesKeepItNoLonger() {
    Client organiser = Nodes.organiser();
    JsonObject rules = json("retention", json("publicDays", 2));
    JsonObject draft = json("name", "Long ago").put("endsOn", "2020-01-01").put("rules", rules);
    String old = "/api/meetings/" + organiser.post("/api/meetings", draft).ok().getString("id");
    draft.remove("endsOn");
    String open = "/api/meetings/" + organiser.post("/api/meetings", draft).ok().getString("id");
    Retention retention = Nodes.first().server().retention();
    Await.result(retention.run());
    assertThat(organiser.get(old).status()).as("changed today").isEqualTo(200);

    age(old, 2);
    Await.result(retention.run());
    assertThat(organiser.get(old).status()).as("kept two days").isEqualTo(200);

    age(old, 4);
    age(open, 4);
    Await.result(retention.run());
    assertThat(organiser.get(old).status()).isEqualTo(404);
    assertThat(organiser.get(open).status()).as("without a last day").isEqualTo(200);
  }

  @Test
  void aMeetingThatWasErasedAfterABackupStaysErasedWhenItIsRestored(@TempDir Path directory)
      throws IOException {
    Path list = directory.resolve("erased.txt");
    Path archive = directory.resolve("before.zip");
    Map<String, String> listed = Map.of("PLENARY_ERASURE_LIST", list.toString());
    Room room;
    Room kept;
    try (TestServer server = TestServer.start(TestPostgres.options(), listed, Faults.NONE)) {
      Client organiser = Room.organiser(server);
      room = Room.open(organiser);
      kept = Room.open(organiser);
      kept.ask(kept.join("Otto"), "Do I stay?");
      busy(room, room.join("Ann"), room.staff("moderator", "Mo"));
      with(server.database(), database -> Backup.write(database, archive, 100));
      organiser.delete("/api/meetings/" + room.meeting() + "?name=Cardio%202026").ok();
      assertThat(Files.readString(list)).contains(room.meeting()).doesNotContain(kept.meeting());
    }
    Files.writeString(list, "half a li", StandardOpenOption.APPEND);

    PgConnectOptions restored = TestPostgres.options();
    with(
        restored,
        database ->
            Backup.restore(
                database,
                archive,
                sql ->
                    Erasures.again(sql, Optional.of(list))
                        .onSuccess(count -> assertThat(count).isEqualTo(1))
                        .mapEmpty()));
    assertThat(mentions(room, restored)).isEmpty();
    assertThat(mentions(kept, restored)).contains("question.session_id");

    // Another tool brings it back as well; the server that starts on it erases it.
    PgConnectOptions copied = TestPostgres.options();
    with(copied, to -> Backup.restore(to, archive, sql -> Future.succeededFuture()));
    assertThat(mentions(room, copied)).contains("question.session_id");
    Files.delete(list);
    String later = room.meeting() + " " + Instant.now();
    Files.writeString(
        list, "half a li\n" + later + "\n" + kept.meeting() + " 2020-01-01T00:00:00Z");
    TestServer.start(copied, listed, Faults.NONE).close();
    assertThat(mentions(room, copied)).isEmpty();
    assertThat(mentions(kept, copied)).contains("question.session_id");
  }

  @Test
  void theListNamesWhatWasErasedBeforeItWasKept(@TempDir Path directory) throws IOException {
    Room room = Room.open(Nodes.organiser());
    room.organiser().delete("/api/meetings/" + room.meeting() + "?name=Cardio%202026").ok();
    assertThat(Files.readString(Path.of(TestServer.ERASURE_LIST))).contains(room.meeting());
    Vertx vertx = Vertx.vertx();
    try {
      PgConnection sql = Await.result(PgConnection.connect(vertx, Nodes.database()));
      ErasedList list = new ErasedList(Optional.of(directory.resolve("new.txt")));
      list.complete(Await.result(MeetingErasure.gone(sql)), Instant.now());
      assertThat(list.read()).containsKey(UUID.fromString(room.meeting()));
      long size = Files.size(directory.resolve("new.txt"));
      list.complete(Await.result(MeetingErasure.gone(sql)), Instant.now());
      assertThat(directory.resolve("new.txt")).hasSize(size);
      Await.result(sql.close());
    } finally {
      Await.result(vertx.close());
    }
  }

  private static <T> T with(PgConnectOptions options, Function<Database, Future<T>> work) {
    Vertx vertx = Vertx.vertx();
    try {
      return Await.result(work.apply(TestPostgres.open(vertx, options)), 60);
    } finally {
      Await.result(vertx.close());
    }
  }

  /** As if a meeting had been changed last that many days ago. */
  private static void age(String path, int days) {
    UUID meeting = UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
    Vertx vertx = Vertx.vertx();
    try {
      PgConnection sql = Await.result(PgConnection.connect(vertx, Nodes.database()));
      String update =
          "update meeting set updated_at = now() - make_interval(days => $2::int) where id = $1";
      Await.result(sql.preparedQuery(update).execute(Tuple.of(meeting, days)));
      Await.result(sql.close());
    } finally {
      Await.result(vertx.close());
    }
  }
}
