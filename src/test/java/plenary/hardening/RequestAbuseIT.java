package plenary.hardening;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plenary.live.Faults;
import plenary.support.TestPostgres;
import plenary.support.TestServer;

/** Requests from elsewhere, half requests, hostile JSON, hostile texts, guesses. */
class RequestAbuseIT {
  private static final int IDLE_SECONDS = 10;

  private static TestServer server;
  private static Stage stage;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            TestPostgres.options(),
            Map.of("PLENARY_LIMITS_IDLE_SECONDS", Integer.toString(IDLE_SECONDS)),
            Faults.NONE);
    stage = new Stage(server.port(), server.managementPort());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String live() {
    return Peer.path(stage.session, "attendee");
  }

  private static String questions() {
    return "/api/sessions/" + stage.session + "/questions";
  }

  private static int upgrade(String... headers) throws IOException {
    try (Peer peer = new Peer(stage.port)) {
      return peer.upgrade(live(), headers);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "null",
        "http://127.0.0.1.evil.example",
        "http://127.0.0.1@evil.example",
        "http://127.0.0.1:1"
      })
  void pagesOfOthersNeitherWatchNorAct(String origin) throws IOException {
    String cookie = "Cookie: plenary=" + stage.token;
    String host = "Host: 127.0.0.1:" + stage.port;
    assertThat(upgrade(cookie, host, "Origin: " + origin)).isEqualTo(403);
    assertThat(upgrade("Authorization: Bearer " + stage.token, host, "Origin: " + origin))
        .isEqualTo(403);
    assertThat(
            stage
                .sendText(
                    "POST",
                    questions(),
                    "",
                    "{\"text\":\"Is this from elsewhere?\"}",
                    "Cookie",
                    "plenary=" + stage.token,
                    "Origin",
                    origin)
                .status())
        .isEqualTo(403);
  }

  @Test
  void aCookieAloneNeedsAnOriginAndOurOwnIsEnough() throws IOException {
    String cookie = "Cookie: plenary=" + stage.token;
    String host = "Host: 127.0.0.1:" + stage.port;
    assertThat(upgrade(cookie, host)).isEqualTo(403);
    assertThat(upgrade(cookie, host, "Origin: http://127.0.0.1:" + stage.port)).isEqualTo(101);
    assertThat(upgrade("Authorization: Bearer " + stage.token, host)).isEqualTo(101);
  }

  @Test
  void handshakesThatAreNoneAreRefused() throws IOException {
    String bearer = "Authorization: Bearer " + stage.token;
    assertThat(upgrade(bearer, "Sec-WebSocket-Version: 8")).isEqualTo(426);
    assertThat(upgrade(bearer, "Sec-WebSocket-Key: short")).isEqualTo(400);
    assertThat(upgrade(bearer, "Connection: keep-alive")).isEqualTo(400);
    assertThat(upgrade("Sec-WebSocket-Version: 13")).isIn(401, 403);
    assertThat(stage.send("GET", live(), "", null).status()).isIn(401, 403);
  }

  @Test
  void halfSentHeadersAndBodiesAreClosedInTime() throws IOException {
    List<Peer> peers = new ArrayList<>();
    try {
      for (int i = 0; i < 10; i++) {
        Peer header = new Peer(stage.port);
        header.write("GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ".getBytes(StandardCharsets.UTF_8));
        peers.add(header);
        Peer body = new Peer(stage.port);
        body.write(
            ("POST "
                    + questions()
                    + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Idempotency-Key: slow-"
                    + i
                    + "\r\nAuthorization: Bearer "
                    + stage.token
                    + "\r\nContent-Length: 100\r\n\r\n{")
                .getBytes(StandardCharsets.UTF_8));
        peers.add(body);
      }
      assertThat(stage.ask("Does anybody else still get through?").status()).isEqualTo(201);
      long start = System.nanoTime();
      for (Peer peer : peers) {
        assertThat(peer.isClosedWithin((IDLE_SECONDS + 8) * 1_000)).isTrue();
      }
      System.out.printf(
          "hardening: half-sent requests closed within %d ms%n",
          (System.nanoTime() - start) / 1_000_000);
    } finally {
      for (Peer peer : peers) {
        peer.close();
      }
    }
  }

  @Test
  void hostileJsonIsRefusedAndChangesNothing() {
    int before = stored();
    List<String> attacks =
        List.of(
            "{\"text\":\"One?\",\"text\":\"Two?\"}",
            "{\"text\":\"Is this \\u0000 zero?\"}",
            "{\"text\":\"Is this \\ud800 half?\"}",
            "{\"text\":\"Deep?\",\"x\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}",
            "{\"text\":1e999}",
            "{\"text\":NaN}",
            "{\"text\":\"Trailing?\"} {}",
            "{\"text\":\"Own status?\",\"status\":\"approved\"}",
            "{\"text\":[\"A list?\"]}",
            "[]",
            "{");
    for (String attack : attacks) {
      Stage.Reply reply = stage.sendText("POST", questions(), stage.token, attack);
      assertThat(reply.status()).as(attack).isIn(400, 422);
      assertThat(reply.body().getString("type")).startsWith("urn:plenary:problem:");
    }
    assertThat(stored()).isEqualTo(before);
  }

  @Test
  void oversizedBodiesAreRefused() {
    String huge = JsonObject.of("text", "x".repeat(20_000)).encode();
    assertThat(stage.sendText("POST", questions(), stage.token, huge).status()).isEqualTo(413);
    int before = stored();
    Stage.Reply word = stage.ask("x".repeat(10_000));
    assertThat(word.status()).isEqualTo(422);
    assertThat(stored()).isEqualTo(before);
  }

  @Test
  void invisibleAndReversingCharactersAreNotKept() {
    Stage.Reply asked =
        stage.ask("Is \u202Egnp.exe\u2066 a\u200Bclean\u2060 text\uFEFF with\u0007 bells\u009B?");
    assertThat(asked.status()).isEqualTo(201);
    String text = textOf(asked.body().getString("id"));
    assertThat(text).doesNotContainPattern("[\\p{Cc}\\u202A-\\u202E\\u2060\\u2066-\\u2069\\uFEFF]");
    assertThat(text).doesNotContain("\u200B");
    assertThat(stage.ask("\u200B\u200B\u2060\u200B").status()).isEqualTo(422);
    Stage.Reply zalgo = stage.ask("Is z" + "\u0301".repeat(60) + "algo bounded here?");
    if (zalgo.status() == 201) {
      assertThat(textOf(zalgo.body().getString("id"))).doesNotContain("\u0301".repeat(5));
    } else {
      assertThat(zalgo.status()).isEqualTo(422);
    }
  }

  private static String textOf(String question) {
    return stage
        .send("GET", questions() + "?limit=100", stage.organiser, null)
        .body()
        .getJsonArray("questions")
        .stream()
        .map(JsonObject.class::cast)
        .filter(each -> each.getString("id").equals(question))
        .map(each -> each.getString("text"))
        .findFirst()
        .orElseThrow();
  }

  private static int stored() {
    return stage
        .send("GET", questions() + "?limit=100", stage.organiser, null)
        .body()
        .getJsonArray("questions")
        .size();
  }

  @Test
  void aReusedKeyWithAnotherBodyIsRefused() {
    String first = "{\"text\":\"Is a key good once?\"}";
    String other = "{\"text\":\"Is a key good twice?\"}";
    assertThat(
            stage
                .sendText("POST", questions(), stage.token, first, "Idempotency-Key", "once-1")
                .status())
        .isEqualTo(201);
    int before = stored();
    assertThat(
            stage
                .sendText("POST", questions(), stage.token, other, "Idempotency-Key", "once-1")
                .status())
        .isEqualTo(422);
    assertThat(
            stage
                .sendText("POST", questions(), stage.token, first, "Idempotency-Key", "once-1")
                .status())
        .isEqualTo(201);
    assertThat(stored()).isEqualTo(before);
  }

  @Test
  void codesGuessedInBulkAreStopped() {
    int refused = 0;
    int unknown = 0;
    for (int i = 0; i < 400 && refused == 0; i++) {
      // Letters that codes are made of; others are told from a code without a look.
      String code = "ZZ%04d".formatted(i).replace('0', 'X').replace('1', 'Y');
      Stage.Reply reply = stage.send("GET", "/api/join/" + code, "", null);
      assertThat(reply.status()).isIn(404, 429);
      if (reply.status() == 429) {
        refused++;
        assertThat(reply.http().headers().firstValue("Retry-After")).isPresent();
      } else {
        unknown++;
      }
    }
    System.out.printf("hardening: codes guessed before the first 429: %d%n", unknown);
    assertThat(refused).isPositive();
  }
}
