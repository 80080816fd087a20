package plenary.meeting.agenda;

import static org.assertj.core.api.Assertions.assertThat;
import static plenary.meeting.agenda.AgendaFiles.only;
import static plenary.meeting.agenda.AgendaFiles.read;
import static plenary.meeting.agenda.AgendaFiles.refusal;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import plenary.problem.Failure;

class ScheduleJsonTest {
  private static String schedule(String rooms) {
    return """
    {"schedule": {"base_url": "https://example.org/2026/", "conference": {"title": "C",
      "day_change": "04:00", "days": [{"index": 1, "date": "2026-03-28",
      "day_start": "2026-03-28T09:00:00+01:00", "day_end": "2026-03-29T06:00:00+02:00",
      "rooms": %s}]}}}\
    """
        .formatted(rooms);
  }

  private static String event(String members) {
    return schedule("{\"Curie\": [{\"title\": \"T\", " + members + "}]}");
  }

  @ParameterizedTest
  @CsvSource({
    "00:30, 30",
    "24:00, 1440",
    "1:30:00, 90",
    "1:06:30, 1830",
    "2:00:00, 2880",
    "90, 90",
    "PT45M, 45",
    "PT1H30M, 90",
    "P1D, 1440",
    "100:00, 6000",
    "0:05, 5",
    "45 min, 45"
  })
  void durationsOfManyForms(String written, int minutes) {
    Item item =
        only(
            read(
                event(
                    "\"date\": \"2026-03-28T11:00:00+01:00\", \"duration\": \"" + written + "\"")));
    assertThat(Duration.between(item.startsAt(), item.endsAt())).hasMinutes(minutes);
  }

  @Test
  void aNumberIsADurationInMinutes() {
    Item item = only(read(event("\"date\": \"2026-03-28T11:00:00+01:00\", \"duration\": 90")));
    assertThat(item.endsAt()).isEqualTo("2026-03-28T11:30:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-00:30", "00:00", "-PT5M", "99999"})
  void aLengthThatCannotBeIsLeftOutWithAWarning(String written) {
    Agenda agenda =
        read(event("\"date\": \"2026-03-28T11:00:00+01:00\", \"duration\": \"" + written + "\""));
    if (written.equals("99999")) {
      assertThat(only(agenda).endsAt()).isNotNull();
    } else {
      assertThat(only(agenda).endsAt()).isNull();
      assertThat(agenda.warnings()).hasSize(1);
    }
  }

  @Test
  void anUnreadableDurationNamesItsPath() {
    Failure failure =
        refusal(
            schedule(
                "{\"A\": [], \"Curie\": [{\"title\": \"T\", \"date\":"
                    + " \"2026-03-28T11:00:00+01:00\"}, {\"title\": \"U\", \"date\":"
                    + " \"2026-03-28T11:00:00+01:00\", \"duration\": \"soon\"}]}"));
    assertThat(failure).isInstanceOf(Failure.Invalid.class);
    assertThat(failure.detail())
        .contains("$.schedule.conference.days[0].rooms.Curie[1].duration", "soon");
    assertThat(failure.members().toString()).contains("rooms.Curie[1].duration");
  }

