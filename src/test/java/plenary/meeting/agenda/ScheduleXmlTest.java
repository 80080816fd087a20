package plenary.meeting.agenda;

import static org.assertj.core.api.Assertions.assertThat;
import static plenary.meeting.agenda.AgendaFiles.only;
import static plenary.meeting.agenda.AgendaFiles.read;
import static plenary.meeting.agenda.AgendaFiles.refusal;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plenary.problem.Failure;

class ScheduleXmlTest {
  private static String schedule(String events) {
    return """
    <schedule><conference><title>C</title><day_change>09:00:00</day_change></conference>
    <day index="1" date="2026-10-24"><room name="Janson">
    %s
    </room></day></schedule>\
    """
        .formatted(events);
  }

  @Test
  void timesBeforeTheDayChangeBelongToTheNextCalendarDay() {
    Agenda agenda =
        read(
            schedule(
                "<event"
                    + " id='1'><start>09:00</start><duration>00:30</duration><title>a</title></event><event"
                    + " id='2'><start>08:59</start><title>b</title></event><event"
                    + " id='3'><start>24:00</start><title>c</title></event>"));
    assertThat(agenda.items())
        .extracting(item -> item.startsAt().toString())
        .containsExactly("2026-10-24T07:00:00Z", "2026-10-25T07:59:00Z", "2026-10-24T22:00:00Z");
    assertThat(agenda.items().getFirst().room()).isEqualTo("Janson");
  }

  @Test
  void aLengthAcrossTheEndOfSummerTimeIsElapsedTime() {
    Item item =
        only(
            read(
                schedule(
                    "<event id='1'><start>01:30</start><duration>02:00</duration>"
                        + "<title>a</title></event>")));
    assertThat(item.startsAt()).isEqualTo("2026-10-24T23:30:00Z");
    assertThat(item.endsAt()).isEqualTo("2026-10-25T01:30:00Z");
  }

  @Test
  void escapedAndUnescapedHtmlBecomePlainText() {
    Agenda agenda =
        read(
            schedule(
                "<event id='1'><title>A &amp;amp;"
                    + " B</title><abstract>&lt;p&gt;One&lt;/p&gt;&lt;ul&gt;"
                    + "&lt;li&gt;x&lt;/li&gt;&lt;/ul&gt;&lt;script&gt;bad()&lt;/script&gt;</abstract>"
                    + "<description><p>Two</p><p>Three</p></description></event><event"
                    + " id='2'><title><![CDATA[<b>Bold</b>]]></title></event>"));
    assertThat(agenda.items().getFirst().title()).isEqualTo("A & B");
    assertThat(agenda.items().getFirst().abstractText()).isEqualTo("One\n\n• x\n\nTwo\nThree");
    assertThat(agenda.items().get(1).title()).isEqualTo("Bold");
  }

  @Test
  void personsAreTextsOrAttributes() {
    Item item =
        only(
            read(
                schedule(
                    "<event><title>a</title><persons><person id='1'>Ann</person>"
                        + "<person public_name='Bo'/><person/></persons></event>")));
    assertThat(item.speakers()).containsExactly("Ann", "Bo");
  }

  @Test
  void eventsOutsideOfRoomsAndDaysWithoutEventsAreNoHindrance() {
    Agenda agenda =
        read(
            "<schedule><day/><day date='2026-05-02'><room name='A'/><event><title>a</title>"
                + "<start>10:00</start></event></day></schedule>");
    assertThat(only(agenda).room()).isNull();
    assertThat(only(agenda).startsAt()).isEqualTo("2026-05-02T08:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO-8859-1", "windows-1252", "ISO-8859-15", "UTF-16", "UTF-8"})
  void theDeclaredEncodingIsFollowed(String encoding) {
    String xml =
        "<?xml version=\"1.0\" encoding=\""
            + encoding
            + "\"?>\n"
            + schedule("<event id='1'><title>Größe – naïve</title></event>")
                .replace("–", encoding.startsWith("ISO") ? "-" : "–");
    assertThat(only(read(xml.getBytes(Charset.forName(encoding)))).title()).startsWith("Größe");
  }

  @Test
  void anUnknownEncodingAndWrongBytesAreNamed() {
    assertThat(refusal("<?xml version='1.0' encoding='EBCDIC-X'?><schedule/>").detail())
        .contains("ebcdic-x");
    byte[] latin =
        schedule("<event><title>Größe</title></event>").getBytes(StandardCharsets.ISO_8859_1);
    Failure failure = refusal(latin, null, null);
    assertThat(failure.status()).isEqualTo(400);
    int offset = new String(latin, StandardCharsets.ISO_8859_1).indexOf('ö');
    assertThat(failure.detail()).contains("Byte " + offset, "line 3", "UTF-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE schedule SYSTEM \"file:///etc/passwd\"><schedule/>",
        "<!DOCTYPE schedule [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><schedule><day><event>"
            + "<title>&x;</title></event></day></schedule>",
        "<!DOCTYPE s [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
            + "<!ENTITY c \"&b;&b;&b;&b;&b;&b;\">]><schedule>&c;</schedule>",
        "<schedule><day>&unknown;</day></schedule>"
      })
  void documentTypesAndEntitiesAreRefused(String xml) {
    Failure failure = refusal(xml);
    assertThat(failure.status()).isEqualTo(400);
    assertThat(failure.detail()).contains("line 1");
  }

  @Test
  void aDocumentTypeThatTheParserItselfFailsOnIsRefused() {
    Failure failure = refusal("<!DOCTYPE x [<!ENTITY y \u0018SYSTEM \"file:///x\">]><schedule/>");
    assertThat(failure.status()).isEqualTo(400);
    assertThat(failure.detail()).contains("document type");
  }

  @Test
  void aLargeFileMayHaveAnyNumberOfPredefinedEntities() {
    String event =
        "<event><title>A &amp; B</title><abstract>"
            + "&lt;p&gt;x&lt;/p&gt;".repeat(20)
            + "</abstract></event>";
    assertThat(read(schedule(event.repeat(3_000))).items()).hasSize(3_000);
  }

  @Test
  void nestingIsBounded() {
    Failure failure = refusal("<schedule>" + "<day>".repeat(100_000));
    assertThat(failure.status()).isEqualTo(400);
    assertThat(failure.detail()).contains("line 1, column");
  }

  @Test
  void brokenXmlNamesLineAndColumn() {
    Failure failure = refusal("<schedule>\n<day>\n</room>\n</schedule>");
    assertThat(failure.status()).isEqualTo(400);
    assertThat(failure.detail()).contains("line 3");
  }

  @Test
  void anUnreadableTimeNamesTheEventsLine() {
    Failure failure =
        refusal(schedule("<event id='1'><title>a</title><start>25:99</start></event>"));
    assertThat(failure.status()).isEqualTo(422);
    assertThat(failure.detail()).contains("line 3, start", "25:99");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<rss><channel/></rss>", "<!doctype html><html></html>", "<html><body/></html>"})
  void otherXmlIsUnsupported(String xml) {
    assertThat(refusal(xml)).isInstanceOf(Failure.Unsupported.class);
  }
}
