package plenary.live;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Cells by row (an operation, or an operation and a view) and column (a kind of caller).
 *
 * @param columns in the order of the file
 * @param cells {@code allow}, {@code 401}, {@code 403} or {@code 404}
 */
record RoleTable(List<String> columns, Map<String, Map<String, String>> cells) {
  private static final Set<String> VALUES = Set.of("allow", "401", "403", "404");

  /** The table of the tree. */
  static RoleTable load() {
    try (InputStream file = RoleTable.class.getResourceAsStream("/identity/roles.txt")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      List<String[]> lines =
          text.lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> line.strip().split("\\s+"))
              .toList();
      List<String> columns = Arrays.asList(lines.getFirst()).subList(1, lines.getFirst().length);
      Map<String, Map<String, String>> cells = new LinkedHashMap<>();
      for (String[] line : lines.subList(1, lines.size())) {
        if (line.length != columns.size() + 1) {
          throw new IllegalArgumentException("cells are missing: " + line[0]);
        }
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
          if (!VALUES.contains(line[i + 1])) {
            throw new IllegalArgumentException("no such cell: " + line[i + 1]);
          }
          row.put(columns.get(i), line[i + 1]);
        }
        if (cells.put(line[0], row) != null) {
          throw new IllegalArgumentException("twice: " + line[0]);
        }
      }
      return new RoleTable(columns, cells);
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  /** Where what was found is not what is expected, one sentence each. */
  List<String> deviations(Map<String, Map<String, String>> found) {
    List<String> deviations = new ArrayList<>();
    cells.forEach(
        (row, expected) ->
            expected.forEach(
                (column, cell) -> {
                  String is = found.getOrDefault(row, Map.of()).getOrDefault(column, "nothing");
                  if (!is.equals(cell)) {
                    deviations.add(row + " as " + column + ": " + is + " instead of " + cell);
                  }
                }));
    return deviations;
  }
}
