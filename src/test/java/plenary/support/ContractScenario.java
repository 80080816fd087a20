package plenary.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import plenary.support.ContractDriver.Call;
import plenary.web.RawHttp;

/**
 * A short session from the first organiser to the last undo, which calls every operation of the
 * contract once as it is meant. What it made is then the ground for requests that are not.
 */
public final class ContractScenario {
  private static final String CSV =
      "id,title,start,end,room,speakers\n"
          + "a1,Opening,2026-08-28T09:00:00+02:00,2026-08-28T09:30:00+02:00,Berlin,Maria Okafor\n"
          + "a2,Hot line,2026-08-28T10:00:00+02:00,2026-08-28T11:00:00+02:00,Berlin,\n";

  /** The beginning of a picture of 16 by 16; all of it is ASCII. */
  private static final String WEBP = "RIFF\26\0\0\0WEBPVP8X\12\0\0\0\0\0\0\0\17\0\0\17\0\0";

  private final ContractDriver driver;
  private String organiser = "";
  private String moderator = "";
  private String asker = "";
  private String voter = "";
  private String meeting = "";
  private String session = "";
  private String code = "";
  private String question = "";
  private String other = "";
  private String entry = "";
  private String importId = "";
  private String invitation = "";
  private String message = "";
  private String prompt = "";
  private String account = "";

  public ContractScenario(ContractDriver driver) {
    this.driver = driver;
  }

  /** Runs it. */
  public void run(String setupToken) throws IOException {
    signIn(setupToken);
    prepare();
    importAgenda();
    look();
    inviteStaff();
    follow();
    join();
    watch();
    ask();
    moderate();
    stage();
    hashtags();
    chat();
    finish();
    takeAway();
  }

  /** What a path can be filled with, by the parameter's name. */
  public Map<String, String> ids() {
    return Map.of(
        "meeting", meeting,
        "session", session,
        "question", question,
        "code", code,
        "entry", entry,
        "message", message,
        "prompt", prompt,
        "import", importId,
        "invitation", invitation,
        "account", account);
  }

  /** Another question of the session. */
  public String otherQuestion() {
    return other;
  }

  /** Tokens of every role, and none. */
  public List<String> tokens() {
    return List.of(organiser, moderator, asker, voter, "");
  }

  /** The token with which an operation may be called. */
  public String tokenFor(String operationId) {
    return switch (operationId) {
      case "askQuestion", "findSimilar", "withdrawQuestion", "listMine", "offerTransfer" -> asker;
      case "vote", "unvote" -> voter;
      case "moveQuestion",
          "moveQuestions",
          "exportSession",
          "getSessionHashtags",
          "checkSessionHashtags",
          "patchQuestion",
          "mergeQuestion",
          "getLog",
          "undo",
          "setStage",
          "nextOnStage",
          "setClock",
          "sendMessage",
          "receiveMessage",
          "withdrawMessage",
          "claimQuestion",
          "releaseQuestion",
          "getChat",
          "getChatFigures",
          "patchChat",
          "addPrompt",
          "measurePrompt",
          "patchPrompt",
          "deletePrompt",
          "movePrompt",
          "listQuestions",
          "getNetworks",
          "getState",
          "watchSession" ->
          moderator;
      case "setup",
          "join",
          "takeTransfer",
          "acceptInvitation",
          "lookUpJoinCode",
          "getContract",
          "getDocs" ->
          "";
      default -> organiser;
    };
  }

  private void signIn(String setupToken) throws IOException {
    organiser =
        call(new Call("setup").body(json("token", setupToken).put("name", "Olga Organiser")))
            .getString("token");
    assertThat(call(new Call("getMe").as(organiser)).getBoolean("signedIn")).isTrue();
  }

