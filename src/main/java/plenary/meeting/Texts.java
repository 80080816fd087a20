package plenary.meeting;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import plenary.screening.Screening;
import plenary.screening.TextLimits;

/** Texts of agendas: normalised like everything that reaches a screen. */
final class Texts {
  private static final TextLimits LINE = new TextLimits(500, 4_000, false);
  private static final TextLimits PARAGRAPHS = new TextLimits(20_000, 160_000, true);

  private Texts() {}

  /**
   * One line that staff typed.
   *
   * @param pointer of the field
   * @throws plenary.problem.Failure.Invalid when there is nothing to read in it
   */
  static String line(String text, String pointer) {
    return Screening.verdict(text, LINE).orRefuse(pointer).text();
  }

  /** An abstract that staff typed. */
  static String paragraphs(String text) {
    return Screening.verdict(text, PARAGRAPHS).text();
  }

  /** A line of a file: what cannot be read of it is left out rather than refused. */
  static Optional<String> imported(@Nullable String text) {
    return Optional.ofNullable(text)
        .map(line -> Screening.verdict(line, LINE).text())
        .filter(line -> !line.isEmpty());
  }

  /** The lines of a file that have something to read in them. */
  static List<String> imported(List<String> lines) {
    return lines.stream().map(Texts::imported).flatMap(Optional::stream).toList();
  }
}
