package plenary.durability;

import static plenary.support.Await.result;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import plenary.durability.Hall.Person;
import plenary.durability.Hall.Room;
import plenary.durability.Journal.Asked;
import plenary.durability.Journal.Cast;
import plenary.durability.Journal.Moved;

/** Compares what was acknowledged with what is there: in SQL, over HTTP, and in every stream. */
final class Checker {
  private static final int NAMED_MAX = 3;

  private final Caller caller;
  private final Hall hall;
  private final Journal journal;
  private final List<String> wrong = new ArrayList<>();

  Checker(Caller caller, Hall hall, Journal journal) {
    this.caller = caller;
    this.hall = hall;
    this.journal = journal;
  }

  /** Everything that is wrong; empty when the promise was kept. */
  List<String> wrong() {
    return wrong;
  }

  private void difference(String what, Set<?> expected, Set<?> found) {
    Set<Object> missing = new HashSet<>(expected);
    missing.removeAll(found);
    Set<Object> surplus = new HashSet<>(found);
    surplus.removeAll(expected);
    if (!missing.isEmpty()) {
      wrong.add(missing.size() + " " + what + " missing: " + some(missing));
    }
    if (!surplus.isEmpty()) {
      wrong.add(surplus.size() + " " + what + " too many: " + some(surplus));
    }
  }

  private static List<Object> some(Set<Object> of) {
    return of.stream().limit(NAMED_MAX).toList();
  }

  // ---- SQL -----------------------------------------------------------------------------------

  void database(Vertx vertx, PgConnectOptions options) {
    PgConnection sql = result(PgConnection.connect(vertx, options));
    try {
      questions(sql);
      votes(sql);
      moves(sql);
    } finally {
      result(sql.close());
    }
  }

  private static RowSet<Row> rows(PgConnection sql, String query) {
    return result(sql.query(query).execute(), 30);
  }

  private void questions(PgConnection sql) {
    Set<Asked> found = new HashSet<>();
    Map<String, String> statuses = new HashMap<>();
    for (Row row : rows(sql, "select session_id, id, asker, text, status from question")) {
      String id = row.getUUID(1).toString();
      found.add(
          new Asked(
              row.getUUID(0).toString(), id, String.valueOf(row.getUUID(2)), row.getString(3)));
      statuses.put(id, row.getString(4));
    }
    difference("questions", new HashSet<>(journal.questions.values()), found);
    Set<String> expected = new HashSet<>();
    Set<String> is = new HashSet<>();
    Map<String, String> moved = Load.statuses(journal);
    journal
        .questions
        .keySet()
        .forEach(
            id -> {
              expected.add(id + " " + moved.getOrDefault(id, "incoming"));
              is.add(id + " " + statuses.get(id));
            });
    difference("statuses", expected, is);
  }

  private void votes(PgConnection sql) {
    Set<Cast> found = new HashSet<>();
    for (Row row : rows(sql, "select question_id, participant_id from vote")) {
      found.add(new Cast(row.getUUID(0).toString(), row.getUUID(1).toString()));
    }
    difference("votes", journal.votes, found);
    List<String> miscounted = new ArrayList<>();
    for (Row row :
        rows(
            sql,
            """
            select q.id, q.status, t.votes, v.votes, (e.body ->> 'votes')::int
            from question q join question_tally t on t.question_id = q.id
            cross join lateral (
              select count(*)::int as votes from vote v where v.question_id = q.id) v
            left join live_entity e on e.session_id = q.session_id and e.key = 'tally/' || q.id
            where t.votes <> v.votes or coalesce((e.body ->> 'votes')::int, 0) <> t.votes
            """)) {
      miscounted.add(
          "%s (%s): %d, with %d votes, told as %s"
              .formatted(
                  row.getUUID(0),
                  row.getString(1),
                  row.getInteger(2),
                  row.getInteger(3),
                  row.getInteger(4)));
    }
    if (!miscounted.isEmpty()) {
      wrong.add("miscounted: " + miscounted);
    }
  }

