package plenary.web;

import io.vertx.core.http.HttpMethod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the operation of a path by walking a tree: no patterns, and one look per segment. */
final class Paths<T> {
  private static final int PARAMETERS_MAX = 4;

  private final Node<T> root = new Node<>();

  /** Adds what a path of the contract leads to. */
  void add(HttpMethod method, String path, T target) {
    Node<T> at = root;
    for (String step : path.substring(1).split("/", -1)) {
      if (step.startsWith("{")) {
        if (at.parameter == null) {
          at.parameter = new Node<>();
        }
        at = at.parameter;
      } else {
        at = at.literals.computeIfAbsent(step, key -> new Node<>());
      }
    }
    at.targets.put(method, target);
  }

  /** Where a path leads; null when nowhere. */
  @Nullable Found<T> find(String path) {
    Node<T> at = root;
    String[] values = new String[PARAMETERS_MAX];
    int count = 0;
    int from = 1;
    while (from <= path.length()) {
      int end = path.indexOf('/', from);
      end = end < 0 ? path.length() : end;
      String step = path.substring(from, end);
      Node<T> next = at.literals.get(step);
      if (next == null) {
        next = at.parameter;
        if (next == null || step.isEmpty() || count == PARAMETERS_MAX) {
          return null;
        }
        values[count++] = step;
      }
      at = next;
      from = end + 1;
    }
    return at.targets.isEmpty() ? null : new Found<>(at.targets, values);
  }

  /**
   * A path that exists.
   *
   * @param targets by method
   * @param values of its parameters, in order
   */
  record Found<T>(Map<HttpMethod, T> targets, String[] values) {
    /** The value of {@code Allow}. */
    String allow() {
      List<String> names =
          targets.keySet().stream().map(HttpMethod::name).sorted().collect(Collectors.toList());
      if (names.contains("GET")) {
        names.add("HEAD");
      }
      return String.join(", ", names);
    }
  }

  private static final class Node<T> {
    private final Map<String, Node<T>> literals = new HashMap<>();
    private final Map<HttpMethod, T> targets = new HashMap<>();
    private @Nullable Node<T> parameter;
  }
}
