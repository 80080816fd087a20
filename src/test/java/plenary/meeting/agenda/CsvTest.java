package plenary.meeting.agenda;

import static org.assertj.core.api.Assertions.assertThat;
import static plenary.meeting.agenda.AgendaFiles.only;
import static plenary.meeting.agenda.AgendaFiles.read;
import static plenary.meeting.agenda.AgendaFiles.refusal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import plenary.problem.Failure;

class CsvTest {
  @Test
  void theExampleOfTheDocumentationIsRead() throws IOException {
    String page = Files.readString(Path.of("docs", "agenda-formats.md"));
    int from = page.indexOf("```csv\n") + 7;
    Agenda agenda = read(page.substring(from, page.indexOf("```", from)));
    assertThat(agenda.warnings()).isEmpty();
    assertThat(agenda.items())
        .extracting(Item::title)
        .containsExactly("Atrial fibrillation, again", "Coffee", "To be scheduled");
    assertThat(agenda.items().getFirst().speakers()).containsExactly("Ann Lee", "Bo Ek");
  }

  @Test
  void exportsOfConferenceToolsAreRead() {
    String row = "S1,A,Long text,Short text,Hall,Centre,2026-05-02 09:00,30,Ann Lee\n";
    Agenda agenda =
        read(
            "Session Id,Title,Description,Abstract,Room,Venue,Scheduled At,Scheduled Duration,"
                + "Speakers\n"
                + row);
    assertThat(only(agenda).externalId()).isEqualTo("S1");
    assertThat(only(agenda).abstractText()).isEqualTo("Short text\n\nLong text");
    assertThat(only(agenda).room()).isEqualTo("Hall");
    assertThat(only(agenda).endsAt()).isEqualTo("2026-05-02T07:30:00Z");
  }

  @Test
  void everyDocumentedColumnIsRead() {
    Item item =
        only(
            read(
                """
                id,title,start,end,room,track,speakers,abstract,language,url
                7,"A, B","2026-05-02 09:00",2026-05-02 09:30,Hall 1,Heart,Ann Lee; Bo Ek,"One
                Two",English,https://example.org/7
                """));
    assertThat(item)
        .isEqualTo(
            new Item(
                "7",
                "A, B",
                "One\nTwo",
                List.of("Ann Lee", "Bo Ek"),
                "Hall 1",
                "Heart",
                "en",
                Instant.parse("2026-05-02T07:00:00Z"),
                Instant.parse("2026-05-02T07:30:00Z"),
                "https://example.org/7"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Titel;Datum;Uhrzeit;Dauer;Raum;Referenten\nA;02.05.2026;9:00;90;Saal;Ann Lee",
        "Titel;Beginn;Ende;Raum;Referent/in\nA;02.05.2026 09:00;02.05.2026 10:30;Saal;Ann Lee",
        "Talk Title\tStart Date\tStart Time\tEnd Time\tLocation\tSpeaker 1\n"
            + "A\t2. Mai 2026\t9 Uhr\t10.30 Uhr\tSaal\tAnn Lee",
        "Subject,Start Date,Start Time,End Date,End Time,Location,Presenter\n"
            + "A,05/02/2026,9:00 AM,05/02/2026,10:30 AM,Saal,Ann Lee",
        "sep=;\n"
            + "TITLE;date;time;Duration (min);room;authors\n"
            + "A;2026-05-02;09:00 - 10:30;;Saal;Ann Lee",
        "\ufefftitle,start,duration,room,speaker\nA,2026-05-02T09:00:00+02:00,1:30,Saal,Ann Lee",
        "title,start,length,room,speaker\r\n"
            + "A,\"Saturday, May 2nd, 2026 at 9:00am\",PT1H30M,Saal,Ann Lee",
        "title,date,time,end,room,speaker\n\nA,2 May 2026,9am,10:30,Saal,Ann Lee\n,,,,,\n",
        "title,start,end,time zone,room,speaker\n"
            + "A,2026-05-02 08:00,2026-05-02 09:30,Europe/London,Saal,Ann Lee"
      })
  void spreadsheetsOfManyHabitsGiveTheSameSession(String text) {
    Item item = only(read(text));
    assertThat(item.title()).isEqualTo("A");
    assertThat(item.startsAt()).isEqualTo("2026-05-02T07:00:00Z");
    assertThat(item.endsAt()).isEqualTo("2026-05-02T08:30:00Z");
    assertThat(item.room()).isEqualTo("Saal");
    assertThat(item.speakers()).containsExactly("Ann Lee");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "13/05/2026 09:00 | 2026-05-13",
        "05/13/2026 09:00 | 2026-05-13",
        "23rd June 2020 9:00 | 2020-06-23",
        "1st of July 2020 9:00 | 2020-07-01",
        "Di, 5. Mai 2026 9:00 | 2026-05-05",
        "5-May-2026 9:00 | 2026-05-05",
        "2026/05/05 9:00 | 2026-05-05",
        "05.05.26 9:00 | 2026-05-05",
        "5 mai 2026 9h00 | 2026-05-05",
        "9:00 5 May 2026 | 2026-05-05"
      })
  void datesOfManyForms(String written, String date) {
    Item item = only(read("title,start,room\nA,\"" + written + "\",x"));
    assertThat(item.startsAt()).isEqualTo(date + "T07:00:00Z");
  }

