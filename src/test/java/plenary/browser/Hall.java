package plenary.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import plenary.support.Client;
import plenary.support.Fold;
import plenary.support.TestServer;

/** A live session on a node, and the ways into its pages. */
final class Hall {
  private static final Map<String, String> PAGES =
      Map.of("moderator", "/moderate/", "speaker", "/speak/", "screen", "/screen/");

  private final Client organiser;
  private final String meeting;
  final String session;
  final String code;
  final int port;

  Hall(int port) {
    this.port = port;
    Client nobody = new Client(port);
    this.organiser =
        nobody.as(
            nobody
                .post(
                    "/api/setup",
                    new JsonObject().put("token", TestServer.SETUP_TOKEN).put("name", "Olga"))
                .ok()
                .getString("token"));
    this.meeting = meeting(organiser);
    JsonObject made = session();
    this.session = made.getString("id");
    this.code = made.getString("joinCode");
  }

  private Hall(Client organiser, int port) {
    this.port = port;
    this.organiser = organiser;
    this.meeting = meeting(organiser);
    JsonObject made = session();
    this.session = made.getString("id");
    this.code = made.getString("joinCode");
  }

  private static String meeting(Client organiser) {
    return organiser
        .post(
            "/api/meetings",
            new JsonObject()
                .put("name", "Cardio 2026")
                .put("timeZone", "Europe/Berlin")
                .put("hashtags", new JsonArray().add("cardio26")))
        .ok()
        .getString("id");
  }

  private Hall(Hall other) {
    this.port = other.port;
    this.organiser = other.organiser;
    this.meeting = other.meeting;
    JsonObject made = session();
    this.session = made.getString("id");
    this.code = made.getString("joinCode");
  }

  /** A session of a meeting of its own. */
  Hall elsewhere() {
    return new Hall(organiser, port);
  }

  private JsonObject session() {
    return organiser
        .post(
            "/api/meetings/" + meeting + "/sessions",
            new JsonObject().put("title", "Heart failure").put("state", "live"))
        .ok();
  }

  /** Another session of the same meeting. */
  Hall another() {
    return new Hall(this);
  }

  /** What staff do, by a program. */
  JsonObject act(String path, JsonObject body) {
    return organiser.post("/api/sessions/" + session + path, body).ok();
  }

  /** What a view shows now. */
  Fold state(String view) {
    return Fold.of(organiser.get("/api/sessions/" + session + "/state?view=" + view).ok());
  }

  /** A question that is where moderators moved it; its id. */
  String question(String text, String to) {
    String id =
        attendee()
            .post("/api/sessions/" + session + "/questions", new JsonObject().put("text", text))
            .ok()
            .getString("id");
    act("/questions/" + id + "/moves", new JsonObject().put("to", to));
    return id;
  }

  /** Somebody else in the hall, whose phone is a program. */
  Client attendee() {
    Client nobody = new Client(port);
    return nobody.as(
        nobody.post("/api/join", new JsonObject().put("code", code)).ok().getString("token"));
  }

  /** Asks as that attendee; gives the question's id. */
  String ask(Client attendee, String text) {
    return attendee
        .post(path("/questions"), new JsonObject().put("text", text))
        .ok()
        .getString("id");
  }

  /** Somebody with a role whose page is a program. */
  Client staff(String role, String name) {
    JsonObject body = new JsonObject().put("token", invitation(role, name));
    return organiser.as(
        organiser.as("").post("/api/invitations/accept", body).ok().getString("token"));
  }

  private String invitation(String role, String name) {
    return invitation(new JsonObject().put("role", role).put("session", session).put("name", name));
  }

  private String invitation(JsonObject body) {
    return organiser
        .post("/api/meetings/" + meeting + "/invitations", body)
        .ok()
        .getString("token");
  }

  /** The path of something of the meeting. */
  String ofMeeting(String rest) {
    return "/api/meetings/" + meeting + rest;
  }

  Client organiser() {
    return organiser;
  }

  /** The path of something of the session. */
  String path(String rest) {
    return "/api/sessions/" + session + rest;
  }

  /** Opens somebody's page, as after their personal link, which {@link #enterEverywhere} takes. */
  void enter(Page page, String role, int through) {
    enter(page, role, "Anna", through);
  }

  /** The same for somebody of another name. */
  void enter(Page page, String role, String name, int through) {
    String origin = "http://127.0.0.1:" + through;
    page.context()
        .addCookies(List.of(new Cookie("plenary", staff(role, name).token()).setUrl(origin)));
    page.navigate(origin + PAGES.get(role) + session);
  }

  /** Opens a moderator's personal link for all sessions of the meeting, and this one of them. */
  void enterEverywhere(Page page, String name) {
    String token = invitation(new JsonObject().put("role", "moderator").put("name", name));
    page.navigate("http://127.0.0.1:" + port + "/invite#" + token);
    page.locator("button.primary").click();
    page.locator("a[href*='" + session + "']").first().waitFor();
    page.navigate("http://127.0.0.1:" + port + "/moderate/" + session);
  }

  /** Every question of the session that the moderators see, by its text. */
  long count(String text) {
    JsonArray all =
        organiser
            .get("/api/sessions/" + session + "/questions?limit=200")
            .ok()
            .getJsonArray("questions");
    return all.stream().filter(each -> text.equals(((JsonObject) each).getString("text"))).count();
  }
}
