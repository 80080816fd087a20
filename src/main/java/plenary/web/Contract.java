package plenary.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import plenary.identity.Permissions;
import plenary.identity.Role;

/**
 * The OpenAPI contract, read once. What it says about paths, parameters, bodies, limits and roles
 * is compiled here and enforced by {@link Api}; it is not said a second time in code. Immutable.
 */
public final class Contract {
  private static final String FILE = "/openapi.yaml";
  private static final int BODY_MAX = 16 * 1024;
  private static final int BODY_SECONDS = 10;
  private static final List<String> METHODS = List.of("get", "put", "post", "patch", "delete");

  private final JsonObject source;
  private final Map<String, Operation> operations = new LinkedHashMap<>();

  private Contract(JsonObject source) {
    this.source = source;
    JsonObject paths = object(source, "paths");
    for (String path : paths.fieldNames()) {
      JsonObject item = object(paths, path);
      for (String method : METHODS) {
        JsonObject operation = item.getJsonObject(method);
        if (operation != null) {
          add(compile(path, method, item, operation));
        }
      }
    }
  }

  /**
   * Reads the contract that is packed with the server.
   *
   * @throws IllegalStateException when it is not sound
   */
  public static Contract load() {
    try (InputStream in = Contract.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("the contract is missing: " + FILE);
      }
      return read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a contract in YAML. */
  public static Contract read(InputStream yaml) {
    Object tree = new Load(LoadSettings.builder().build()).loadFromInputStream(yaml);
    if (!(json(tree) instanceof JsonObject source)) {
      throw new IllegalStateException("the contract is not an object");
    }
    return new Contract(source);
  }

  /** The contract as it is served. */
  public JsonObject json() {
    return source.copy();
  }

  /** Every operation, in the order of the file. */
  public Collection<Operation> operations() {
    return List.copyOf(operations.values());
  }

  /**
   * One operation.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  public Operation operation(String id) {
    Operation operation = operations.get(id);
    if (operation == null) {
      throw new IllegalArgumentException("the contract has no operation " + id);
    }
    return operation;
  }

  /** Compiles what is compiled on first use otherwise. Takes a while; not for an event loop. */
  public void compile() {
    for (Operation operation : operations.values()) {
      operation.bodies().values().forEach(body -> body.ifPresent(Schemas::compile));
      operation.query().values().forEach(parameter -> parameter.schema().compile());
      operation.pathSchemas().values().forEach(Schemas::compile);
      if (operation.ifMatch() != null) {
        operation.ifMatch().compile();
      }
    }
  }

  /** A named schema of the contract without references, for tests and for the page to read. */
  public JsonObject schema(String name) {
    return resolve(object(object(object(source, "components"), "schemas"), name));
  }

  /** A copy in which every reference is replaced by what it points at. */
  public JsonObject resolve(JsonObject node) {
    if (inline(node, new HashSet<>()) instanceof JsonObject resolved) {
      return resolved;
    }
    throw new IllegalStateException("a reference of the contract leads to no object");
  }

  private void add(Operation operation) {
    if (operations.put(operation.id(), operation) != null) {
      throw new IllegalStateException("two operations are called " + operation.id());
    }
  }

  private Operation compile(String path, String method, JsonObject item, JsonObject given) {
    JsonObject operation = given.copy();
    JsonObject body = given.getJsonObject("requestBody");
    if (body != null) {
      operation.put("requestBody", resolve(body));
    }
    List<JsonObject> parameters = new ArrayList<>();
    for (JsonObject from : List.of(item, given)) {
      list(from, "parameters").forEach(each -> parameters.add(resolve((JsonObject) each)));
    }
    Map<String, Schemas> pathSchemas = new HashMap<>();
    Map<String, Operation.Parameter> query = new HashMap<>();
    Operation.KeyRule key = Operation.KeyRule.NONE;
    Schemas ifMatch = null;
    for (JsonObject each : parameters) {
      String name = each.getString("name");
      JsonObject schema = object(each, "schema");
      boolean required = each.getBoolean("required", false);
      switch (each.getString("in")) {
        case "path" -> {
          if (!"uuid".equals(schema.getString("format"))) {
            pathSchemas.put(name, new Schemas(schema));
          }
        }
        case "query" ->
            query.put(
                name,
                new Operation.Parameter(
                    name, required, schema.getString("type", "string"), new Schemas(schema)));
        default -> {
          if (name.equals("Idempotency-Key")) {
            key = required ? Operation.KeyRule.REQUIRED : Operation.KeyRule.OPTIONAL;
          } else if (name.equals("If-Match")) {
            ifMatch = new Schemas(schema);
          }
        }
      }
    }
    return new Operation(
        operation.getString("operationId"),
        HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)),
        path,
        pathNames(path),
        Map.copyOf(pathSchemas),
        Map.copyOf(query),
        key,
        ifMatch,
        bodies(operation),
        produces(operation),
        operation.getBoolean("x-view", false),
        operation.getInteger("x-body-limit", BODY_MAX),
        operation.getInteger("x-body-deadline", BODY_SECONDS),
        rule(operation));
  }

  private static Map<String, Optional<Schemas>> bodies(JsonObject operation) {
    JsonObject body = operation.getJsonObject("requestBody");
    if (body == null) {
      return Map.of();
    }
    Map<String, Optional<Schemas>> bodies = new HashMap<>();
    JsonObject content = object(body, "content");
    boolean raw = content.containsKey("*/*");
    for (String type : content.fieldNames()) {
      JsonObject schema = object(object(content, type), "schema");
      bodies.put(type, raw ? Optional.empty() : Optional.of(new Schemas(schema)));
    }
    return Map.copyOf(bodies);
  }

  private static Set<String> produces(JsonObject operation) {
    Set<String> types = new HashSet<>();
    JsonObject responses = object(operation, "responses");
    for (String status : responses.fieldNames()) {
      if (status.startsWith("2")) {
        JsonObject content = object(responses, status).getJsonObject("content");
        types.addAll(content == null ? Set.of() : content.fieldNames());
      }
    }
    return Set.copyOf(types);
  }

  private static Permissions.Rule rule(JsonObject operation) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    if (operation.getValue("x-roles") instanceof JsonArray names) {
      names.forEach(name -> roles.add(Role.valueOf(name.toString().toUpperCase(Locale.ROOT))));
      return new Permissions.Rule(Permissions.Audience.ROLES, roles);
    }
    return switch (operation.getString("x-roles", "")) {
      case "anyone" -> new Permissions.Rule(Permissions.Audience.ANYONE, roles);
      case "signed-in" -> new Permissions.Rule(Permissions.Audience.SIGNED_IN, roles);
      default ->
          throw new IllegalStateException(
              operation.getString("operationId") + " does not say who may call it");
    };
  }

  private static List<String> pathNames(String path) {
    List<String> names = new ArrayList<>();
    for (String step : path.split("/", -1)) {
      if (step.startsWith("{")) {
        names.add(step.substring(1, step.length() - 1));
      }
    }
    return List.copyOf(names);
  }

  private @Nullable Object inline(@Nullable Object node, Set<String> above) {
    return switch (node) {
      case JsonObject object when object.containsKey("$ref") -> {
        String reference = object.getString("$ref");
        if (!above.add(reference)) {
          throw new IllegalStateException("the contract refers in a circle: " + reference);
        }
        Object target = inline(target(reference), above);
        above.remove(reference);
        yield target;
      }
      case JsonObject object -> {
        JsonObject copy = new JsonObject();
        object.fieldNames().forEach(name -> copy.put(name, inline(object.getValue(name), above)));
        yield copy;
      }
      case JsonArray array -> {
        JsonArray copy = new JsonArray();
        for (int i = 0; i < array.size(); i++) {
          copy.add(inline(array.getValue(i), above));
        }
        yield copy;
      }
      case null, default -> node;
    };
  }

  private JsonObject target(String reference) {
    JsonObject at = source;
    for (String step : reference.substring(2).split("/", -1)) {
      at = object(at, step);
    }
    return at;
  }

  private static JsonObject object(JsonObject in, String name) {
    JsonObject object = in.getJsonObject(name);
    if (object == null) {
      throw new IllegalStateException("the contract lacks " + name);
    }
    return object;
  }

  private static JsonArray list(JsonObject in, String name) {
    JsonArray list = in.getJsonArray(name);
    return list == null ? new JsonArray() : list;
  }

  private static @Nullable Object json(@Nullable Object yaml) {
    return switch (yaml) {
      case Map<?, ?> map -> {
        JsonObject object = new JsonObject();
        map.forEach((name, value) -> object.put(String.valueOf(name), json(value)));
        yield object;
      }
      case List<?> list -> {
        JsonArray array = new JsonArray();
        list.forEach(each -> array.add(json(each)));
        yield array;
      }
      case null, default -> yaml;
    };
  }

  /** The contract as bytes, to be served. */
  Buffer bytes() {
    return source.toBuffer();
  }
}
