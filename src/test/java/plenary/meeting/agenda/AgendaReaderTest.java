package plenary.meeting.agenda;

import static org.assertj.core.api.Assertions.assertThat;
import static plenary.meeting.agenda.AgendaFiles.refusal;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import plenary.problem.Failure;

class AgendaReaderTest {
  @ParameterizedTest
  @ValueSource(strings = {"", " \n\t ", "\ufeff", "\ufeff \r\n"})
  void anEmptyFileIsBroken(String text) {
    assertThat(refusal(text).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "title: x\nitems:\n  - a\n",
        "---\ntitle: x, start\n",
        "%PDF-1.7 x",
        "PK\u0003\u0004xxxx",
        "\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000e\u000f\u0010 binary",
        "Dear all, the title of my talk is attached.\nBest, Ann",
        "# Programme\n\n| title | start |\n",
        "42",
        "\"text\""
      })
  void otherKindsAreUnsupportedNamingWhatIsRead(String text) {
    Failure failure = refusal(text);
    assertThat(failure).isInstanceOf(Failure.Unsupported.class);
    assertThat(failure.detail()).endsWith(AgendaReader.SUPPORTED);
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, hello",
    "application/xml, hello",
    "text/xml;charset=utf-8, hello",
    "text/calendar, hello"
  })
  void aFileThatIsNotWhatItSaysIsBrokenInItsFirstLine(String type, String text) {
    Failure failure = refusal(text.getBytes(StandardCharsets.UTF_8), type, null);
    assertThat(failure.status()).isEqualTo(400);
    assertThat(failure.detail()).containsIgnoringCase("line 1");
  }

  @Test
  void bytesThatAreNotUtf8AreNamed() {
    byte[] body = "title,room\nGr\u00f6\u00dfe,x".getBytes(StandardCharsets.ISO_8859_1);
    Failure failure = refusal(body, "text/csv", null);
    assertThat(failure.status()).isEqualTo(400);
    assertThat(failure.detail()).contains("Byte 13 (line 2)");
  }
}
