package plenary.support;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import plenary.support.ContractDriver.Call;
import plenary.web.Contract;
import plenary.web.Examples;
import plenary.web.Operation;
import plenary.web.Schemas;

/** Requests that nobody should send, from a seed. */
public final class Mutations {
  /** Operations whose body is a file of any kind. */
  private static final Set<String> FILED = Set.of("importAgenda", "putLogo");

  private static final List<Object> VALUES =
      Arrays.asList(
          null,
          true,
          false,
          0,
          -1,
          1,
          1.5,
          1e308,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          "",
          " ",
          "x",
          "null",
          "0",
          new JsonArray(),
          new JsonObject(),
          new JsonArray().addNull(),
          new JsonObject().put("$ref", "#"),
          "2026-13-45",
          "9999-12-31T23:59:59.999999999Z",
          "-999999999-01-01",
          "Europe/Nowhere",
          "../../etc/passwd",
          "'; drop table question; --",
          "<script>alert(1)</script>",
          "${jndi:ldap://x}",
          "%s%n%x",
          "{{7*7}}");

  private static final List<String> TRICKS =
      List.of(
          "\u200b".repeat(300),
          "\u202eevil\u202c",
          "\u2066\u2067\u2068x",
          "a" + "\u0301".repeat(500),
          "👩‍👩‍👧‍👦".repeat(40),
          "\ufeffx",
          "\u0085\u2028\u2029",
          "𝕳𝖊𝖑𝖑𝖔",
          "Моderator",
          "\ufff9\ufffa\ufffb",
          "\udb40\udc41".repeat(50),
          "ﷺ".repeat(100),
          "ｗｉｄｅ",
          "x".repeat(10_000),
          "\u0001\u001f\u007f",
          "a\u0000b",
          "\u0000",
          "\r\nSet-Cookie: a=b",
          "\t",
          "ß".repeat(80),
          "İ".repeat(80),
          "\u1160\u3164",
          "नि".repeat(60),
          "۱۲۳");

  private static final List<String> NAMES =
      List.of(
          "role",
          "status",
          "id",
          "version",
          "votes",
          "__proto__",
          "constructor",
          "",
          "a.b",
          "$",
          "é",
          "author");

  private static final List<String> RAW =
      List.of(
          "",
          " ",
          "null",
          "[]",
          "{}",
          "7",
          "\"x\"",
          "{",
          "}",
          "{\"text\":",
          "{\"a\":1,\"a\":2}",
          "{\"text\":\"\\u0000\"}",
          "{\"text\":\"\\ud800\"}",
          "{\"text\":1e999}",
          "{\"text\":NaN}",
          "{'text':'x'}",
          "{\"text\":\"x\"} x",
          "// x\n{}",
          "\ufeff{}",
          "[".repeat(40),
          "{\"a\":".repeat(5_000),
          "[" + "[],".repeat(5_000) + "[]]",
          "{\"to\":" + "9".repeat(100) + "}");

  private static final List<String> HEADERS =
      List.of(
          "Content-Type: text/plain",
          "Content-Type: application/json; charset=latin1",
          "Content-Type: ",
          "Content-Type: /",
          "Content-Type: multipart/form-data; boundary=x",
          "Content-Type: application/x-www-form-urlencoded",
          "Content-Encoding: gzip",
          "Accept: image/png",
          "Accept: ;;;",
          "Accept: ",
          "Accept-Encoding: ???",
          "If-Match: *",
          "If-Match: \"-1\"",
          "If-Match: \"99999999999999999999\"",
          "If-Match: W/\"1\"",
          "If-Match: \"1\", \"2\"",
          "If-None-Match: \"",
          "Idempotency-Key: ",
          "Idempotency-Key: ü",
          "Authorization: Bearer",
          "Authorization: Basic eA==",
          "Authorization: Bearer \u00ff",
          "Cookie: plenary",
          "Cookie: ;;;=;",
          "Cookie: plenary=%00; plenary=x",
          "Origin: null",
          "Origin: https://evil.example",
          "Origin: http://localhost",
          "Sec-Fetch-Site: cross-site",
          "Range: bytes=0-1",
          "Expect: 200-ok",
          "X-Forwarded-For: 1.2.3.4, garbage",
          "X-HTTP-Method-Override: DELETE",
          "Upgrade: websocket",
          "Upgrade: h2c",
          "Connection: Upgrade, HTTP2-Settings",
          "TE: trailers",
          "Last-Event-ID: x:y",
          "Last-Event-ID: 1",
          "Host: evil.example");

