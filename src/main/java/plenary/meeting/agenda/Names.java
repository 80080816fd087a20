package plenary.meeting.agenda;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Several names in one cell of a spreadsheet. */
final class Names {
  private static final Pattern SURE = Pattern.compile("[;|\\r\\n]+");
  private static final Pattern LIKELY = Pattern.compile(",| & | and | und | et | / ");
  private static final Pattern TITLE =
      Pattern.compile(
          "(?i)(md|m\\.d\\.|phd|ph\\.d\\.|msc|m\\.sc\\.|jr\\.?|sr\\.?|mph|facc|fesc|mba)");

  private Names() {}

  /**
   * Splits at semicolons, bars and line breaks; without any, at commas and words for "and" when
   * every part is a name of two words or more, so that {@code Smith, John} stays one name.
   */
  static List<String> split(String cell) {
    String[] parts = SURE.split(cell);
    if (parts.length > 1 || cell.length() > 2_000) {
      return List.of(parts);
    }
    List<String> names = new ArrayList<>();
    for (String part : LIKELY.split(cell)) {
      String name = part.strip();
      if (TITLE.matcher(name).matches() && !names.isEmpty()) {
        names.set(names.size() - 1, names.getLast() + ", " + name);
      } else if (name.indexOf(' ') > 0) {
        names.add(name);
      } else if (!name.isEmpty()) {
        return List.of(cell);
      }
    }
    return names;
  }
}
