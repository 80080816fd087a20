package plenary.live;

import static plenary.support.Await.result;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.util.LinkedHashMap;
import java.util.Map;
import plenary.support.Client;
import plenary.support.Client.Reply;
import plenary.support.Room;
import plenary.support.StreamClient;

/** One caller of every kind, and one proper request for every operation. */
final class RoleCallers {
  private static final String CSV =
      "id,title,start,end\nr1,Opening,2026-08-28T09:00:00+02:00,2026-08-28T09:30:00+02:00\n";

  /** The beginning of a picture of 16 by 16. */
  private static final String WEBP = "RIFF\26\0\0\0WEBPVP8X\12\0\0\0\0\0\0\0\17\0\0\17\0\0";

  private final Map<String, Client> callers = new LinkedHashMap<>();
  private final Room room;
  private final String own;
  private final String question;
  private final String into;
  private final String entry;
  private final String invitation;
  private final String account;
  private final String imported;
  private final String elsewhereSession;
  private final String elsewhereQuestion;
  private final String message;
  private final String prompt;
  private final String out;

  RoleCallers(Client server, PgConnectOptions database) {
    String meeting = Room.meeting(server, new JsonObject());
    room = Room.in(server, meeting);
    Room elsewhere = Room.in(server, meeting);
    Room other = Room.open(server);
    JsonObject revoked = room.invite("moderator", "Rita Revoked", true);
    callers.put("nobody", server.as(""));
    callers.put("participant", room.join("Ann"));
    callers.put("participantOfOther", other.join("Otto"));
    callers.put("speaker", room.staff("speaker", "Spencer"));
    callers.put("speakerElsewhere", elsewhere.staff("speaker", "Stella"));
    callers.put("moderator", room.staff("moderator", "Mo"));
    callers.put("moderatorElsewhere", elsewhere.staff("moderator", "Else"));
    callers.put("moderatorOfOther", other.staff("moderator", "Oda", false));
    callers.put("organiser", room.staff("organiser", "Olaf", false));
    callers.put("organiserOfOther", other.staff("organiser", "Otis", false));
    callers.put("screen", room.staff("screen", "Hall"));
    callers.put("revoked", server.as(room.accept(revoked)));
    callers.put(
        "expired", expired(server.as(room.accept(room.invite("moderator", "Ed", true))), database));
    callers.put("server", server);
    server.delete("/api/meetings/" + meeting + "/invitations/" + revoked.getString("id")).ok();
    Client.result(
            server.send(
                "PUT", "/api/meetings/" + meeting + "/logo", WEBP, "Content-Type", "image/webp"))
        .ok();

    Client asker = room.join("");
    own = room.ask(callers.get("participant"), "Is this mine to take back?");
    question = room.ask(asker, "May everybody vote for this?");
    into = room.ask(asker, "What may others be merged into?");
    entry = room.move(server, question, "approved").ok().getString("entry");
    room.move(server, into, "approved").ok();
    invitation = room.invite("speaker", "Ivy", true).getString("id");
    account =
        server
            .post(
                "/api/meetings/" + room.meeting() + "/networks",
                json("network", "bluesky").put("reads", false))
            .ok()
            .getString("id");
    elsewhereSession = elsewhere.session();
    elsewhereQuestion = elsewhere.ask(asker, "What about the next talk?");
    message = server.post(room.path("/messages"), json("text", "Two minutes")).ok().getString("id");
    prompt = server.post(room.path("/prompts"), json("text", "What?")).ok().getString("id");
    out = server.post(room.path("/prompts"), json("text", "Who?")).ok().getString("id");
    server.post(room.path("/prompts/" + out + "/moves"), json("to", "now")).ok();
    imported =
        Client.result(
                server.send(
                    "POST",
                    "/api/meetings/" + meeting + "/agenda?preview=false",
                    CSV,
                    "Content-Type",
                    "text/csv"))
            .ok()
            .getString("import");
  }

