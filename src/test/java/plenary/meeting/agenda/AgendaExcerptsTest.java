package plenary.meeting.agenda;

import static org.assertj.core.api.Assertions.assertThat;
import static plenary.meeting.agenda.AgendaFiles.BERLIN;
import static plenary.meeting.agenda.AgendaFiles.excerpt;
import static plenary.meeting.agenda.AgendaFiles.read;
import static plenary.meeting.agenda.AgendaFiles.refusal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import plenary.problem.Failure;

/** What the excerpts of real files must give. */
class AgendaExcerptsTest {
  @SuppressWarnings("unused")
  private static final List<String> AGENDAS = AgendaFiles.AGENDAS;

  @Test
  void pretalxXmlKeepsOffsetsAndNonAsciiNames() {
    Agenda agenda = read(excerpt("fosdem-2025-excerpt.xml"));
    assertThat(agenda.title()).isEqualTo("FOSDEM 2025");
    assertThat(agenda.zone()).isEqualTo(ZoneId.of("Europe/Brussels"));
    assertThat(agenda.warnings()).isEmpty();
    assertThat(agenda.items()).hasSize(5);
    Item first = agenda.items().getFirst();
    assertThat(first.externalId()).isEqualTo("852280ac-61d3-588c-b74c-8d87f9d9d2c6");
    assertThat(first.startsAt()).isEqualTo("2025-02-01T09:35:00Z");
    assertThat(first.endsAt()).isEqualTo("2025-02-01T10:00:00Z");
    assertThat(first.room()).isEqualTo("K.3.201");
    assertThat(first.track()).isEqualTo("LLVM");
    assertThat(first.language()).isEqualTo("en");
    assertThat(agenda.items().get(2).speakers()).containsExactly("Serge « sans paille » Guelton");
  }

  @Test
  void pentabarfXmlWithoutZoneOrDateIsInTheMeetingsZone() {
    Agenda agenda = read(excerpt("fosdem-2014-excerpt.xml"));
    assertThat(agenda.zone()).isNull();
    Item first = agenda.items().getFirst();
    assertThat(first.externalId()).isEqualTo("1616");
    assertThat(first.startsAt()).isEqualTo("2014-02-01T09:30:00Z");
    assertThat(first.endsAt()).isEqualTo("2014-02-01T09:55:00Z");
    assertThat(first.abstractText())
        .isEqualTo("FOSDEM welcome and opening talk.\n\nWelcome to FOSDEM 2014!");
    assertThat(agenda.items().getLast().startsAt()).isEqualTo("2014-02-02T15:20:00Z");
  }

  @Test
  void hubXmlPastMidnightIsOnTheNextCalendarDay() {
    Agenda agenda = read(excerpt("38c3-hub-excerpt.xml"));
    assertThat(agenda.items()).hasSize(5);
    assertThat(agenda.items().get(1).title()).isEqualTo("Fnord-Nachrichtenrückblick 2024");
    assertThat(agenda.items().get(1).startsAt()).isEqualTo("2024-12-28T00:10:00Z");
    assertThat(agenda.items().get(3).language()).isEqualTo("de, en");
    assertThat(agenda.items().get(3).abstractText()).doesNotContain("\n   ");
    assertThat(agenda.items().getLast().speakers()).isEmpty();
  }

  @Test
  void frabJsonIsInSummerTime() {
    Agenda agenda = read(excerpt("camp2019-frab-excerpt.json"));
    Item first = agenda.items().getFirst();
    assertThat(agenda.items()).hasSize(3);
    assertThat(first.speakers()).containsExactly("jinxx", "smtw");
    assertThat(first.startsAt()).isEqualTo("2019-08-21T09:00:00Z");
    assertThat(Duration.between(first.startsAt(), first.endsAt())).hasMinutes(30);
  }

  @Test
  void pretalxJsonThatContradictsItsZoneFollowsTheOffsetsAndWarns() {
    Agenda agenda = read(excerpt("democon-pretalx-excerpt.json"));
    assertThat(agenda.zone()).isEqualTo(ZoneId.of("UTC"));
    assertThat(agenda.items().getFirst().startsAt()).isEqualTo("2020-12-14T08:00:00Z");
    assertThat(agenda.warnings()).hasSize(1);
    assertThat(agenda.warnings().getFirst().place())
        .isEqualTo("$.schedule.conference.days[0].rooms['Gray Room'][0].date");
    assertThat(agenda.warnings().getFirst().message()).contains("UTC", "+01:00", "3 of its times");
  }

  @Test
  void hubJsonResolvesTracksAndRooms() {
    Agenda agenda = read(excerpt("hub-schedule2.json"));
    assertThat(agenda.items()).hasSize(2);
    Item second = agenda.items().get(1);
    assertThat(second.track()).isEqualTo("Hardware & Making");
    assertThat(second.room()).isEqualTo("Saal ZIGZAG");
    assertThat(second.startsAt()).isEqualTo("2024-12-27T23:15:00Z");
    assertThat(second.endsAt()).isEqualTo("2024-12-27T23:55:00Z");
    assertThat(second.abstractText()).startsWith("Most Wanted Using Deep Reinforcement Learning\n");
  }

