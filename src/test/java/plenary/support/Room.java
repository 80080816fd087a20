package plenary.support;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import plenary.support.Client.Reply;

/** A live session with its staff and people, and short names for what they do. */
public final class Room {
  private final Client organiser;
  private final String meeting;
  private final String session;
  private final String code;

  private Room(Client organiser, JsonObject made) {
    this.organiser = organiser;
    this.meeting = made.getJsonObject("meeting").getString("id");
    this.session = made.getString("id");
    this.code = made.getString("joinCode");
  }

  /** The first organiser of a node's database. */
  public static Client organiser(TestServer node) {
    Client nobody = new Client(node.port());
    JsonObject body =
        new JsonObject().put("token", TestServer.SETUP_TOKEN).put("name", "Olga Organiser");
    return nobody.as(nobody.post("/api/setup", body).ok().getString("token"));
  }

  /** A new meeting's id. */
  public static String meeting(Client organiser, JsonObject rules) {
    JsonObject body =
        new JsonObject()
            .put("name", "Cardio 2026")
            .put("timeZone", "Europe/Berlin")
            .put("rules", rules);
    return organiser.post("/api/meetings", body).ok().getString("id");
  }

  /** A live session of a meeting. */
  public static Room in(Client organiser, String meeting) {
    JsonObject body =
        new JsonObject()
            .put("title", "Heart failure")
            .put("speakers", new JsonArray().add("Maria Okafor"))
            .put("state", "live");
    return new Room(organiser, organiser.post("/api/meetings/" + meeting + "/sessions", body).ok());
  }

  /** A live session of a meeting of its own, with moderation. */
  public static Room open(Client organiser) {
    return in(organiser, meeting(organiser, new JsonObject().put("anonymity", "choice")));
  }

  public String meeting() {
    return meeting;
  }

  public String session() {
    return session;
  }

  public String code() {
    return code;
  }

  public Client organiser() {
    return organiser;
  }

  /** The path of something of the session. */
  public String path(String rest) {
    return "/api/sessions/" + session + rest;
  }

  public String path(String question, String rest) {
    return path("/questions/" + question + rest);
  }

  /** Somebody with a role in this session. */
  public Client staff(String role, String name) {
    return staff(role, name, true);
  }

  /** Somebody with a role, in the session alone or in the whole meeting. */
  public Client staff(String role, String name, boolean inSession) {
    return organiser.as(accept(invite(role, name, inSession)));
  }

  /** An invitation: its {@code id} and {@code token}. */
  public JsonObject invite(String role, String name, boolean inSession) {
    JsonObject body = new JsonObject().put("role", role).put("name", name);
    if (inSession) {
      body.put("session", session);
    }
    return organiser.post("/api/meetings/" + meeting + "/invitations", body).ok();
  }

  /** Accepts an invitation and gives the token of the role. */
  public String accept(JsonObject invitation) {
    JsonObject body = new JsonObject().put("token", invitation.getString("token"));
    return organiser.as("").post("/api/invitations/accept", body).ok().getString("token");
  }

  /** A participant; without a name when it is empty. */
  public Client join(String name) {
    JsonObject body = new JsonObject().put("code", code);
    if (!name.isEmpty()) {
      body.put("name", name);
    }
    return organiser.as(organiser.as("").post("/api/join", body).ok().getString("token"));
  }

  /** Asks and gives the question's id. */
  public String ask(Client who, String text, boolean anonymous) {
    JsonObject body = new JsonObject().put("text", text).put("anonymous", anonymous);
    return who.post(path("/questions"), body).ok().getString("id");
  }

  public String ask(Client who, String text) {
    return ask(who, text, false);
  }

  public Reply move(Client who, String question, String to) {
    return who.post(path(question, "/moves"), new JsonObject().put("to", to));
  }

  public Reply vote(Client who, String question) {
    return who.put(path(question, "/vote"));
  }

  public Reply undo(Client who, String entry) {
    return who.post(path("/log/" + entry + "/undo"), new JsonObject());
  }

  /** What a view shows now, over HTTP. */
  public Fold state(Client who, String view) {
    return Fold.of(who.get(path("/state?view=" + view)).ok());
  }
}