  private static Client expired(Client holder, PgConnectOptions database) {
    Vertx vertx = Vertx.vertx();
    try {
      result(
          PgConnection.connect(vertx, database)
              .compose(
                  sql ->
                      sql.preparedQuery(
                              """
                              update access_token set expires_at = now() - interval '1 hour'
                              where hash = sha256(convert_to($1, 'UTF8'))
                              """)
                          .execute(io.vertx.sqlclient.Tuple.of(holder.token()))
                          .map(
                              rows -> {
                                if (rows.rowCount() != 1) {
                                  throw new AssertionError("no such token");
                                }
                                return rows;
                              })
                          .eventually(sql::close)));
    } finally {
      result(vertx.close());
    }
    return holder;
  }

  Room room() {
    return room;
  }

  String question() {
    return question;
  }

  Client caller(String kind) {
    return java.util.Objects.requireNonNull(callers.get(kind));
  }

  /** What becomes of a row's request by a caller, as a cell. */
  String cell(String row, String kind) {
    String view = row.substring(row.indexOf(':') + 1);
    // The organiser of the server is everybody's in these tests and must not go.
    boolean stays = row.equals("signOut") && kind.equals("server");
    Client who = stays ? room.join("") : caller(kind);
    if (row.startsWith("watchSession")) {
      int status = StreamClient.handshake(who, room.session(), view);
      return status == 101 ? "allow" : Integer.toString(status);
    }
    return cell(
        row.startsWith("getState") ? who.get(room.path("/state?view=" + view)) : call(row, who));
  }

  private static String cell(Reply reply) {
    boolean refused =
        reply.status() == 401
            || reply.status() == 404
            || (reply.status() == 403 && reply.problem().equals("forbidden"));
    return refused || reply.status() > 499 ? Integer.toString(reply.status()) : "allow";
  }

  private Reply call(String operation, Client who) {
    String meeting = "/api/meetings/" + room.meeting();
    return switch (operation) {
      case "setup" -> who.post("/api/setup", json("token", "not-it").put("name", "Nobody"));
      case "getMe" -> who.get("/api/me");
      case "signOut" -> who.delete("/api/me/sign-in");
      case "acceptInvitation" -> who.post("/api/invitations/accept", json("token", "not-it"));
      case "lookUpJoinCode" -> who.get("/api/join/" + room.code());
      // Without a token, for whoever joins is a participant too from then on.
      case "join" -> who.as("").post("/api/join", json("code", room.code()));
      case "offerTransfer" -> who.post("/api/me/transfer", new JsonObject());
      case "takeTransfer" -> who.post("/api/join/transfer", json("code", "22223333"));
      case "getContract" -> who.get("/openapi.json");
      case "getDocs" -> who.get("/docs");
      case "listMeetings" -> who.get("/api/meetings");
      case "createMeeting" -> who.post("/api/meetings", json("name", "Another"));
      case "getMeeting" -> who.get(meeting);
      case "patchMeeting" -> who.patch(meeting, json("name", "Renamed"));
      case "duplicateMeeting" -> who.post(meeting + "/duplicate", json("name", "Once more"));
      case "getLogo" -> who.get(meeting + "/logo");
      case "putLogo" ->
          Client.result(
              who.send("PUT", meeting + "/logo", "no picture", "Content-Type", "image/png"));
      case "deleteLogo" -> who.delete(meeting + "/logo");
      case "getOverview" -> who.get(meeting + "/overview");
      case "getMeetingHashtags" -> who.get(meeting + "/hashtags");
      case "checkMeetingHashtags" -> who.post(meeting + "/hashtags/check", json("text", "#A"));
      case "getHashtagGuard" -> who.get(meeting + "/hashtags/guard");
      case "putHashtagGuard" ->
          Client.result(
              who.send("PUT", meeting + "/hashtags/guard", json("known", false).encode()));
      case "exportMeeting" -> who.get(meeting + "/export?what=log&format=json");
      // Under another name than its own: whoever may call it is told so, and it stays.
      case "deleteMeeting" -> who.delete(meeting + "?name=x");
      case "importAgenda" ->
          Client.result(
              who.send("POST", meeting + "/agenda?preview=true", CSV, "Content-Type", "text/csv"));
      case "getImport" -> who.get("/api/imports/" + imported);
      case "listSessions" -> who.get(meeting + "/sessions");
      case "createSession" -> who.post(meeting + "/sessions", json("title", "Another"));
      case "listInvitations" -> who.get(meeting + "/invitations");
      case "createInvitation" ->
          who.post(meeting + "/invitations", json("role", "speaker").put("name", "Sam"));
      case "listNetworks" -> who.get(meeting + "/networks");
      case "addNetwork" -> who.post(meeting + "/networks", json("network", "mastodon"));
      case "patchNetwork" -> who.patch(meeting + "/networks/" + account, json("handle", "nobody"));
      // Another id, so that the account is there for everybody.
      case "removeNetwork" -> who.delete(meeting + "/networks/" + invitation);
      case "revokeInvitation" -> who.delete(meeting + "/invitations/" + invitation);
      default -> inSession(operation, who);
    };
  }