  @Test
  void sessionizeJoinsItsTablesAndIsLocalToTheMeeting() {
    Agenda agenda = read(excerpt("gab-2021-sessionize-excerpt.json"));
    assertThat(agenda.items()).hasSize(3);
    Item item = agenda.items().getLast();
    assertThat(item.externalId()).isEqualTo("248343");
    assertThat(item.speakers()).hasSize(5).contains("Thomas Vater");
    assertThat(item.room()).isEqualTo("Dev");
    assertThat(item.track()).isEqualTo("Cloud Dev");
    assertThat(item.language()).isEqualTo("de");
    assertThat(item.startsAt()).isEqualTo("2021-04-16T06:00:00Z");
  }

  @Test
  void calendarInForeignZonesGivesInstants() {
    Agenda agenda = read(excerpt("midl-2020-excerpt.ics"));
    assertThat(agenda.items()).hasSize(5);
    assertThat(agenda.items().get(2).startsAt()).isEqualTo("2020-07-09T13:00:00Z");
    assertThat(agenda.items().get(2).track()).isEqualTo("Challenge");
    Item day = agenda.items().getFirst();
    assertThat(day.startsAt()).isEqualTo(Instant.parse("2020-01-29T23:00:00Z"));
    assertThat(day.endsAt()).isEqualTo(Instant.parse("2020-01-30T23:00:00Z"));
    assertThat(agenda.warnings())
        .extracting(Warning::message)
        .anyMatch(m -> m.contains("3 events"));
  }

  @Test
  void calendarWithFoldedIdsUnfoldsThem() {
    Agenda agenda = read(excerpt("pyconuk-2015-excerpt.ics"));
    assertThat(agenda.title()).isEqualTo("PyCon UK 2015 Schedule");
    assertThat(agenda.items()).hasSize(5);
    assertThat(agenda.items().getFirst().externalId())
        .isEqualTo("20150919T102825Z-31048@testing-worker-linux-docker-88763661-3190-linux-7");
    assertThat(agenda.items().get(2).title()).isEqualTo("Keynote: Van Lindberg, PSF Chair");
    assertThat(agenda.items().getLast().endsAt()).isNull();
  }

  @Test
  void csvWithDaysOnlyGivesDraftsAndNamesTheDays() {
    Agenda agenda = read(excerpt("ohbm-2020-excerpt.csv"));
    assertThat(agenda.items()).hasSize(9).allMatch(item -> item.startsAt() == null);
    Item first = agenda.items().getFirst();
    assertThat(first.title())
        .isEqualTo("Privacy preserving tech: the tools for safe open data use");
    assertThat(first.speakers()).containsExactly("Emma Bluemke");
    assertThat(first.track()).isEqualTo("Open Data 2.0");
    assertThat(first.url()).isEqualTo("https://github.com/ohbm/osr2020/issues/18");
    assertThat(agenda.warnings())
        .contains(
            new Warning(
                "lines 2–8", "Without a time of day, so imported as drafts: 7 on 2020-06-23."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"midl-2020-papers-excerpt.json", "ohbm-sessions-excerpt.yml"})
  void paperListsAndYamlAreRefusedNamingTheFormats(String name) {
    Failure failure = refusal(excerpt(name), null, name);
    assertThat(failure).isInstanceOf(Failure.Unsupported.class);
    assertThat(failure.detail()).contains("pretalx", "Sessionize", "iCalendar", "CSV", "XML");
  }

  @ParameterizedTest
  @FieldSource("AGENDAS")
  void twoReadingsAreEqual(String name) {
    assertThat(read(excerpt(name))).isEqualTo(read(excerpt(name)));
  }

  @ParameterizedTest
  @FieldSource("AGENDAS")
  void contentTypeAndNameAreOnlyHints(String name) {
    for (String type : new String[] {"application/json", "text/csv", "text/calendar", "text/xml"}) {
      assertThat(AgendaReader.read(excerpt(name), type, "agenda.bin", BERLIN).items())
          .isEqualTo(read(excerpt(name)).items());
    }
  }

  @ParameterizedTest
  @FieldSource("AGENDAS")
  void utf16AndByteOrderMarksGiveTheSame(String name) {
    String text = new String(excerpt(name), StandardCharsets.UTF_8);
    Agenda expected = read(excerpt(name));
    assertThat(read("\ufeff" + text)).isEqualTo(expected);
    assertThat(read(("\ufeff" + text).getBytes(StandardCharsets.UTF_16LE))).isEqualTo(expected);
    assertThat(read(("\ufeff" + text).getBytes(StandardCharsets.UTF_16BE))).isEqualTo(expected);
  }
}