  private static final List<String> QUERIES =
      List.of(
          "limit=0",
          "limit=201",
          "limit=-1",
          "limit=x",
          "limit=1&limit=2",
          "limit=99999999999999999999",
          "after=",
          "after=x",
          "after=" + "A".repeat(200),
          "after=%F0%9F%98%80",
          "after=%00",
          "after=AAAA",
          "after=0199f2a4-7c1e-7a52-9d3f-2b8c4e6f7a10",
          "after=MjAyNi0wMS0wMVQwMDowMDowMFo",
          "q=%25_%27%22%5C",
          "q=%00",
          "q=%zz",
          "q=%C3%28",
          "q=" + "x".repeat(201),
          "q=%F0%9F%98%80",
          "sort=votes&after=1",
          "sort=none",
          "status=incoming",
          "status=none",
          "state=open",
          "view=attendee",
          "view=moderator",
          "view=none",
          "view=",
          "since=-1",
          "since=x",
          "since=9007199254740991",
          "epoch=%F0%9F%98%80",
          "epoch=" + "x".repeat(101),
          "preview=maybe",
          "preview=true",
          "token=x",
          "&&&",
          "=",
          "%",
          "a[]=1",
          "preview=true&preview=false");

  private static final List<String> METHODS =
      List.of("GET", "PUT", "POST", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW", "get");

  private static final List<String> FILES =
      List.of(
          "<schedule><conference><title>x</title></conference></schedule>",
          "<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]><schedule>&y;</schedule>",
          "BEGIN:VCALENDAR\r\n"
              + "BEGIN:VEVENT\r\n"
              + "UID:1\r\n"
              + "SUMMARY:x\r\n"
              + "DTSTART:2026\r\n"
              + "END:VEVENT\r\n"
              + "END:VCALENDAR\r\n",
          "id,title,start\n1,x,yesterday\n1,x,2026-01-01T00:00:00Z\n",
          "id,title\n\"x",
          "title\n" + "x,".repeat(500),
          "{\"schedule\":{\"conference\":{\"days\":[]}}}",
          "id,title\n1,Opening\n2,Closing\n",
          "id,title,start\n7,Talk,2026-08-28T09:00:00Z\n",
          "{\"schedule\":null}",
          "[{\"title\":1}]",
          "yaml: true",
          "\u0000\u0001\u0002",
          "[{\"groupName\":\"x\",\"sessions\":[{\"id\":{}}]}]");

  private static final List<String> FILE_TYPES =
      List.of(
          "Content-Type: text/csv",
          "Content-Type: application/xml",
          "Content-Type: text/calendar",
          "Content-Type: application/json",
          "Content-Type: application/octet-stream");

  private final Random random;
  private final Contract contract;
  private final ContractScenario scenario;
  private final List<Operation> operations;

  public Mutations(Contract contract, ContractScenario scenario, long seed) {
    this.contract = contract;
    this.scenario = scenario;
    this.random = new Random(seed);
    this.operations = new ArrayList<>(contract.operations());
    operations.removeIf(operation -> operation.id().equals("signOut"));
  }

  /** The next request. */
  public Call next() {
    Operation operation = any(operations);
    Call call = valid(operation);
    for (int n = 1 + random.nextInt(2); n > 0; n--) {
      switch (random.nextInt(10)) {
        case 0, 1, 2, 3 -> body(call, operation);
        case 4 -> path(call, operation);
        case 5, 6 -> query(call);
        case 7 -> header(call);
        case 8 -> token(call);
        default -> call.method(any(METHODS));
      }
    }
    return call;
  }

  private Call valid(Operation operation) {
    Call call = new Call(operation.id()).as(scenario.tokenFor(operation.id()));
    scenario.ids().forEach(call::path);
    if (operation.key() == Operation.KeyRule.REQUIRED && random.nextInt(10) > 0) {
      call.key();
    }
    if (operation.takesView()) {
      call.query("view=moderator");
    }
    if (operation.id().equals("watchSession")) {
      call.header(random.nextBoolean() ? "Accept: text/event-stream" : "Upgrade: websocket");
    }
    if (FILED.contains(operation.id())) {
      call.header(any(FILE_TYPES)).body(any(FILES));
    } else {
      schema(operation).ifPresent(schema -> call.body(example(schema)));
    }
    return call;
  }

  private JsonObject example(Schemas schema) {
    return Examples.of(schema.json(), random.nextBoolean()) instanceof JsonObject object
        ? object.copy()
        : new JsonObject();
  }

  private static Optional<Schemas> schema(Operation operation) {
    return operation.bodies().values().stream().flatMap(Optional::stream).findFirst();
  }

  private void body(Call call, Operation operation) {
    Optional<Schemas> schema = schema(operation);
    if (FILED.contains(operation.id()) || schema.isEmpty() || random.nextInt(5) == 0) {
      call.body(random.nextInt(3) == 0 ? damaged(call.body()) : any(RAW));
      return;
    }
    JsonObject json = example(schema.get());
    List<String> names =
        new ArrayList<>(schema.get().json().getJsonObject("properties").fieldNames());
    String name = any(names);
    switch (random.nextInt(7)) {
      case 0 -> json.put(name, any(VALUES));
      case 1 -> json.remove(name);
      case 2 -> json.put(any(NAMES), any(VALUES));
      case 3 -> json.put(name, any(TRICKS));
      case 4 -> json.put(name, "x".repeat(boundary(schema.get().json(), name)));
      case 5 -> json.put(name, new JsonArray().add(any(VALUES)).add(any(TRICKS)));
      default -> json.put(name, id());
    }
    String text = json.encode();
    call.body(random.nextInt(8) == 0 ? damaged(text) : text);
  }

  private int boundary(JsonObject schema, String name) {
    int most = schema.getJsonObject("properties").getJsonObject(name).getInteger("maxLength", 100);
    return Math.max(0, most - 1 + random.nextInt(3));
  }

  private String damaged(String text) {
    if (text.isEmpty()) {
      return "\u0000";
    }
    int at = random.nextInt(text.length());
    return switch (random.nextInt(4)) {
      case 0 -> text.substring(0, at);
      case 1 -> text.substring(0, at) + (char) random.nextInt(0x250) + text.substring(at);
      case 2 -> text.substring(0, at) + text.substring(random.nextInt(text.length()));
      default -> text + text;
    };
  }

  private void path(Call call, Operation operation) {
    if (!operation.pathNames().isEmpty()) {
      call.path(any(operation.pathNames()), id());
    }
  }

  private String id() {
    return switch (random.nextInt(9)) {
      case 0 -> "x";
      case 1 -> "%00";
      case 2 -> "..%2f..";
      case 3 -> new UUID(0, 0).toString();
      case 4 -> UUID.randomUUID().toString();
      case 5 -> UUID.randomUUID().toString().toUpperCase(java.util.Locale.ROOT);
      case 6 -> "z".repeat(300);
      case 7 -> scenario.otherQuestion();
      default -> any(List.copyOf(scenario.ids().values()));
    };
  }

  private void query(Call call) {
    String more = any(QUERIES);
    call.query(call.query().isEmpty() || random.nextBoolean() ? more : call.query() + "&" + more);
  }

  private void header(Call call) {
    String line = any(HEADERS);
    String name = line.substring(0, line.indexOf(':') + 1);
    if (random.nextInt(4) > 0) {
      call.headers().removeIf(each -> each.startsWith(name));
    }
    call.header(line);
  }

  private void token(Call call) {
    call.headers().removeIf(each -> each.startsWith("Authorization"));
    call.as(any(scenario.tokens()));
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
