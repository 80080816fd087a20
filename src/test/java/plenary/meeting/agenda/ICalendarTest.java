package plenary.meeting.agenda;

import static org.assertj.core.api.Assertions.assertThat;
import static plenary.meeting.agenda.AgendaFiles.only;
import static plenary.meeting.agenda.AgendaFiles.read;
import static plenary.meeting.agenda.AgendaFiles.refusal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import plenary.problem.Failure;

class ICalendarTest {
  private static final String OUTLOOK_ZONE =
      """
      BEGIN:VTIMEZONE
      TZID:Mitteleuropa (eigene)
      BEGIN:STANDARD
      DTSTART:16010101T030000
      TZOFFSETFROM:+0200
      TZOFFSETTO:+0100
      RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
      END:STANDARD
      BEGIN:DAYLIGHT
      DTSTART:16010101T020000
      TZOFFSETFROM:+0100
      TZOFFSETTO:+0200
      RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
      END:DAYLIGHT
      END:VTIMEZONE
      """;

  private static String calendar(String... lines) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
        + String.join("\r\n", lines).replace("\n", "\r\n").replace("\r\r", "\r")
        + "\r\nEND:VCALENDAR\r\n";
  }

  private static String event(String... lines) {
    return "BEGIN:VEVENT\r\nUID:u1\r\nSUMMARY:S\r\n"
        + String.join("\r\n", lines)
        + "\r\nEND:VEVENT";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DTSTART:20260502T090000Z | 2026-05-02T09:00:00Z",
        "DTSTART:20260502T090000 | 2026-05-02T07:00:00Z",
        "DTSTART;TZID=America/New_York:20260502T090000 | 2026-05-02T13:00:00Z",
        "DTSTART;TZID=\"America/New_York\":20260502T090000 | 2026-05-02T13:00:00Z",
        "DTSTART;TZID=/mozilla.org/20050126_1/America/New_York:20260502T090000 |"
            + " 2026-05-02T13:00:00Z",
        "DTSTART;TZID=/x/1/America/Argentina/Buenos_Aires:20260502T090000 | 2026-05-02T12:00:00Z",
        "DTSTART;TZID=Eastern Standard Time:20260502T090000 | 2026-05-02T13:00:00Z",
        "DTSTART;TZID=Mitteleuropa (eigene):20260502T090000 | 2026-05-02T07:00:00Z",
        "DTSTART;TZID=Mitteleuropa (eigene):20260328T090000 | 2026-03-28T08:00:00Z",
        "DTSTART;TZID=Mitteleuropa (eigene):20260329T030000 | 2026-03-29T01:00:00Z",
        "DTSTART;TZID=Mitteleuropa (eigene):20261025T033000 | 2026-10-25T02:30:00Z",
        "DTSTART;VALUE=DATE-TIME:20260502T0900 | 2026-05-02T07:00:00Z",
        "DTSTART;VALUE=DATE:20260502 | 2026-05-01T22:00:00Z",
        "dtstart:20260502T090000Z | 2026-05-02T09:00:00Z"
      })
  void startsOfEveryKind(String line, String instant) {
    Agenda agenda = read(calendar(OUTLOOK_ZONE.strip(), event(line)));
    assertThat(only(agenda).startsAt()).isEqualTo(instant);
  }

  @Test
  void anUnknownZoneIsWarnedOfOnce() {
    Agenda agenda =
        read(
            calendar(
                event(
                    "DTSTART;TZID=Nowhere:20260502T090000", "DTEND;TZID=Nowhere:20260502T100000")));
    assertThat(only(agenda).startsAt()).isEqualTo("2026-05-02T07:00:00Z");
    assertThat(agenda.warnings()).hasSize(1);
  }

  @Test
  void theCalendarsZoneIsTheAgendas() {
    Agenda agenda =
        read(calendar("X-WR-TIMEZONE:America/New_York", event("DTSTART:20260502T090000")));
    assertThat(agenda.zone()).hasToString("America/New_York");
    assertThat(only(agenda).startsAt()).isEqualTo("2026-05-02T13:00:00Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DTSTART:20260502T090000Z,DTEND:20260502T100000Z | 2026-05-02T10:00:00Z",
        "DTSTART:20260502T090000Z,DURATION:PT45M | 2026-05-02T09:45:00Z",
        "DTSTART:20260502T090000Z,DURATION:P1DT1H | 2026-05-03T10:00:00Z",
        "DTSTART:20260328T090000,DURATION:P1D | 2026-03-29T07:00:00Z",
        "DTSTART;VALUE=DATE:20260328 | 2026-03-28T23:00:00Z",
        "DTSTART;VALUE=DATE:20260328,DTEND;VALUE=DATE:20260328 | 2026-03-28T23:00:00Z",
        "DTSTART;VALUE=DATE:20260328,DTEND;VALUE=DATE:20260330 | 2026-03-29T22:00:00Z",
        "DTSTART;VALUE=DATE:20260328,DURATION:P2D | 2026-03-29T22:00:00Z"
      })
  void endsOfEveryKind(String lines, String instant) {
    assertThat(only(read(calendar(event(lines.split(","))))).endsAt()).isEqualTo(instant);
  }

  @Test
  void eventsWithoutLengthOrWithANegativeOneHaveNoEnd() {
    assertThat(only(read(calendar(event("DTSTART:20260502T090000Z")))).endsAt()).isNull();
    Agenda agenda = read(calendar(event("DTSTART:20260502T090000Z", "DTEND:20260502T080000Z")));
    assertThat(only(agenda).endsAt()).isNull();
    assertThat(agenda.warnings()).hasSize(1);
  }

  @Test
  void linesFoldedInTheMiddleOfACharacterAreUnfolded() {
    byte[] name = "SUMMARY:Größe 😀\\, und\\nmehr\\; ja".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream folded = new ByteArrayOutputStream();
    folded.writeBytes("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n".getBytes(StandardCharsets.UTF_8));
    for (byte b : name) {
      folded.write(b);
      folded.writeBytes("\r\n ".getBytes(StandardCharsets.UTF_8));
    }
    folded.writeBytes("\r\nEND:VEVENT\r\nEND:VCALENDAR".getBytes(StandardCharsets.UTF_8));
    assertThat(only(read(folded.toByteArray())).title()).isEqualTo("Größe 😀, und mehr; ja");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n"})
  void everyLineEndIsRead(String end) {
    String text = calendar(event("DTSTART:20260502T090000Z", "LOCATION:Long", "  name"));
    assertThat(only(read(text.replace("\r\n", end))).room()).isEqualTo("Long name");
  }

  @Test
  void aLineBreakThatWasNotEscapedContinuesTheDescription() {
    Agenda agenda =
        read(calendar(event("DTSTART:20260502T090000Z", "DESCRIPTION:One", "two three")));
    assertThat(only(agenda).abstractText()).isEqualTo("One\ntwo three");
    assertThat(agenda.warnings()).hasSize(1);
  }

  @Test
  void anIdFoldedWithoutTheSpaceIsWhole() {
    String text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a@linux\n-7\nEND:VEVENT\nEND:VCALENDAR";
    assertThat(only(read(text)).externalId()).isEqualTo("a@linux-7");
  }

  @Test
  void alarmsDoNotDisturbTheirEvent() {
    Item item =
        only(
            read(
                calendar(
                    event(
                        "BEGIN:VALARM",
                        "TRIGGER:-PT15M",
                        "DURATION:PT5M",
                        "DESCRIPTION:Alarm",
                        "END:VALARM",
                        "DTSTART:20260502T090000Z",
                        "DURATION:PT30M"))));
    assertThat(item.endsAt()).isEqualTo("2026-05-02T09:30:00Z");
    assertThat(item.abstractText()).isNull();
  }

  @Test
  void cancelledEventsAreLeftOutWithAWarning() {
    Agenda agenda = read(calendar(event("DTSTART:20260502T090000Z", "STATUS:CANCELLED")));
    assertThat(agenda.items()).isEmpty();
    assertThat(agenda.warnings())
        .extracting(Warning::message)
        .anyMatch(m -> m.contains("Cancelled"));
  }

  @Test
  void chairsSpeakAndCategoriesAreTracksAndAnAddressIsNoRoom() {
    Item item =
        only(
            read(
                calendar(
                    event(
                        "DTSTART:20260502T090000Z",
                        "ATTENDEE;ROLE=CHAIR;CN=\"Lee, Ann\":mailto:a@example.org",
                        "ATTENDEE;CN=Guest:mailto:b@example.org",
                        "CATEGORIES:Heart,Lung\\, too",
                        "CATEGORIES:Rhythm",
                        "LOCATION:https://example.org/room/1"))));
    assertThat(item.speakers()).containsExactly("Lee, Ann");
    assertThat(item.track()).isEqualTo("Heart, Lung, too, Rhythm");
    assertThat(item.room()).isNull();
    assertThat(item.url()).isEqualTo("https://example.org/room/1");
  }

  @Test
  void dailyRepetitionKeepsTheTimeOfDayThroughTheChangeOfClocks() {
    Agenda agenda =
        read(
            calendar(
                event(
                    "DTSTART;TZID=Europe/Berlin:20260328T090000",
                    "DURATION:PT1H",
                    "RRULE:FREQ=DAILY;COUNT=3")));
    assertThat(agenda.items())
        .extracting(item -> item.startsAt().toString())
        .containsExactly("2026-03-28T08:00:00Z", "2026-03-29T07:00:00Z", "2026-03-30T07:00:00Z");
    assertThat(agenda.items())
        .extracting(Item::externalId)
        .containsExactly("u1/20260328T080000Z", "u1/20260329T070000Z", "u1/20260330T070000Z");
    assertThat(agenda.items().getLast().endsAt()).isEqualTo("2026-03-30T08:00:00Z");
  }

  @Test
  void anEndInUtcIsComparedWithTheInstantOfTheOccurrence() {
    String[] lines = {
      "DTSTART;TZID=Europe/Berlin:20260328T090000", "RRULE:FREQ=DAILY;UNTIL=20260330T070000Z"
    };
    assertThat(read(calendar(event(lines))).items()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FREQ=WEEKLY;COUNT=3 | 2,9,16",
        "FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20260513T235959Z | 2,4,6,11,13",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU;COUNT=4;WKST=MO | 2,3,16,17",
        "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;COUNT=4 | 2,4,5,6",
        "FREQ=DAILY;UNTIL=20260504 | 2,3,4",
        "FREQ=DAILY;UNTIL=20260504T070000Z | 2,3,4",
        "FREQ=DAILY;UNTIL=20260504T065959Z | 2,3",
        "FREQ=DAILY;INTERVAL=3;COUNT=2 | 2,5",
        "FREQ=DAILY;COUNT=1 | 2"
      })
  void repetitionsAreExpanded(String rule, String days) {
    Agenda agenda = read(calendar(event("DTSTART:20260502T090000", "RRULE:" + rule)));
    assertThat(agenda.items())
        .extracting(
            item -> Integer.toString(item.startsAt().atZone(AgendaFiles.BERLIN).getDayOfMonth()))
        .containsExactly(days.split(","));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FREQ=DAILY",
        "FREQ=MONTHLY;COUNT=3",
        "FREQ=WEEKLY;BYDAY=1MO;COUNT=3",
        "FREQ=DAILY;COUNT=x",
        "FREQ=DAILY;INTERVAL=0;COUNT=2",
        "nonsense"
      })
  void otherRepetitionsGiveTheFirstAndAWarning(String rule) {
    Agenda agenda = read(calendar(event("DTSTART:20260502T090000Z", "RRULE:" + rule)));
    assertThat(only(agenda).startsAt()).isEqualTo("2026-05-02T09:00:00Z");
    assertThat(agenda.warnings()).hasSize(1);
  }

  @Test
  void repetitionsAreBounded() {
    Agenda agenda =
        read(calendar(event("DTSTART:20260502T090000Z", "RRULE:FREQ=DAILY;COUNT=100000")));
    assertThat(agenda.items()).hasSize(500);
    assertThat(agenda.warnings()).hasSize(1);
    String[] many = new String[11];
    Arrays.fill(many, event("DTSTART:20260502T090000Z", "RRULE:FREQ=DAILY;COUNT=500"));
    assertThat(refusal(calendar(many)).detail()).contains("5000");
  }

  @Test
  void exceptionsChangedAndCancelledOccurrencesAreFollowed() {
    Agenda agenda =
        read(
            calendar(
                event(
                    "DTSTART;TZID=Europe/Berlin:20260502T090000",
                    "RRULE:FREQ=DAILY;COUNT=4",
                    "EXDATE;TZID=Europe/Berlin:20260503T090000"),
                event(
                    "RECURRENCE-ID;TZID=Europe/Berlin:20260504T090000",
                    "DTSTART;TZID=Europe/Berlin:20260504T110000"),
                event(
                    "RECURRENCE-ID;TZID=Europe/Berlin:20260505T090000",
                    "DTSTART;TZID=Europe/Berlin:20260505T090000",
                    "STATUS:CANCELLED")));
    assertThat(agenda.items())
        .extracting(Item::externalId)
        .containsExactly("u1/20260502T070000Z", "u1/20260504T070000Z");
    assertThat(agenda.items().getLast().startsAt()).isEqualTo("2026-05-04T09:00:00Z");
  }

  @Test
  void aChangedOccurrenceWithoutItsSeriesIsASession() {
    Agenda agenda =
        read(calendar(event("RECURRENCE-ID:20260504T090000Z", "DTSTART:20260504T110000Z")));
    assertThat(only(agenda).externalId()).isEqualTo("u1/20260504T090000Z");
  }

  @Test
  void extraDatesAreOccurrences() {
    Agenda agenda =
        read(
            calendar(event("DTSTART:20260502T090000Z", "RDATE:20260509T090000Z,20260516T090000Z")));
    assertThat(agenda.items()).hasSize(3);
  }

  @Test
  void tasksAreNoSessionsAndAnEventWithoutAStartIsADraft() {
    Agenda agenda =
        read(calendar("BEGIN:VTODO", "SUMMARY:x", "END:VTODO", event("DESCRIPTION:no start")));
    assertThat(only(agenda).startsAt()).isNull();
    assertThat(agenda.warnings()).hasSize(2);
  }

  @Test
  void anUnreadableValueNamesEventPropertyAndLine() {
    Failure failure =
        refusal(calendar(event("DTSTART:20260502T090000Z"), event("DTSTART:2026-13-41")));
    assertThat(failure.status()).isEqualTo(422);
    assertThat(failure.detail()).contains("VEVENT 2, DTSTART (line 11)", "2026-13-41");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BEGIN:VCALENDAR~BEGIN:VEVENT~SUMMARY:a | inside VEVENT 1 (line 2)",
        "BEGIN:VCALENDAR~BEGIN:VEVENT~END:VCALENDAR | Line 3: END:VCALENDAR does not close VEVENT"
            + " 1",
        "BEGIN:VCALENDAR~BEGIN:VEVENT~garbage~END:VEVENT | Line 3 is no iCalendar property",
        "BEGIN:VCALENDAR~END:VCALENDAR~SUMMARY:x | Line 3",
        "BEGIN:VCALENDAR~BEGIN:VCALENDAR | Line 2"
      })
  void brokenStructureNamesTheLine(String lines, String place) {
    Failure failure = refusal(lines.replace("~", "\n"));
    assertThat(failure.status()).isEqualTo(400);
    assertThat(failure.detail()).contains(place);
  }

  @Test
  void bytesThatAreNotUtf8AreNamedEvenInFoldedLines() {
    byte[] body =
        ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:a\r\n b\r\n c\u00ff\r\n"
                + "END:VEVENT\r\nEND:VCALENDAR")
            .getBytes(StandardCharsets.ISO_8859_1);
    int offset = new String(body, StandardCharsets.ISO_8859_1).indexOf('\u00ff');
    assertThat(refusal(body, null, null).detail()).contains("Byte " + offset, "line 5");
  }

  @Test
  void aFileThatOnlyCallsItselfACalendarIsBroken() {
    Failure failure = refusal("hello".getBytes(StandardCharsets.UTF_8), "text/calendar", null);
    assertThat(failure.status()).isEqualTo(400);
  }
}