  private void prepare() throws IOException {
    JsonObject draft =
        json("name", "Contract 2026")
            .put("timeZone", "Europe/Berlin")
            .put("startsOn", "2026-08-28")
            .put("endsOn", "2026-08-31")
            .put("hashtags", new JsonArray().add("Contract26"))
            .put("rules", json("anonymity", "choice").put("moderation", true));
    meeting = call(new Call("createMeeting").as(organiser).key().body(draft)).getString("id");
    call(new Call("listMeetings").as(organiser).query("limit=1"));
    call(in("getMeeting").as(organiser));
    call(in("patchMeeting").as(organiser).body(json("name", "Contract 2027")));
    call(
        in("patchMeeting")
            .as(organiser)
            .header("Content-Type: application/merge-patch+json")
            .body(new JsonObject().putNull("endsOn")));
    JsonObject slot =
        json("title", "Hall Q&A")
            .put("abstract", "What was asked.")
            .put("speakers", new JsonArray().add("Maria Okafor"))
            .put("room", "Berlin")
            .put("state", "live");
    JsonObject made = call(in("createSession").as(organiser).key().body(slot));
    session = made.getString("id");
    code = made.getString("joinCode");
    call(in("listSessions").query("limit=10"));
    call(in("getSession"));
    call(in("patchSession").as(organiser).body(json("state", "live").putNull("track")));
  }

  private void importAgenda() throws IOException {
    Call file = in("importAgenda").as(organiser).header("Content-Type: text/csv").body(CSV);
    call(file.query("preview=true"));
    importId = call(file.query("preview=false").key()).getString("import");
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    String state = "running";
    while (state.equals("running") && System.nanoTime() < deadline) {
      state = call(new Call("getImport").path("import", importId).as(organiser)).getString("state");
    }
    assertThat(state).isEqualTo("done");
  }

  private void look() throws IOException {
    call(in("patchMeeting").as(organiser).body(json("look", json("accent", "#7a1f4b"))));
    call(in("putLogo").as(organiser).header("Content-Type: image/webp").body(WEBP));
    call(in("getLogo"));
    call(in("deleteLogo").as(organiser));
  }

  private void takeAway() throws IOException {
    call(in("getOverview").as(organiser));
    for (String query : List.of("what=questions&format=json", "what=log&format=csv")) {
      call(in("exportMeeting").as(organiser).query(query));
      call(in("exportSession").as(moderator).query(query));
    }
    JsonObject copy =
        json("name", "Contract-2028").put("startsOn", "2028-08-28").put("agenda", true);
    String made =
        call(in("duplicateMeeting").as(organiser).key().body(copy))
            .getJsonObject("meeting")
            .getString("id");
    call(new Call("deleteMeeting").path("meeting", made).as(organiser).query("name=Contract-2028"));
  }

  /** Accounts that read nothing: this calls nobody. */
  private void follow() throws IOException {
    JsonObject draft = json("network", "bluesky").put("reads", false);
    account = call(in("addNetwork").as(organiser).body(draft)).getString("id");
    Call here = in("patchNetwork").path("account", account).as(organiser);
    call(here.body(json("handle", "@chat.example.org")));
    call(in("listNetworks").as(organiser));
    call(new Call("getNetworks").path("session", session).as(moderator));
    JsonObject x = json("network", "x").put("reads", false).put("capDollars", 5);
    String other = call(in("addNetwork").as(organiser).body(x)).getString("id");
    call(in("removeNetwork").path("account", other).as(organiser));
  }

  private void inviteStaff() throws IOException {
    JsonObject draft = json("role", "moderator").put("name", "Mo Derator").put("session", session);
    JsonObject link = call(in("createInvitation").as(organiser).key().body(draft));
    moderator =
        call(new Call("acceptInvitation").body(json("token", link.getString("token"))))
            .getString("token");
    JsonObject screen = json("role", "screen").put("name", "Hall screen");
    invitation = call(in("createInvitation").as(organiser).body(screen)).getString("id");
    call(in("listInvitations").as(organiser));
    call(in("revokeInvitation").path("invitation", invitation).as(organiser));
  }

