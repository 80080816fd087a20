package plenary.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plenary.problem.Failure;

/** What the contract demands of parameters, headers and bodies. Each refuses by throwing. */
final class Checks {
  private static final String KEY = "Idempotency-Key";
  private static final int KEY_MAX = 128;
  private static final Set<String> SECRET_NAMES =
      Set.of(
          "token",
          "access_token",
          "bearer",
          "auth",
          "authorization",
          "secret",
          "password",
          "jwt",
          "key",
          "api_key",
          "apikey",
          "session_token",
          "cookie");
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_~+/=-]{40,}");

  private Checks() {}

  /** A secret in an address ends in logs, in histories and on photographs of QR codes. */
  static void noSecretIn(Map<String, List<String>> query, Operation operation) {
    for (Map.Entry<String, List<String>> each : query.entrySet()) {
      String name = each.getKey();
      boolean known = operation.query().containsKey(name);
      boolean secret = SECRET_NAMES.contains(name.toLowerCase(Locale.ROOT));
      if (!known && (secret || each.getValue().stream().anyMatch(Checks::looksSecret))) {
        throw new Failure.Malformed(
            "token-in-query", "A token never belongs in an address; send it as Bearer.");
      }
    }
  }

  private static boolean looksSecret(String value) {
    return SECRET.matcher(value).matches();
  }

  /** Whether what is produced here is wanted. */
  static boolean accepts(@Nullable String accept, Set<String> produces) {
    if (accept == null || accept.isEmpty() || produces.isEmpty() || accept.contains("*/*")) {
      return true;
    }
    String wanted = accept.toLowerCase(Locale.ROOT);
    for (String type : produces) {
      String family = type.substring(0, type.indexOf('/') + 1) + "*";
      if (wanted.contains(type) || wanted.contains(family)) {
        return true;
      }
    }
    return false;
  }

  /** Path, query and headers. */
  static void parameters(Exchange exchange) {
    Operation operation = exchange.operation;
    operation
        .pathSchemas()
        .forEach(
            (name, schema) -> {
              if (!schema.check(exchange.segment(name)).isEmpty()) {
                throw new Failure.NotFound(name);
              }
            });
    List<Failure.Field> wrong = new ArrayList<>();
    if (!exchange.query.isEmpty() || !operation.query().isEmpty()) {
      query(exchange, wrong);
    }
    headers(exchange, wrong);
    if (!wrong.isEmpty()) {
      throw new Failure.Invalid("invalid", "Parameters are not acceptable.", wrong);
    }
  }

  private static void query(Exchange exchange, List<Failure.Field> wrong) {
    Map<String, Operation.Parameter> declared = exchange.operation.query();
    for (String name : exchange.query.keySet()) {
      if (!declared.containsKey(name)) {
        wrong.add(
            new Failure.Field(
                "?", "unknown-parameter", "There is a parameter that is not known here."));
      }
    }
    for (Operation.Parameter parameter : declared.values()) {
      List<String> given = exchange.query.getOrDefault(parameter.name(), List.of());
      String pointer = "?" + parameter.name();
      if (given.size() > 1) {
        wrong.add(new Failure.Field(pointer, "twice", "This parameter is given more than once."));
      } else if (given.isEmpty() && parameter.required()) {
        wrong.add(new Failure.Field(pointer, "missing", "This parameter is missing."));
      } else if (!given.isEmpty()) {
        for (Failure.Field field : parameter.schema().check(typed(parameter, given.getFirst()))) {
          wrong.add(new Failure.Field(pointer, field.code(), field.message(), field.values()));
        }
      }
    }
  }

  private static Object typed(Operation.Parameter parameter, String text) {
    return switch (parameter.type()) {
      case "integer" -> {
        try {
          yield Long.valueOf(text);
        } catch (NumberFormatException e) {
          yield text;
        }
      }
      case "boolean" ->
          text.equals("true") || text.equals("false") ? Boolean.valueOf(text) : (Object) text;
      default -> text;
    };
  }

  private static void headers(Exchange exchange, List<Failure.Field> wrong) {
    Operation operation = exchange.operation;
    if (operation.key() != Operation.KeyRule.NONE) {
      String key = exchange.request.getHeader(KEY);
      if (key == null && operation.key() == Operation.KeyRule.REQUIRED) {
        throw new Failure.Malformed(
            "key-required", "The header Idempotency-Key is missing; send a new UUID per command.");
      }
      if (key != null && !isKey(key)) {
        wrong.add(new Failure.Field(KEY, "no-key", "1 to 128 visible ASCII characters."));
      }
    }
    Schemas ifMatch = operation.ifMatch();
    String match = ifMatch == null ? null : exchange.request.getHeader(HttpHeaders.IF_MATCH);
    if (ifMatch != null && match != null && !ifMatch.check(match).isEmpty()) {
      wrong.add(
          new Failure.Field("If-Match", "no-version", "A version in quotes, for example \"136\"."));
    }
  }

  private static boolean isKey(String key) {
    if (key.isEmpty() || key.length() > KEY_MAX) {
      return false;
    }
    for (int i = 0; i < key.length(); i++) {
      if (key.charAt(i) < '!' || key.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  /** The headers that say how a body is written. */
  static void bodyHeaders(Exchange exchange) {
    String encoding = exchange.request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new Failure.Unsupported("Send the body without Content-Encoding.");
    }
    Map<String, Optional<Schemas>> bodies = exchange.operation.bodies();
    String type = exchange.request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (bodies.containsKey("*/*")) {
      return;
    }
    if (type == null
        || !known(type, bodies.isEmpty() ? Set.of("application/json") : bodies.keySet())) {
      throw new Failure.Unsupported(
          "Send it as " + String.join(" or ", bodies.keySet().stream().sorted().toList()) + ".");
    }
  }

  private static boolean known(String header, Set<String> types) {
    int semicolon = header.indexOf(';');
    if (semicolon < 0) {
      return types.contains(header.trim().toLowerCase(Locale.ROOT));
    }
    String type = header.substring(0, semicolon).trim().toLowerCase(Locale.ROOT);
    String parameters = header.substring(semicolon).toLowerCase(Locale.ROOT);
    int charset = parameters.indexOf("charset=");
    return types.contains(type)
        && (charset < 0
            || parameters.substring(charset + 8).replace("\"", "").trim().startsWith("utf-8"));
  }

  /** Reads the body of a command and checks it. */
  static void body(Exchange exchange) {
    Map<String, Optional<Schemas>> bodies = exchange.operation.bodies();
    if (bodies.containsKey("*/*")) {
      return;
    }
    Object value = StrictJson.parse(exchange.raw);
    if (bodies.isEmpty()) {
      if (!(value instanceof JsonObject empty && empty.isEmpty())) {
        throw new Failure.Invalid("", "no-body", "This operation takes no body.");
      }
      return;
    }
    Schemas schema = bodies.values().iterator().next().orElseThrow();
    List<Failure.Field> wrong = schema.check(value);
    if (!wrong.isEmpty()) {
      throw new Failure.Invalid("invalid", "The body is not acceptable.", wrong);
    }
    if (value instanceof JsonObject object) {
      exchange.json = object;
    }
  }
}
