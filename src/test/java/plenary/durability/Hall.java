package plenary.durability;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import plenary.support.TestServer;

/** Sessions that are live, and the people in them. */
record Hall(String organiser, List<Room> rooms) {
  /** One session. */
  record Room(String session, List<Person> people) {}

  /** A participant. */
  record Person(String id, String token) {}

  static Hall open(Caller caller, int sessions, int peopleEach) {
    String organiser =
        caller
            .must(
                "POST",
                "/api/setup",
                "",
                JsonObject.of("token", TestServer.SETUP_TOKEN, "name", "Olga"))
            .getString("token");
    String meeting =
        caller
            .must(
                "POST",
                "/api/meetings",
                organiser,
                JsonObject.of("name", "Durability", "timeZone", "UTC"))
            .getString("id");
    List<Room> rooms = new ArrayList<>();
    for (int i = 0; i < sessions; i++) {
      JsonObject session =
          caller.must(
              "POST",
              "/api/meetings/" + meeting + "/sessions",
              organiser,
              JsonObject.of("title", "Session " + i, "speakers", JsonArray.of("Maria")));
      String id = session.getString("id");
      caller.must("PATCH", "/api/sessions/" + id, organiser, JsonObject.of("state", "live"));
      List<Person> people = new ArrayList<>();
      for (int p = 0; p < peopleEach; p++) {
        JsonObject joined =
            caller.must(
                "POST", "/api/join", "", JsonObject.of("code", session.getString("joinCode")));
        people.add(new Person(joined.getString("participant"), joined.getString("token")));
      }
      rooms.add(new Room(id, people));
    }
    return new Hall(organiser, rooms);
  }
}
