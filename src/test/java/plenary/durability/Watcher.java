package plenary.durability;

import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One client of a stream that follows the client rules of the protocol, resumes with what it has,
 * and notes everything a server must not do: leave a gap, tell twice, go back, show a foreign view,
 * or send everything again where the difference would do.
 */
final class Watcher {
  private static final int COMPLAINTS_MAX = 5;

  private final Vertx vertx;
  private final WebSocketClient client;
  private final Supplier<URI> base;
  private final String session;
  private final String view;
  private final String token;

  private final Map<String, JsonObject> shared = new HashMap<>();
  private final Map<String, JsonObject> mine = new TreeMap<>();
  private final List<String> complaints = new ArrayList<>();
  private String epoch = "";
  private long have;
  private long connectionAt = -1;
  private int resumed;
  private boolean ended;
  private @Nullable WebSocket socket;

  Watcher(
      Vertx vertx,
      WebSocketClient client,
      Supplier<URI> base,
      String session,
      String view,
      String token) {
    this.vertx = vertx;
    this.client = client;
    this.base = base;
    this.session = session;
    this.view = view;
    this.token = token;
  }

  String session() {
    return session;
  }

  String view() {
    return view;
  }

  String token() {
    return token;
  }

  synchronized void open() {
    if (ended) {
      return;
    }
    String position = epoch.isEmpty() ? "" : "&epoch=" + epoch + "&since=" + have;
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost("127.0.0.1")
            .setPort(base.get().getPort())
            .setURI("/api/sessions/" + session + "/live?view=" + view + position)
            .addHeader("Authorization", "Bearer " + token)
            .addSubProtocol("plenary.v1");
    ClientWebSocket fresh = client.webSocket();
    fresh.textMessageHandler(text -> took(new JsonObject(text)));
    fresh.closeHandler(closed -> again());
    fresh
        .connect(options)
        .onSuccess(
            opened -> {
              synchronized (this) {
                socket = opened;
                connectionAt = -1;
              }
            })
        .onFailure(refused -> again());
  }

  private void again() {
    vertx.setTimer(20 + ThreadLocalRandom.current().nextInt(80), due -> open());
  }

  synchronized void end() {
    ended = true;
    if (socket != null) {
      socket.close();
    }
  }

  private void complain(String what, JsonObject frame) {
    if (complaints.size() < COMPLAINTS_MAX) {
      String text = frame.encode();
      complaints.add(
          view
              + " at "
              + have
              + ": "
              + what
              + ": "
              + text.substring(0, Math.min(200, text.length())));
    }
  }

  private synchronized void took(JsonObject frame) {
    switch (frame.getString("type")) {
      case "snapshot" -> snapshot(frame);
      case "change" -> change(frame);
      case "pulse" -> advance(frame);
      case "private" -> privately(frame);
      case "bye" -> {}
      default -> complain("unknown frame", frame);
    }
  }

  private void snapshot(JsonObject frame) {
    if (!epoch.isEmpty()) {
      complain(
          frame.getString("epoch").equals(epoch) ? "snapshot on a resume" : "new epoch", frame);
    }
    shared.clear();
    frame.getJsonArray("put").forEach(put -> keep((JsonObject) put, frame));
    epoch = frame.getString("epoch");
    have = frame.getLong("version");
    connectionAt = have;
  }

  /** Whether the frame brings anything new; what is wrong about its place is noted. */
  private boolean advance(JsonObject frame) {
    long from = frame.getLong("from");
    long to = frame.getLong("version");
    boolean first = connectionAt < 0;
    if (from > have) {
      complain("gap", frame);
    }
    if (to < have || to < connectionAt) {
      complain("backwards", frame);
    }
    if (!first && to == connectionAt && frame.getString("type").equals("change")) {
      complain("duplicate", frame);
    }
    if (first) {
      resumed++;
    }
    connectionAt = to;
    boolean fresh = to > have;
    have = Math.max(have, to);
    return fresh;
  }

  private void change(JsonObject frame) {
    long from = frame.getLong("from");
    long before = have;
    if (!frame.getString("epoch").equals(epoch)) {
      complain("foreign epoch", frame);
    }
    if (!advance(frame)) {
      return;
    }
    for (Object each : frame.getJsonArray("put")) {
      JsonObject put = (JsonObject) each;
      long version = put.getLong("version");
      JsonObject held = shared.get(put.getString("key"));
      if (version <= from || version > have) {
        complain("a put outside of its frame", put);
      }
      if (held != null && held.getLong("version") > version) {
        complain("a put that goes back", put);
      }
      if (held != null
          && held.getLong("version") == version
          && (version > before || !held.equals(put))) {
        complain("a put twice", put);
      }
      keep(put, frame);
    }
    for (Object each : frame.getJsonArray("drop")) {
      shared.remove(((JsonObject) each).getString("key"));
    }
  }

  private void keep(JsonObject put, JsonObject frame) {
    String key = put.getString("key");
    if (key.startsWith("mine/") || (key.startsWith("triage/") && !view.equals("moderator"))) {
      complain("a foreign view", frame);
    }
    shared.put(key, put);
  }

  private void privately(JsonObject frame) {
    if (frame.getBoolean("all", false)) {
      mine.clear();
    }
    for (Object put : frame.getJsonArray("put", new JsonArray())) {
      mine.put(((JsonObject) put).getString("key"), ((JsonObject) put));
    }
    for (Object drop : frame.getJsonArray("drop", new JsonArray())) {
      mine.remove(((JsonObject) drop).getString("key"));
    }
  }

  synchronized long have() {
    return have;
  }

  synchronized int resumed() {
    return resumed;
  }

  synchronized List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Everything it has of its view, by key. */
  synchronized Map<String, JsonObject> folded() {
    return new TreeMap<>(shared);
  }

  /** The fate of its participant's questions, by id. */
  synchronized Map<String, String> fates() {
    Map<String, String> fates = new TreeMap<>();
    mine.forEach(
        (key, put) ->
            fates.put(
                key.substring("mine/".length()), put.getJsonObject("body").getString("status")));
    return fates;
  }
}
