package plenary.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnectOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import plenary.support.Client;
import plenary.support.Client.Reply;
import plenary.support.Nodes;
import plenary.support.Room;
import plenary.support.TestPostgres;
import plenary.support.TestServer;
import plenary.web.Contract;
import plenary.web.Operation;

/** Every operation of the contract and every view, by every kind of caller. */
class RoleMatrixIT {
  private static final RoleTable TABLE = RoleTable.load();

  @Test
  void everyOperationAndViewHasItsRowAndEveryRowItsOperation() {
    Set<String> wanted = new TreeSet<>();
    for (Operation operation : Contract.load().operations()) {
      if (operation.takesView()) {
        Arrays.stream(View.values()).forEach(view -> wanted.add(operation.id() + ":" + view.id()));
      } else {
        wanted.add(operation.id());
      }
    }
    assertThat(new TreeSet<>(TABLE.cells().keySet())).isEqualTo(wanted);
  }

  @Test
  void everyCellIsAsTheTableSaysAndAMissingCheckWouldBeSeen() {
    RoleCallers callers = new RoleCallers(Nodes.organiser(), Nodes.database());
    Map<String, Map<String, String>> found = new LinkedHashMap<>();
    for (String row : TABLE.cells().keySet()) {
      for (String kind : TABLE.columns()) {
        found.computeIfAbsent(row, key -> new LinkedHashMap<>()).put(kind, callers.cell(row, kind));
      }
    }
    assertThat(TABLE.deviations(found)).isEmpty();

    // The control: had an operation lost its check, everybody would have got past it.
    List<String> guarded =
        TABLE.cells().keySet().stream()
            .filter(row -> TABLE.cells().get(row).containsValue("403"))
            .collect(Collectors.toCollection(ArrayList::new));
    Collections.shuffle(guarded, new Random(7));
    for (String row : guarded.subList(0, 10)) {
      Map<String, Map<String, String>> open = new LinkedHashMap<>(found);
      Map<String, String> allowed = new LinkedHashMap<>(found.get(row));
      allowed.replaceAll((kind, cell) -> "allow");
      open.put(row, allowed);
      assertThat(TABLE.deviations(open))
          .as("%s without its check", row)
          .isNotEmpty()
          .allMatch(deviation -> deviation.startsWith(row + " as "));
    }
  }

  @Test
  void aServerThatLeavesOutOneCheckIsSeenToDoSo() {
    PgConnectOptions database = TestPostgres.options();
    try (TestServer open = TestServer.start(database, Map.of(), new Faults(false, "getLog"))) {
      RoleCallers callers = new RoleCallers(Room.organiser(open), database);
      Map<String, Map<String, String>> found = new LinkedHashMap<>();
      for (String row : List.of("getLog", "moveQuestions")) {
        for (String kind : TABLE.columns()) {
          found
              .computeIfAbsent(row, key -> new LinkedHashMap<>())
              .put(kind, callers.cell(row, kind));
        }
      }
      assertThat(TABLE.deviations(found))
          .contains("getLog as participant: allow instead of 403")
          .noneMatch(deviation -> deviation.startsWith("moveQuestions as "));
    }
  }

  @Test
  void aForeignIdIsAnsweredLikeAnUnknownOne() {
    Client organiser = Nodes.organiser();
    Room room = Room.open(organiser);
    Room other = Room.open(organiser);
    Client mo = room.staff("moderator", "Mo");
    Client ann = room.join("Ann");
    Client olaf = room.staff("organiser", "Olaf", false);
    String here = room.ask(ann, "Is this here?");
    String foreign = other.ask(other.join(""), "Is this elsewhere?");
    String entry = other.move(organiser, foreign, "approved").ok().getString("entry");
    String invitation = other.invite("speaker", "Ivy", true).getString("id");
    String unknown = UUID.randomUUID().toString();

    same(mo.post(room.path(foreign, "/moves"), to()), mo.post(room.path(unknown, "/moves"), to()));
    same(bulk(mo, room, foreign), bulk(mo, room, unknown));
    same(pin(mo, room, foreign), pin(mo, room, unknown));
    same(merge(mo, room, foreign, here), merge(mo, room, unknown, here));
    same(merge(mo, room, here, foreign), merge(mo, room, here, unknown));
    same(room.undo(mo, entry), room.undo(mo, unknown));
    same(room.vote(ann, foreign), room.vote(ann, unknown));
    same(ann.delete(room.path(foreign, "/vote")), ann.delete(room.path(unknown, "/vote")));
    same(ann.delete(room.path(foreign, "")), ann.delete(room.path(unknown, "")));
    String invitations = "/api/meetings/" + room.meeting() + "/invitations/";
    same(olaf.delete(invitations + invitation), olaf.delete(invitations + unknown));
    // Nor is a question of one's own meeting told apart that nobody but its asker may see yet.
    String hidden = room.ask(room.join(""), "Who knows of this?");
    same(room.vote(ann, hidden), room.vote(ann, unknown));
    same(ann.delete(room.path(hidden, "")), ann.delete(room.path(unknown, "")));
  }

  private static JsonObject to() {
    return RoleCallers.json("to", "approved");
  }

  private static Reply bulk(Client who, Room room, String question) {
    JsonArray one = new JsonArray().add(RoleCallers.json("id", question));
    return who.post(room.path("/moves"), to().put("questions", one));
  }

  private static Reply pin(Client who, Room room, String question) {
    return who.patch(room.path(question, ""), RoleCallers.json("pinned", true));
  }

  private static Reply merge(Client who, Room room, String question, String into) {
    return who.post(room.path(question, "/merge"), RoleCallers.json("into", into));
  }

  private static void same(Reply foreign, Reply unknown) {
    assertThat(unknown.status()).as("%s", unknown.json()).isEqualTo(404);
    assertThat(foreign.status()).isEqualTo(404);
    assertThat(foreign.json()).isEqualTo(unknown.json());
  }
}
