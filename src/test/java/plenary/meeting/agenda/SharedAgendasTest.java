package plenary.meeting.agenda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static plenary.meeting.agenda.AgendaFiles.BERLIN;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import plenary.problem.Failure;

/** The whole files of the shared data; one skipped line where they are absent. */
class SharedAgendasTest {
  private static final Pattern TAG = Pattern.compile("</?(p|a|li|ul|br|b|em)( [^>]{0,200})?>");
  private static final Path FOLDER = Path.of("..", "shared", "data", "agendas");

  @BeforeAll
  static void present() {
    assumeTrue(Files.isDirectory(FOLDER), "the shared agendas are absent");
  }

  private static byte[] file(String name) {
    try {
      return Files.readAllBytes(FOLDER.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Agenda agenda(String name) {
    return AgendaReader.read(file(name), null, name, BERLIN);
  }

  private static long count(String name, String pattern) {
    String text = new String(file(name), StandardCharsets.UTF_8);
    return Pattern.compile(pattern).matcher(text).results().count();
  }

  @ParameterizedTest
  @CsvSource({
    "fosdem-2025.xml, 943, <event ",
    "fosdem-2014.xml, 513, <event ",
    "38c3-hub.xml, 1007, <event ",
    "camp2019-frab.json, 79, \"do_not_record\"",
    "democon-pretalx.json, 36, \"do_not_record\"",
    "38c3-hub-schedule2-excerpt.json, 2, \"participants\"",
    "gab-2021-sessionize-all.json, 37, \"isServiceSession\"",
    "midl-2020.ics, 38, BEGIN:VEVENT",
    "pyconuk-2015.ics, 162, BEGIN:VEVENT"
  })
  void everySessionIsImported(String name, int sessions, String mark) {
    Agenda agenda = agenda(name);
    assertThat(agenda.items()).hasSize(sessions).hasSize((int) count(name, mark));
    assertThat(agenda.items().stream().map(Item::externalId).distinct()).hasSize(sessions);
    assertThat(agenda.items()).allMatch(item -> item.startsAt() != null);
    BrokenAgendasTest.assertValid(agenda);
  }

  @Test
  void theRowsOfAPanelAreOneSessionWithAllItsSpeakers() {
    Agenda agenda = agenda("ohbm-osr-2020/accepted_talks.csv");
    assertThat(agenda.items()).hasSize(38).allMatch(item -> item.startsAt() == null);
    assertThat(agenda.items().stream().mapToInt(item -> item.speakers().size()).sum())
        .isEqualTo((int) count("ohbm-osr-2020/accepted_talks.csv", "osr2020/issues/"));
    BrokenAgendasTest.assertValid(agenda);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "midl-2020-papers.json",
        "ohbm-osr-2020/sessions.yml",
        "ohbm-osr-2020/schedule-emea.yml",
        "ohbm-osr-2020/schedule-apac.yml",
        "ohbm-osr-2020/schedule-americas.yml",
        "README.md"
      })
  void otherFilesAreRefused(String name) {
    Failure failure = AgendaFiles.refusal(file(name), null, name);
    assertThat(failure).isInstanceOf(Failure.Unsupported.class);
    assertThat(failure.detail()).contains(AgendaReader.SUPPORTED);
  }

  @Test
  void everyOffsetOfTheCongressIsFollowed() {
    String text = new String(file("38c3-hub.xml"), StandardCharsets.UTF_8);
    List<Instant> starts =
        Pattern.compile("<date>([^<]+)</date>")
            .matcher(text)
            .results()
            .map(m -> OffsetDateTime.parse(m.group(1)).toInstant())
            .toList();
    assertThat(agenda("38c3-hub.xml").items()).extracting(Item::startsAt).isEqualTo(starts);
  }

  @Test
  void roomsAndPeopleOfTheProgrammeAreAllThere() {
    Agenda agenda = agenda("38c3-hub.xml");
    assertThat(agenda.items().stream().map(Item::room).distinct()).hasSize(72);
    assertThat(agenda.items().stream().filter(item -> item.speakers().isEmpty())).hasSize(118);
    Stream<String> names =
        agenda("fosdem-2025.xml").items().stream().flatMap(item -> item.speakers().stream());
    assertThat(names.distinct().count()).isBetween(985L, 995L);
  }

  @Test
  void britishSummerTimeWrittenAsUtcIsKept() {
    Item first = agenda("pyconuk-2015.ics").items().getFirst();
    assertThat(first.startsAt()).isEqualTo("2015-09-18T07:00:00Z");
  }

  @Test
  void noHtmlIsLeftInTheAbstracts() {
    for (String name : List.of("fosdem-2025.xml", "fosdem-2014.xml", "38c3-hub.xml")) {
      assertThat(agenda(name).items())
          .allMatch(
              item -> item.abstractText() == null || !TAG.matcher(item.abstractText()).find());
    }
  }

  @Test
  void aThousandSessionsTakeLessThanASecondOfProcessorTime() {
    byte[] body = file("38c3-hub.xml");
    AgendaReader.read(body, null, null, BERLIN);
    var threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    AgendaReader.read(body, null, null, BERLIN);
    assertThat(threads.getCurrentThreadCpuTime() - before).isLessThan(1_000_000_000L);
  }
}