  private Reply inSession(String operation, Client who) {
    JsonArray both = new JsonArray().add(json("id", question));
    return switch (operation) {
      case "getSession" -> who.get(room.path(""));
      case "exportSession" -> who.get(room.path("/export?what=questions&format=json"));
      case "getSessionHashtags" -> who.get(room.path("/hashtags"));
      case "checkSessionHashtags" -> who.post(room.path("/hashtags/check"), json("text", "#A"));
      case "patchSession" -> who.patch(room.path(""), json("state", "live"));
      case "listQuestions" -> who.get(room.path("/questions"));
      case "askQuestion" -> who.post(room.path("/questions"), json("text", "May I ask?"));
      case "findSimilar" -> who.post(room.path("/questions/similar"), json("text", "May I ask?"));
      case "carryOver" ->
          who.post(
              room.path("/carry-over"),
              json("from", elsewhereSession)
                  .put("questions", new JsonArray().add(elsewhereQuestion)));
      case "withdrawQuestion" -> who.delete(room.path(own, ""));
      case "listMine" -> who.get(room.path("/mine"));
      case "vote" -> who.put(room.path(question, "/vote"));
      case "unvote" -> who.delete(room.path(question, "/vote"));
      case "moveQuestion" -> who.post(room.path(question, "/moves"), json("to", "approved"));
      case "moveQuestions" ->
          who.post(room.path("/moves"), json("to", "approved").put("questions", both));
      case "patchQuestion" -> who.patch(room.path(question, ""), json("pinned", true));
      case "mergeQuestion" -> who.post(room.path(question, "/merge"), json("into", into));
      case "getNetworks" -> who.get(room.path("/networks"));
      case "getLog" -> who.get(room.path("/log"));
      case "setStage" -> who.post(room.path("/stage"), json("scene", "join"));
      case "nextOnStage" -> who.post(room.path("/stage/next"), new JsonObject());
      case "setClock" -> who.post(room.path("/stage/clock"), json("action", "reset"));
      case "sendMessage" -> who.post(room.path("/messages"), json("text", "Three minutes"));
      case "receiveMessage" ->
          who.post(room.path("/messages/" + message + "/receipt"), new JsonObject());
      case "withdrawMessage" -> who.delete(room.path("/messages/" + message));
      case "claimQuestion" -> who.put(room.path(question, "/claim?take=true"));
      case "releaseQuestion" -> who.delete(room.path(question, "/claim"));
      case "getChat" -> who.get(room.path("/chat"));
      case "getChatFigures" -> who.get(room.path("/chat/figures"));
      case "getTranscript" -> who.get(room.path("/transcript?format=json"));
      case "patchChat" -> who.patch(room.path("/chat"), json("wallPaused", false));
      case "addPrompt" -> who.post(room.path("/prompts"), json("text", "Why?"));
      case "measurePrompt" -> who.post(room.path("/prompts/measure"), json("text", "Why?"));
      case "patchPrompt" -> who.patch(room.path("/prompts/" + prompt), json("text", "How?"));
      // One that went out stays: whoever may take prompts away is told so.
      case "deletePrompt" -> who.delete(room.path("/prompts/" + out));
      case "movePrompt" ->
          who.post(room.path("/prompts/" + prompt + "/moves"), json("to", "skipped"));
      case "undo" -> who.post(room.path("/log/" + entry + "/undo"), new JsonObject());
      default -> throw new IllegalArgumentException("no request for " + operation);
    };
  }

  static JsonObject json(String name, Object value) {
    return new JsonObject().put(name, value);
  }
}