  @Test
  void everyFaultIsToldAtOnceUpToTwenty() {
    StringBuilder events = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      events.append(i == 0 ? "" : ",").append("{\"title\": \"T\", \"date\": \"x\"}");
    }
    Failure failure = refusal(schedule("{\"A\": [" + events + "]}"));
    assertThat((List<?>) failure.members().get("errors")).hasSize(Programme.FAULTS_MAX);
  }

  @Test
  void aStartBeforeTheDayChangeIsOnTheNextDayAndCrossesToSummerTime() {
    Item item = only(read(event("\"start\": \"03:30\", \"duration\": \"00:30\"")));
    assertThat(item.startsAt()).isEqualTo("2026-03-29T01:30:00Z");
  }

  @Test
  void aLocalTimeTheClocksSkipIsTakenAfterTheChangeWithAWarning() {
    Agenda agenda = read(event("\"start\": \"02:30\", \"duration\": \"00:30\""));
    assertThat(only(agenda).startsAt()).isEqualTo("2026-03-29T01:30:00Z");
    assertThat(agenda.warnings()).extracting(Warning::message).anyMatch(m -> m.contains("skip"));
  }

  @Test
  void anOffsetBeforeTheChangeIsFollowedThroughIt() {
    Item item =
        only(read(event("\"date\": \"2026-03-29T01:30:00+01:00\", \"duration\": \"01:00\"")));
    assertThat(item.startsAt()).isEqualTo("2026-03-29T00:30:00Z");
    assertThat(item.endsAt()).isEqualTo("2026-03-29T01:30:00Z");
  }

  @Test
  void roomsMayBeAnArrayOfObjects() {
    Agenda agenda =
        read(
            schedule(
                "[{\"name\": \"Hall 1\", \"events\": [{\"title\": \"A\"}]},"
                    + " {\"name\": \"Hall 2\", \"events\": []}, null,"
                    + " {\"name\": \"Hall 3\", \"events\": null}]"));
    assertThat(only(agenda).room()).isEqualTo("Hall 1");
  }

  @Test
  void severalConferencesMayBeInAnArray() {
    Agenda agenda =
        read(
            """
            {"schedule": {"conference": [
              {"title": "One", "days": [{"date": "2026-05-02", "rooms": {"A": [{"title": "a"}]}}]},
              {"title": "Two", "days": [{"date": "2026-05-03", "rooms": {"B": [{"title": "b"}]}}]}
            ]}}\
            """);
    assertThat(agenda.items()).extracting(Item::title).containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "[]"})
  void aDayWithoutRoomsIsEmptyAndWarnedOf(String rooms) {
    Agenda agenda = read(schedule(rooms));
    assertThat(agenda.items()).isEmpty();
    assertThat(agenda.warnings()).contains(new Warning("file", "The file has no sessions."));
  }

  @Test
  void idsFallBackFromGuidToCodeToNumberToSlugToDigest() {
    Agenda agenda =
        read(
            schedule(
                """
                {"A": [{"title": "1", "guid": "g", "id": 1},
                       {"title": "2", "guid": null, "code": "ABC", "id": 2},
                       {"title": "3", "guid": "", "id": 3},
                       {"title": "4", "slug": "s"},
                       {"title": "5"}, {"title": "5"}]}\
                """));
    assertThat(agenda.items().subList(0, 4))
        .extracting(Item::externalId)
        .containsExactly("g", "ABC", "3", "s");
    String digest = agenda.items().get(4).externalId();
    assertThat(digest).startsWith("h-");
    assertThat(agenda.items().get(5).externalId()).isEqualTo(digest + "#2");
  }

  @Test
  void anIdThatComesTwiceKeepsBothSessionsAndWarns() {
    Agenda agenda =
        read(schedule("{\"A\": [{\"id\": 7, \"title\": \"a\"}, {\"id\": 7, \"title\": \"b\"}]}"));
    assertThat(agenda.items()).extracting(Item::externalId).containsExactly("7", "7#2");
    assertThat(agenda.warnings()).extracting(Warning::message).anyMatch(m -> m.contains("“7”"));
  }

  @Test
  void nullsAndWrongTypesWhereNothingIsNeededAreNoHindrance() {
    Item item =
        only(
            read(
                event(
                    "\"subtitle\": null, \"persons\": null, \"track\": null, \"language\": null,"
                        + " \"url\": null, \"abstract\": 5, \"room\": {\"name\": {\"en\":"
                        + " \"Hall\"}}, \"links\": \"x\", \"duration\": null, \"date\": null")));
    assertThat(item.room()).isEqualTo("Hall");
    assertThat(item.abstractText()).isEqualTo("5");
  }

  @Test
  void personsMayBeNamesOrObjects() {
    Item item =
        only(
            read(
                event(
                    "\"persons\": [\"Ann\", {\"name\": \"Bo\"}, {\"public_name\": \"Cy\"}, null,"
                        + " {\"id\": 1}, \"Ann\", \" \"]")));
    assertThat(item.speakers()).containsExactly("Ann", "Bo", "Cy");
  }

  @Test
  void relativeAddressesAreResolvedAndOthersThanWebAreDropped() {
    assertThat(only(read(event("\"url\": \"talk/X/\""))).url())
        .isEqualTo("https://example.org/2026/talk/X/");
    Agenda agenda = read(event("\"url\": \"javascript:alert(1)\""));
    assertThat(only(agenda).url()).isNull();
    assertThat(agenda.warnings()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.org/a b|c?x={1}, https://example.org/a%20b%7cc?x=%7b1%7d",
    "https://m\u00fcnchen.example/x, https://m\u00fcnchen.example/x",
    "HTTP://example.org, HTTP://example.org"
  })
  void addressesThatBrowsersTakeAreKept(String written, String url) {
    assertThat(only(read(event("\"url\": \"" + written + "\""))).url()).isEqualTo(url);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | en",
        "de, en | de, en",
        "Deutsch und Englisch | de, en",
        "DE/EN | de, en",
        "pt_BR | pt-BR",
        "de-formal | de-formal",
        "English only | en",
        "TBA |"
      })
  void languagesBecomeTags(String written, String tags) {
    assertThat(only(read(event("\"language\": \"" + written + "\""))).language()).isEqualTo(tags);
  }

  @Test
  void aSessionWithoutATitleIsKept() {
    Agenda agenda = read(schedule("{\"A\": [{\"title\": \"\\u200b \", \"guid\": \"g\"}]}"));
    assertThat(only(agenda).title()).isEqualTo("Untitled");
    assertThat(agenda.warnings()).hasSize(1);
  }

  @Test
  void controlsOverridesAndHalfSurrogatesAreTakenOut() {
    Item item =
        only(read(schedule("{\"A\": [{\"title\": \"a\\u0000b\\u202ec\\ud800d\\u0007\"}]}")));
    assertThat(item.title()).isEqualTo("abc\ufffdd");
  }

  @Test
  void aTitleTooLongIsShortenedAndKeptWholeInTheAbstract() {
    String title = "x".repeat(299) + "😀 end";
    Agenda agenda = read(schedule("{\"A\": [{\"title\": \"" + title + "\"}]}"));
    assertThat(only(agenda).title()).hasSize(300).endsWith("x…");
    assertThat(only(agenda).abstractText()).isEqualTo(title);
    assertThat(agenda.warnings()).hasSize(1);
  }

  @Test
  void anAbstractTooLongIsShortenedWithAWarning() {
    Agenda agenda = read(event("\"abstract\": \"" + "y ".repeat(15_000) + "\""));
    assertThat(only(agenda).abstractText()).hasSizeLessThanOrEqualTo(20_000).endsWith("…");
    assertThat(agenda.warnings()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"schedule\": {\"conference\": | line 1, column 28",
        "{\"a\": 1, \"a\": 2} | “a” is there twice",
        "{\"a\": 01} | line 1, column",
        "{\"a\": NaN} | line 1, column",
        "{} x | line 1, column",
        "{\"a\": \"\t\"} | line 1, column",
        "{'a': 1} | line 1, column"
      })
  void brokenJsonNamesLineAndColumn(String text, String place) {
    Failure failure = refusal(text);
    assertThat(failure).isInstanceOf(Failure.Malformed.class);
    assertThat(failure.detail()).contains(place);
  }

  @Test
  void nestingIsBounded() {
    Failure failure = refusal("[".repeat(100_000));
    assertThat(failure.status()).isEqualTo(400);
    assertThat(failure.detail()).contains("64", "line 1");
  }

  @Test
  void theNumberOfValuesIsBounded() {
    Failure failure = refusal("[" + "[],".repeat(1_100_000) + "[]]");
    assertThat(failure.status()).isEqualTo(422);
  }

  @Test
  void fiveThousandSessionsAreReadAndOneMoreIsRefused() {
    String event = "{\"title\": \"T\", \"guid\": null}";
    String most = (event + ",").repeat(4_999) + event;
    assertThat(read(schedule("{\"A\": [" + most + "]}")).items()).hasSize(5_000);
    Failure failure = refusal(schedule("{\"A\": [" + most + "," + event + "]}"));
    assertThat(failure.status()).isEqualTo(422);
    assertThat(failure.detail()).contains("5000", "rooms.A[5000]");
  }

  @Test
  void warningsAreBoundedAndTheRestIsCounted() {
    String events = "{\"title\": \"\"},".repeat(400) + "{\"title\": \"\"}";
    Agenda agenda = read(schedule("{\"A\": [" + events + "]}"));
    assertThat(agenda.items()).hasSize(401);
    assertThat(agenda.warnings()).hasSize(AgendaReader.WARNINGS_MAX - 1);
    assertThat(agenda.warnings().getLast().message()).isEqualTo("203 more warnings are not shown.");
  }

  @Test
  void aRoomThatTheListDoesNotHaveIsWarnedOf() {
    Agenda agenda =
        read(
            """
            {"schedule": {"conference": {"rooms": [{"name": "A"}], "days": [
              {"date": "2026-05-02", "rooms": {"A": [{"title": "a"}], "B": [{"title": "b"}]}}]}}}\
            """);
    assertThat(agenda.items()).hasSize(2);
    assertThat(agenda.warnings()).hasSize(1);
    assertThat(agenda.warnings().getFirst().message()).endsWith("B");
  }

  @Test
  void anUnknownZoneIsWarnedOfAndTheMeetingsIsTaken() {
    Agenda agenda =
        read(
            """
            {"schedule": {"conference": {"time_zone_name": "Mars/Olympus", "days": [
              {"date": "2026-05-02", "rooms": {"A": [{"title": "a", "start": "9:00"}]}}]}}}\
            """);
    assertThat(agenda.zone()).isNull();
    assertThat(only(agenda).startsAt()).isEqualTo("2026-05-02T07:00:00Z");
    assertThat(agenda.warnings()).hasSize(1);
  }
}
