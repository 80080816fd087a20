package plenary.meeting.agenda;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The header row of a CSV agenda: which column stands where. */
final class Header {
  private final Map<Column, List<Integer>> places = new EnumMap<>(Column.class);
  private final List<String> names;

  Header(List<String> names) {
    this.names = names;
    for (int i = 0; i < names.size(); i++) {
      Column column = Column.named(names.get(i));
      if (column != null) {
        List<Integer> same = places.computeIfAbsent(column, c -> new ArrayList<>());
        same.add(column.isCalled(names.get(i)) ? 0 : same.size(), i);
      }
    }
    settle(Column.TOPIC, Column.TRACK);
    settle(Column.NAME, Column.SPEAKERS);
  }

  /** A column with two meanings becomes the title when there is none, else the other. */
  private void settle(Column ambiguous, Column other) {
    List<Integer> at = places.remove(ambiguous);
    if (at != null) {
      boolean asTitle =
          !places.containsKey(Column.TITLE)
              && !(ambiguous == Column.TOPIC && places.containsKey(Column.NAME));
      places.putIfAbsent(asTitle ? Column.TITLE : other, at);
    }
  }

  boolean has(Column column) {
    return places.containsKey(column);
  }

  /** How many columns were recognised. */
  int known() {
    return places.size();
  }

  int size() {
    return names.size();
  }

  /**
   * The values of a column in a row that are not blank, the column of the documented name first;
   * several for {@code Speaker 1, …}.
   */
  List<String> values(Column column, List<String> row) {
    List<String> values = new ArrayList<>();
    for (int at : places.getOrDefault(column, List.of())) {
      if (at < row.size() && !row.get(at).isBlank()) {
        values.add(row.get(at));
      }
    }
    return values;
  }

  /** What the file calls a column. */
  String name(Column column) {
    List<Integer> at = places.get(column);
    return at == null ? column.title : PlainText.quote(names.get(at.getFirst()));
  }
}
