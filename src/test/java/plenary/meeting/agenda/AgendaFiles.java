package plenary.meeting.agenda;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import plenary.problem.Failure;

/** Files for the tests of this package and short ways to read them. */
final class AgendaFiles {
  static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** Every excerpt that is an agenda. */
  static final List<String> AGENDAS =
      List.of(
          "fosdem-2025-excerpt.xml",
          "fosdem-2014-excerpt.xml",
          "38c3-hub-excerpt.xml",
          "camp2019-frab-excerpt.json",
          "democon-pretalx-excerpt.json",
          "hub-schedule2.json",
          "gab-2021-sessionize-excerpt.json",
          "midl-2020-excerpt.ics",
          "pyconuk-2015-excerpt.ics",
          "ohbm-2020-excerpt.csv");

  private AgendaFiles() {}

  static byte[] excerpt(String name) {
    try (InputStream in = AgendaFiles.class.getResourceAsStream("/agendas/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Agenda read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  static Agenda read(byte[] body) {
    return AgendaReader.read(body, null, null, BERLIN);
  }

  static Failure refusal(String text) {
    return refusal(text.getBytes(StandardCharsets.UTF_8), null, null);
  }

  static Failure refusal(byte[] body, String contentType, String fileName) {
    return catchThrowableOfType(
        Failure.class, () -> AgendaReader.read(body, contentType, fileName, BERLIN));
  }

  /** The only session of an agenda. */
  static Item only(Agenda agenda) {
    if (agenda.items().size() != 1) {
      throw new AssertionError("one session expected: " + agenda);
    }
    return agenda.items().getFirst();
  }
}
