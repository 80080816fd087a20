package plenary.network.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What remains of a post's HTML. */
class MarkupTest {
  @Test
  void paragraphsAndBreaksAreLineBreaks() {
    assertThat(text("<p>First</p><p>Second<br>line <br /> and third</p>"))
        .isEqualTo("First\n\nSecond\nline\nand third");
  }

  @Test
  void mentionsAndHashtagsAreText() {
    String html =
        "<p><span class=\"h-card\"><a href=\"https://mstdn.io/@person_a5e\" class=\"u-url"
            + " mention\">@<span>person_a5e</span></a></span> on <a"
            + " href=\"https://mastodon.social/tags/mastodon\" class=\"mention"
            + " hashtag\">#<span>Mastodon</span></a></p>";

    assertThat(Markup.of(html))
        .isEqualTo(new Markup("@person_a5e on #Mastodon", java.util.List.of()));
  }

  @Test
  void aShortenedLinkIsShownInFull() {
    String target = "https://takulog.info/20170420you-ming-gou/";
    Markup read =
        Markup.of(
            "<p>see <a href=\""
                + target
                + "\" rel=\"nofollow noopener\"><span class=\"invisible\">https://</span><span"
                + " class=\"ellipsis\">takulog.info/20170420you-ming-</span><span"
                + " class=\"invisible\">gou/</span></a></p>");

    assertThat(read.text()).isEqualTo("see " + target);
    assertThat(read.links()).containsExactly(target);
  }

  @Test
  void aLinkThatClaimsToLeadElsewhereShowsWhereItLeads() {
    Markup read = Markup.of("<a href=\"https://evil.example/x\">https://bank.example</a>");

    assertThat(read.text()).isEqualTo("https://bank.example (https://evil.example/x)");
    assertThat(read.links()).containsExactly("https://evil.example/x");
  }

  @Test
  void aLinkThatIsNoWebAddressIsText() {
    assertThat(Markup.of("<a href=\"javascript:alert(1)\">click</a> <a href=x>y</a>"))
        .isEqualTo(new Markup("click y", java.util.List.of()));
  }

  @Test
  void nothingThatRunsRemains() {
    assertThat(
            text(
                "<p onclick=x>a<script>alert(1)</script><style>p{}</style><iframe src=x></iframe>"
                    + "<img src=x onerror=y>b</p><!-- c --><svg><script>d</script></svg>"))
        .isEqualTo("ab");
  }

  @Test
  void entitiesAreReadOnceAndNeverAsMarkup() {
    assertThat(text("<p>it&#39;s &lt;b&gt;bold&lt;/b&gt; &amp;lt; &nbsp;&#x1F600;</p>"))
        .isEqualTo("it's <b>bold</b> &lt; \u00a0\ud83d\ude00");
  }

  @Test
  void whatTurnsTheReadingDirectionIsLeftOut() {
    assertThat(text("<p>a\u202eb\u2066c\u0000d\u200df</p>"))
        .isEqualTo("abc\ufffdd\u200df".replace("\ufffd", ""));
  }

  @Test
  void unclosedTagsAreClosed() {
    assertThat(text("<p>one<p>two<a href=\"https://a.example\">three<b>four"))
        .isEqualTo("one\n\ntwothreefour (https://a.example)");
  }

  @Test
  void listsCodeAndCustomEmojiStayReadable() {
    assertThat(
            text(
                "<ul><li>a</li><li>b</li></ul><pre><code>x\n  y</code></pre>:pineapple: <img"
                    + " class=\"emoji\" alt=\":bird:\">"))
        .isEqualTo("- a\n- b\n\nx\n  y\n\n:pineapple: :bird:");
  }

  @Test
  void textWithoutMarkupStaysAsItIs() {
    assertThat(text("Test Status")).isEqualTo("Test Status");
    assertThat(text("")).isEmpty();
  }

  @Test
  @Timeout(20)
  void hugeAndDeepMarkupIsReadInTime() {
    String deep = "<div><b><a href='https://x.example/'>".repeat(30_000);
    String wide = "<p>word</p>".repeat(100_000);
    long before = System.nanoTime();

    Markup.of(deep);
    Markup read = Markup.of(wide);

    assertThat(read.text()).startsWith("word\n\nword").hasSizeLessThan(Markup.HTML_MAX);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
  }

  private static String text(String html) {
    return Markup.of(html).text();
  }
}