  @Test
  void slashedDatesAreReadAlikeInTheWholeFile() {
    Agenda agenda = read("title,date,time\nA,04/05/2026,9:00\nB,05/13/2026,9:00");
    assertThat(agenda.items().getFirst().startsAt()).isEqualTo("2026-04-05T07:00:00Z");
    assertThat(agenda.warnings()).isEmpty();
  }

  @Test
  void slashedDatesThatNothingDecidesAreWarnedOf() {
    Agenda agenda = read("title,date,time\nA,04/05/2026,9:00");
    assertThat(only(agenda).startsAt()).isEqualTo("2026-05-04T07:00:00Z");
    assertThat(agenda.warnings()).hasSize(1);
  }

  @Test
  void anEndBeforeTheStartIsOnTheNextDay() {
    Item item = only(read("title,date,start,end\nParty,2026-05-02,22:00,01:00"));
    assertThat(item.startsAt()).isEqualTo("2026-05-02T20:00:00Z");
    assertThat(item.endsAt()).isEqualTo("2026-05-02T23:00:00Z");
  }

  @Test
  void placeholdersAndMissingTimesGiveDrafts() {
    Agenda agenda =
        read("title,date,time,duration\nA,TBA,,\nB,2026-05-02,tbd,45\nC,,09:00,\nD,,,n/a\nE");
    assertThat(agenda.items()).hasSize(5).allMatch(item -> item.startsAt() == null);
    assertThat(agenda.warnings()).extracting(Warning::place).containsExactly("line 4", "line 3");
  }

  @Test
  void anUnreadableDateNamesLineAndColumn() {
    Failure failure = refusal("title,Datum,Zeit\nA,2026-05-02,9:00\n\nB,31.02.2026,9:00");
    assertThat(failure.status()).isEqualTo(422);
    assertThat(failure.detail()).contains("line 4, column Datum", "31.02.2026");
  }

