package plenary.meeting.agenda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plenary.problem.Failure;

/**
 * A value in a JSON file that knows its path. Navigation never fails: what is absent is a missing
 * node. Duplicate keys are refused, for keeping only one of two would lose sessions.
 */
final class Node {
  static final int DEPTH_MAX = 64;
  static final int VALUES_MAX = 1_000_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
          .build();

  private final @Nullable Object value;
  private final @Nullable Node parent;
  private final String step;

  private Node(@Nullable Object value, @Nullable Node parent, String step) {
    this.value = value;
    this.parent = parent;
    this.step = step;
  }

  /** Parses a document; fails with line and column. */
  static Node parse(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      return new Node(parsed(parser), null, "$");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable Object parsed(JsonParser parser) throws IOException {
    try {
      parser.nextToken();
      Object root = new Reading(parser).value();
      if (parser.nextToken() != null) {
        throw malformed(parser.currentTokenLocation(), "something follows the document's end");
      }
      return root;
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw malformed(
          at == null ? parser.currentLocation() : at, PlainText.reason(e.getOriginalMessage()));
    }
  }

  private static Failure malformed(JsonLocation at, String what) {
    return new Failure.Malformed(
        "The JSON is broken in line %d, column %d: %s."
            .formatted(at.getLineNr(), at.getColumnNr(), what));
  }

  /** The path from the root, such as {@code $.schedule.conference.days[2].rooms.Curie[4]}. */
  String path() {
    return parent == null ? step : parent.path() + step;
  }

  boolean isObject() {
    return value instanceof Map;
  }

  boolean isArray() {
    return value instanceof List;
  }

  /** Absent or null. */
  boolean isMissing() {
    return value == null;
  }

  boolean isTrue() {
    return Boolean.TRUE.equals(value) || "true".equals(value);
  }

  Node get(String key) {
    Object found = value instanceof Map<?, ?> map ? map.get(key) : null;
    return new Node(found, this, step(key));
  }

  /** The first of these members that is there; else the first as a missing node. */
  Node first(String... keys) {
    for (String key : keys) {
      Node node = get(key);
      if (!node.isMissing()) {
        return node;
      }
    }
    return get(keys[0]);
  }

  /** The elements of an array or the members' values of an object; none of anything else. */
  List<Node> elements() {
    List<Node> nodes = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object element : list) {
        nodes.add(new Node(element, this, "[" + nodes.size() + "]"));
      }
    } else if (value instanceof Map<?, ?> map) {
      for (Object key : map.keySet()) {
        nodes.add(get(String.valueOf(key)));
      }
    }
    return nodes;
  }

  /** The keys of an object in the file's order. */
  List<String> keys() {
    List<String> keys = new ArrayList<>();
    if (value instanceof Map<?, ?> map) {
      for (Object key : map.keySet()) {
        keys.add(String.valueOf(key));
      }
    }
    return keys;
  }

  /**
   * The text of a string, number or boolean, and of an object with one text per language: the
   * English one if there is any, else the first. Null when missing; an array is a fault.
   */
  @Nullable String text(Programme programme) {
    switch (value) {
      case null -> {
        return null;
      }
      case Map<?, ?> map -> {
        Object english = map.get("en");
        Object chosen = english != null || map.isEmpty() ? english : map.values().iterator().next();
        if (chosen instanceof String text) {
          return text;
        }
        if (map.isEmpty() || map.containsKey("en")) {
          return null;
        }
      }
      case List<?> list -> {
        if (list.isEmpty()) {
          return null;
        }
      }
      default -> {
        return value.toString();
      }
    }
    programme.fault(path(), "a text is expected here");
    return null;
  }

  private static String step(String key) {
    boolean plain = !key.isEmpty() && key.length() <= 60;
    for (int i = 0; plain && i < key.length(); i++) {
      plain = Character.isLetterOrDigit(key.charAt(i)) || key.charAt(i) == '_';
    }
    return plain ? "." + key : "['" + PlainText.quote(key) + "']";
  }

  /** One pass over the tokens, with a bound on how many values are kept. */
  private static final class Reading {
    private final JsonParser parser;
    private int values;

    Reading(JsonParser parser) {
      this.parser = parser;
    }

    @Nullable Object value() throws IOException {
      if (++values > VALUES_MAX) {
        throw new Failure.Invalid(
            "$",
            "agenda-too-large",
            "The file has more than " + VALUES_MAX + " values, too many for an agenda.");
      }
      JsonToken token = parser.currentToken();
      if (token == null) {
        throw malformed(parser.currentLocation(), "the file ends too early");
      }
      return switch (token) {
        case START_OBJECT -> object();
        case START_ARRAY -> array();
        case VALUE_TRUE -> Boolean.TRUE;
        case VALUE_FALSE -> Boolean.FALSE;
        case VALUE_NULL -> null;
        default -> parser.getText();
      };
    }

    private Map<String, @Nullable Object> object() throws IOException {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String key = parser.currentName();
        if (map.containsKey(key)) {
          throw malformed(
              parser.currentTokenLocation(),
              "the key “" + PlainText.quote(key) + "” is there twice");
        }
        parser.nextToken();
        map.put(key, value());
      }
      return map;
    }

    private List<@Nullable Object> array() throws IOException {
      List<@Nullable Object> list = new ArrayList<>(4);
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        list.add(value());
      }
      return list;
    }
  }
}