  private void join() throws IOException {
    call(new Call("lookUpJoinCode").path("code", code));
    asker = call(new Call("join").body(json("code", code).put("name", "Ada"))).getString("token");
    voter = call(new Call("join").body(json("code", code))).getString("token");
    call(new Call("getMe").as(asker));
    String transfer = call(new Call("offerTransfer").as(asker)).getString("code");
    asker = call(new Call("takeTransfer").key().body(json("code", transfer))).getString("token");
  }

  private void watch() throws IOException {
    call(in("getState").as(asker).query("view=attendee"));
    call(in("getState").as(moderator).query("view=moderator"));
    call(in("watchSession").as(asker).query("view=attendee").header("Accept: text/event-stream"));
    call(
        in("watchSession")
            .as(moderator)
            .query("view=moderator&since=0")
            .header("Connection: Upgrade")
            .header("Upgrade: websocket")
            .header("Sec-WebSocket-Version: 13")
            .header("Sec-WebSocket-Protocol: plenary.v1")
            .header("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
  }

  private void ask() throws IOException {
    question = ask(asker, "Does this hold for patients over 80?");
    other = ask(voter, "And for patients over 90?");
    for (String each : List.of(question, other)) {
      call(on("moveQuestion", each).as(moderator).key().body(json("to", "approved")));
    }
    call(in("findSimilar").as(asker).body(json("text", "Does this hold for people over 80?")));
    call(in("listMine").as(asker));
    call(on("vote", question).as(voter));
    call(on("unvote", question).as(voter));
    call(on("vote", question).as(voter));
    call(in("listMine").as(voter));
    call(in("listQuestions").as(voter).query("sort=votes&limit=1"));
    call(in("listQuestions").as(moderator).query("status=approved&q=patients"));
  }

  private void moderate() throws IOException {
    JsonObject note = json("note", "Short answer, please").put("pinned", true);
    call(on("patchQuestion", question).as(moderator).body(note));
    call(on("moveQuestion", question).as(moderator).key().body(json("to", "queued")));
    call(on("mergeQuestion", other).as(moderator).key().body(json("into", question)));
    JsonArray entries = call(in("getLog").as(moderator).query("limit=5")).getJsonArray("entries");
    entry = entries.getJsonObject(0).getString("id");
    call(in("undo").path("entry", entry).as(moderator).key());
    JsonObject bulk =
        json("to", "answered")
            .put("questions", new JsonArray().add(json("id", question)).add(json("id", other)));
    call(in("moveQuestions").as(moderator).key().body(bulk));
  }

  private void stage() throws IOException {
    call(in("setStage").as(moderator).key().body(json("cue", question).put("scene", "top")));
    JsonObject go =
        json("go", true)
            .put("freeze", true)
            .put("chair", true)
            .put("clock", json("action", "start").put("minutes", 5));
    call(in("setStage").as(moderator).key().body(go));
    call(in("getState").as(moderator).query("view=screen"));
    call(in("setClock").as(moderator).key().body(json("action", "extend").put("minutes", -1)));
    call(in("nextOnStage").as(moderator).key().body(json("skip", true).put("from", question)));
    call(in("setStage").as(moderator).key().body(json("freeze", false).putNull("scene")));
    JsonObject text = json("text", "Two more minutes, please.");
    message = call(in("sendMessage").as(moderator).key().body(text)).getString("id");
    call(in("receiveMessage").path("message", message).as(moderator).key());
    call(in("withdrawMessage").path("message", message).as(moderator));
    message = call(in("sendMessage").as(moderator).key().body(text)).getString("id");
    call(on("claimQuestion", question).as(moderator).query("take=true"));
    call(on("releaseQuestion", question).as(moderator));
    call(in("patchSession").as(moderator).body(json("asking", "paused")));
    call(in("patchSession").as(moderator).body(json("asking", "open")));
  }

  private void hashtags() throws IOException {
    JsonObject guard =
        json("secondTags", new JsonArray().add("#Cardio"))
            .put("known", true)
            .put("topics", new JsonArray().add("heart*"));
    call(in("putHashtagGuard").as(organiser).body(guard));
    call(in("getHashtagGuard").as(organiser));
    call(in("getMeetingHashtags").as(organiser).query("from=2026-01-01T00:00:00Z"));
    call(in("getSessionHashtags").as(moderator).query("window=60"));
    JsonObject text = json("text", "Welcome (#Contract26)");
    call(in("checkMeetingHashtags").as(organiser).body(text));
    call(in("checkSessionHashtags").as(moderator).body(text));
  }

  private void chat() throws IOException {
    JsonObject draft = json("text", "Which dose do you use?");
    call(in("measurePrompt").as(moderator).body(draft));
    prompt = call(in("addPrompt").as(moderator).key().body(draft)).getString("id");
    JsonObject guests = json("guests", new JsonArray().add("Maria Okafor")).put("wallPaused", true);
    call(in("patchChat").as(moderator).body(guests));
    JsonObject other = json("texts", json("x", "Which dose?")).put("at", "2036-08-28T10:00:00Z");
    call(at("patchPrompt", prompt).as(moderator).body(other));
    JsonObject later = json("to", "postponed").put("minutes", 5).put("following", true);
    call(at("movePrompt", prompt).as(moderator).key().body(later));
    call(at("movePrompt", prompt).as(moderator).key().body(json("to", "now")));
    prompt = call(in("addPrompt").as(moderator).key().body(draft)).getString("id");
    call(at("deletePrompt", prompt).as(moderator));
    prompt = call(in("addPrompt").as(moderator).key().body(draft)).getString("id");
    call(in("getChat").as(moderator));
    call(in("getChatFigures").as(moderator));
    call(in("patchChat").as(moderator).body(json("published", true)));
    for (String format : List.of("html", "md", "json", "csv")) {
      call(in("getTranscript").query("format=" + format));
    }
    call(in("getState").as(asker).query("view=attendee"));
  }

  private void finish() throws IOException {
    String mine = ask(asker, "Is this recorded?");
    call(on("withdrawQuestion", mine).as(asker));
    question = ask(asker, "Which dose was used?");
    call(on("moveQuestion", question).as(moderator).key().body(json("to", "approved")));
    other = ask(voter, "Which dose was it?");
    JsonObject hall = json("text", "Who asks here?").put("author", json("name", "Row three"));
    call(in("askQuestion").as(moderator).key().body(hall));
    JsonObject slot = json("title", "The talk after").put("room", "Berlin");
    String next = call(in("createSession").as(organiser).key().body(slot)).getString("id");
    JsonObject taken = json("from", session).put("questions", new JsonArray().add(other));
    call(in("carryOver").path("session", next).as(organiser).key().body(taken));
    String leaving = call(new Call("join").body(json("code", code))).getString("token");
    call(new Call("signOut").as(leaving));
    call(new Call("getContract"));
    call(new Call("getDocs").header("Accept: text/html"));
  }

  private String ask(String token, String text) throws IOException {
    return call(in("askQuestion").as(token).key().body(json("text", text))).getString("id");
  }

  private JsonObject call(Call call) throws IOException {
    return driver.call(call);
  }

  private Call in(String id) {
    return new Call(id).path("meeting", meeting).path("session", session);
  }

  private Call on(String id, String questionId) {
    return in(id).path("question", questionId);
  }

  private Call at(String id, String promptId) {
    return in(id).path("prompt", promptId);
  }

  private static JsonObject json(String name, Object value) {
    return new JsonObject().put(name, value);
  }

  /** A request that is no HTTP. */
  public static RawHttp.Reply garbage(int port, byte[] bytes) throws IOException {
    try (RawHttp http = new RawHttp(port)) {
      http.write(bytes);
      http.write("\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      return http.read();
    }
  }
}