  private void moves(PgConnection sql) {
    Set<Moved> found = new HashSet<>();
    int entries = 0;
    for (Row row : rows(sql, "select session_id, version, changes from moderation_log")) {
      entries++;
      JsonObject change = ((JsonArray) row.getJson(2)).getJsonObject(0);
      found.add(
          new Moved(
              row.getUUID(0).toString(),
              change.getString("id"),
              change.getJsonObject("to").getString("status"),
              row.getLong(1)));
    }
    difference("moves", new HashSet<>(journal.moves()), found);
    if (entries != found.size()) {
      wrong.add(entries - found.size() + " moves logged twice");
    }
  }

  // ---- HTTP ----------------------------------------------------------------------------------

  void http() {
    Set<String> found = new HashSet<>();
    for (Room room : hall.rooms()) {
      String after = "";
      JsonArray page;
      do {
        page =
            caller
                .must(
                    "GET",
                    "/api/sessions/" + room.session() + "/questions?limit=100" + after,
                    hall.organiser(),
                    null)
                .getJsonArray("questions");
        for (Object question : page) {
          found.add(((JsonObject) question).getString("id"));
        }
        after =
            page.isEmpty() ? "" : "&after=" + page.getJsonObject(page.size() - 1).getString("id");
      } while (page.size() == 100);
      mine(room, room.people().getFirst());
    }
    difference("questions over HTTP", journal.questions.keySet(), found);
  }

  private void mine(Room room, Person person) {
    JsonObject mine =
        caller.must("GET", "/api/sessions/" + room.session() + "/mine", person.token(), null);
    Set<String> asked = new TreeSet<>();
    mine.getJsonArray("questions").forEach(each -> asked.add(((JsonObject) each).getString("id")));
    Set<String> expected = new TreeSet<>();
    for (Asked question : journal.questions.values()) {
      if (question.asker().equals(person.id())) {
        expected.add(question.id());
      }
    }
    difference("own questions", expected, asked);
    Set<String> votes = new TreeSet<>();
    mine.getJsonArray("votes").forEach(each -> votes.add((String) each));
    Set<String> cast = new TreeSet<>();
    for (Cast vote : journal.votes) {
      if (vote.participant().equals(person.id())) {
        cast.add(vote.question());
      }
    }
    difference("own votes", cast, votes);
  }

  // ---- Streams -------------------------------------------------------------------------------

  /** What every client has must be what the server would tell a new one. */
  void streams(List<Watcher> watchers) {
    Map<String, JsonObject> states = new HashMap<>();
    for (Watcher watcher : watchers) {
      wrong.addAll(watcher.complaints());
      String path = "/api/sessions/" + watcher.session() + "/state?view=" + watcher.view();
      JsonObject state =
          states.computeIfAbsent(path, key -> caller.must("GET", key, hall.organiser(), null));
      Map<String, JsonObject> told = new TreeMap<>();
      for (Object put : state.getJsonArray("put")) {
        told.put(((JsonObject) put).getString("key"), (JsonObject) put);
      }
      Map<String, JsonObject> folded = watcher.folded();
      if (watcher.have() != state.getLong("version")) {
        wrong.add(
            watcher.view() + " stands at " + watcher.have() + " of " + state.getLong("version"));
      }
      difference(
          "entities of " + watcher.view(),
          new HashSet<>(told.values()),
          new HashSet<>(folded.values()));
      if (watcher.view().equals("attendee")) {
        fates(watcher);
      }
    }
  }

  private void fates(Watcher watcher) {
    Map<String, String> asked = new TreeMap<>();
    JsonObject mine =
        caller.must("GET", "/api/sessions/" + watcher.session() + "/mine", watcher.token(), null);
    for (Object each : mine.getJsonArray("questions")) {
      JsonObject question = (JsonObject) each;
      asked.put(question.getString("id"), question.getString("status"));
    }
    difference("fates", asked.entrySet(), watcher.fates().entrySet());
  }
}