  @Test
  void aDayColumnThatIsNoDateIsOnlyWarnedOf() {
    Agenda agenda = read("title,day,time\nA,Day 1,9:00");
    assertThat(only(agenda).startsAt()).isNull();
    assertThat(agenda.warnings()).extracting(Warning::place).contains("line 2, column day");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Ann Lee; Bo Ek | Ann Lee;Bo Ek",
        "Ann Lee, Bo Ek | Ann Lee;Bo Ek",
        "Ann Lee and Bo Ek | Ann Lee;Bo Ek",
        "Ann Lee & Bo Ek | Ann Lee;Bo Ek",
        "Smith, John | Smith, John",
        "Ann Lee, MD, Bo Ek, PhD | Ann Lee, MD;Bo Ek, PhD",
        "Simon and Garfunkel | Simon and Garfunkel"
      })
  void speakersAreSplitOnlyWhereTheyAreSeveral(String cell, String names) {
    Item item = only(read("title,speakers\nA,\"" + cell + "\""));
    assertThat(item.speakers()).containsExactly(names.split(";"));
  }

  @Test
  void severalSpeakerColumnsAreJoined() {
    Item item = only(read("title,Speaker 1,Speaker 2,Speaker 3\nA,Ann,,Bo"));
    assertThat(item.speakers()).containsExactly("Ann", "Bo");
  }

  @Test
  void nameIsTheTitleWhenThereIsNoOther() {
    assertThat(only(read("Name,Room\nA,x")).title()).isEqualTo("A");
    Item item = only(read("Thema;Name\nHerz;Ann"));
    assertThat(item.title()).isEqualTo("Ann");
    assertThat(item.track()).isEqualTo("Herz");
  }

  @Test
  void idsAreStableWhenTimesAndRoomsChange() {
    String before = "title,speakers,start,room\nA,Ann,2026-05-02 9:00,x\nA,Ann,2026-05-03 9:00,x";
    String after = "title,speakers,start,room\na,Ann,2026-05-04 9:00,y\nA,Ann,2026-05-05 9:00,y";
    assertThat(read(after).items())
        .extracting(Item::externalId)
        .isEqualTo(read(before).items().stream().map(Item::externalId).toList())
        .doesNotHaveDuplicates();
  }

  @Test
  void moreCellsThanTheHeaderAreWarnedOf() {
    Agenda agenda = read("title,room\nA,x,extra\nB,x,,\n");
    assertThat(agenda.items()).hasSize(2);
    assertThat(agenda.warnings()).hasSize(1);
  }

  @Test
  void htmlInCellsBecomesText() {
    Item item = only(read("title,abstract\nA,\"<p>x</p><script>y</script><img src=x onerror=z>\""));
    assertThat(item.abstractText()).isEqualTo("x");
  }

  @Test
  void anOpenQuoteNamesItsLine() {
    Failure failure = refusal("title,room\nA,x\nB,\"y\nC,z\n");
    assertThat(failure.status()).isEqualTo(400);
    assertThat(failure.detail()).containsPattern("line \\d");
  }

  @Test
  void aHeaderWithoutATitleIsRefusedWhenTheFileSaysItIsCsv() {
    Failure failure = refusal("a,b\n1,2".getBytes(StandardCharsets.UTF_8), "text/csv", null);
    assertThat(failure.status()).isEqualTo(422);
    assertThat(failure.detail()).contains("Line 1", "title");
    assertThat(refusal("a,b\n1,2").status()).isEqualTo(415);
  }

  @Test
  void aHeaderAloneIsAnEmptyAgenda() {
    assertThat(read("title,start\n").items()).isEmpty();
  }

  @Test
  void moreRowsThanTheLimitAreRefused() {
    assertThat(read("title,room\n" + "A,x\n".repeat(5_000)).items()).hasSize(5_000);
    assertThat(refusal("title,room\n" + "A,x\n".repeat(5_001)).detail()).contains("line 5002");
  }

  @Test
  void rowsThatDifferInWhoSpeaksAloneAreOneSession() {
    Agenda agenda =
        read(
            """
            title,date,room,speaker
            Panel,2026-05-02 09:00,Hall,Ann Lee
            Keynote,2026-05-02 09:00,Hall,Ann Lee
            Panel,2026-05-02 09:00,Hall,Bo Ek
            Panel,2026-05-02 09:00,Lounge,Cy Young
            Panel,2026-05-03 09:00,Hall,Di Roth
            Panel,2026-05-02 09:00,Hall,Ann Lee
            """);
    assertThat(agenda.items())
        .extracting(item -> item.title() + " " + item.speakers())
        .containsExactly(
            "Panel [Ann Lee, Bo Ek]", "Keynote [Ann Lee]", "Panel [Cy Young]", "Panel [Di Roth]");
  }

  @Test
  void rowsWithIdsOfTheirOwnOrWithoutATimeStayApart() {
    assertThat(
            read("""
            id,title,date,speaker
            1,Panel,2026-05-02 09:00,Ann Lee
            2,Panel,2026-05-02 09:00,Bo Ek
            """)
                .items())
        .hasSize(2);
    assertThat(read("title,speaker\nPoster,Ann Lee\nPoster,Bo Ek\n").items()).hasSize(2);
  }
}
