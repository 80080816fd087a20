package plenary.meeting.agenda;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkupTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<p>One</p><p>Two</p> | One¶¶Two",
        "a<br>b<br/>c | a¶b¶c",
        "<b>bold</b> and <EM class='x'>em</EM> | bold and em",
        "<a href=\"https://x.org/?a>b\">link</a> | link",
        "x<!-- hidden <b> -->y | xy",
        "<style>p{}</style>x<script>if(a<b){}</script>y | xy",
        "<script>never closed | never closed",
        "AT&amp;T &lt; &auml;&#246;&#xfc; &euro; &hellip; | AT&T < äöü € …",
        "&unknown; & &; &amp | &unknown; & &; &amp",
        "a < b and c > d | a < b and c > d",
        "vector<T> and <iostream> | vector<T> and <iostream>",
        "<https://example.org> | <https://example.org>",
        "&lt;script&gt;alert(1)&lt;/script&gt; | ‹script›alert(1)‹/script›",
        "<scr<script>ipt> | <script>... ",
        "<my-widget onload=x>w</my-widget x=y> | w",
        "&amp;lt;b&amp;gt; | &lt;b&gt;",
        "<svg/onload=alert(1)>x | x",
        "<script\\x20type='text/javascript'>alert(1); | alert(1);",
        "<img src=x onerror=alert(1)> | "
      })
  void htmlBecomesText(String html, String text) {
    String block = PlainText.block(html);
    if (html.startsWith("<scr<")) {
      assertThat(block).doesNotContain("<script");
    } else {
      assertThat(block == null ? "" : block.replace("\n", "¶")).isEqualTo(text == null ? "" : text);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<",
        "<b ",
        "&",
        "&lt;",
        "&lt;b ",
        "<script>",
        "<!--",
        "<a ='",
        "<a =\"",
        "&lt;b&gt;"
      })
  void timeIsLinearInTheLength(String piece) {
    String html = piece.repeat(500_000 / piece.length());
    var threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    PlainText.block(html);
    assertThat(threads.getCurrentThreadCpuTime() - before).isLessThan(1_000_000_000L);
  }

  @Test
  void theTextOfTheTextIsTheText() {
    for (String html : new String[] {"&lt;b&gt;x&lt;/b&gt;", "<p>a</p>", "a <T> b", "x<y"}) {
      String once = PlainText.block(html);
      assertThat(PlainText.block(once)).isEqualTo(once);
    }
  }

  @Test
  void indentationOfTheFileIsTakenOut() {
    assertThat(PlainText.block("One\n      two\n        three\n\n\n\n      four \n"))
        .isEqualTo("One\ntwo\n  three\n\nfour");
  }
}
