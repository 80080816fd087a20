package plenary.chat;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import plenary.chat.Transcript.Entry;
import plenary.network.Gaps.Gap;
import plenary.web.page.Words;

/** A transcript to read: as a page that needs nothing beside it, or as Markdown. */
final class TranscriptPage {
  private static final String STYLE =
      "body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}"
          + "li{margin:.5rem 0;white-space:pre-wrap;overflow-wrap:anywhere}"
          + ".by{color:#555}.gap{border-inline-start:4px solid #b45309;padding-inline-start:1rem}";

  private final Transcript transcript;
  private final TranscriptWords words;
  private final boolean html;
  private final StringBuilder out = new StringBuilder();

  TranscriptPage(Transcript transcript, TranscriptWords words, boolean html) {
    this.transcript = transcript;
    this.words = words;
    this.html = html;
  }

  String write() {
    if (html) {
      out.append("<!doctype html>\n<html lang=\"")
          .append(words.language())
          .append("\" dir=\"")
          .append(Words.direction(words.language()))
          .append("\"><head><meta charset=\"utf-8\"><title>")
          .append(text(transcript.title()))
          .append("</title>\n<style>")
          .append(STYLE)
          .append("</style></head>\n<body>\n");
    }
    heading(1, transcript.title());
    paragraph(about());
    if (transcript.cut()) {
      paragraph(words.say("cut", "n", String.valueOf(ChatReports.ENTRIES_MAX)));
    }
    gaps();
    transcript.out().forEach(this::prompt);
    list(words.say("answers"), transcript.others("answer"));
    list(words.say("wall"), transcript.others("wall"));
    list(words.say("questions"), transcript.others("question"));
    if (html) {
      out.append("</body></html>\n");
    }
    return out.toString();
  }

  private String about() {
    StringBuilder about = new StringBuilder(transcript.meeting());
    if (transcript.hashtag() != null) {
      about.append(" · #").append(transcript.hashtag());
    }
    if (!transcript.guests().isEmpty()) {
      about
          .append(" · ")
          .append(words.say("with", "names", String.join(", ", transcript.guests())));
    }
    Instant first =
        transcript.out().stream().map(Prompt::outAt).findFirst().orElse(transcript.madeAt());
    String day =
        DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT)
            .format((first == null ? transcript.madeAt() : first).atZone(transcript.zone()));
    return about + " · " + day + ", " + transcript.zone();
  }

  private void gaps() {
    if (transcript.gaps().isEmpty()) {
      return;
    }
    heading(2, words.say("gaps"));
    for (Gap gap : transcript.gaps()) {
      String line =
          "%s–%s, %s: %s"
              .formatted(
                  TranscriptFormat.clock(transcript, gap.since()),
                  TranscriptFormat.clock(transcript, gap.until()),
                  Outlets.name(gap.network()),
                  gap.why());
      out.append(
          html ? "<p class=\"gap\">" + text(line) + "</p>\n" : "> " + markdown(line) + "\n\n");
    }
  }

  private void prompt(Prompt prompt) {
    String label = prompt.number() == null ? "" : "Q" + prompt.number() + " · ";
    Instant at = prompt.outAt() == null ? transcript.madeAt() : prompt.outAt();
    heading(2, label + TranscriptFormat.clock(transcript, at));
    paragraph(prompt.text());
    for (Posting posting : transcript.posted(prompt)) {
      link(Outlets.name(posting.network()), posting.url());
    }
    entries(transcript.answers(prompt));
  }

  private void list(String title, List<Entry> entries) {
    if (!entries.isEmpty()) {
      heading(2, title);
      entries(entries);
    }
  }

  private void entries(List<Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    out.append(html ? "<ul>\n" : "");
    for (Entry entry : entries) {
      String by =
          TranscriptFormat.clock(transcript, entry.at())
              + (entry.author() == null ? "" : " " + entry.author())
              + " ("
              + words.source(entry.source())
              + (entry.isGuessed() ? ", " + words.say("guessed") : "")
              + ")"
              + (entry.votes() > 0 ? " +" + entry.votes() : "");
      String said = entry.text() == null ? words.say("withheld") : entry.text();
      if (html) {
        out.append("<li><span class=\"by\">")
            .append(text(by))
            .append("</span> <span dir=\"auto\">")
            .append(text(said))
            .append("</span>");
        link(words.say("post"), entry.url());
        out.append("</li>\n");
      } else {
        out.append("- **").append(markdown(by)).append("** ").append(markdown(said)).append(' ');
        link(words.say("post"), entry.url());
      }
    }
    out.append(html ? "</ul>\n" : "\n");
  }

  private void heading(int level, String title) {
    out.append(
        html
            ? "<h%d>%s</h%d>\n".formatted(level, text(title), level)
            : "#".repeat(level) + " " + markdown(title) + "\n\n");
  }

  private void paragraph(String words) {
    out.append(html ? "<p dir=\"auto\">" + text(words) + "</p>\n" : markdown(words) + "\n\n");
  }

  /** A link, where it leads to a web page. */
  private void link(String name, @Nullable String url) {
    if (url == null || !url.startsWith("https://") || url.chars().anyMatch(c -> c <= ' ')) {
      out.append(html ? "" : "\n");
      return;
    }
    out.append(
        html
            ? " <a rel=\"noopener nofollow\" href=\"" + text(url) + "\">" + text(name) + "</a>"
            : "[" + name + "](<" + url.replace(">", "%3E").replace("<", "%3C") + ">)\n");
  }

  private static String text(String raw) {
    return raw.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** Text in which nothing means anything, on one line. */
  private static String markdown(String raw) {
    return raw.replaceAll("([\\\\`*_{}\\[\\]()#+!|<>~&-])", "\\\\$1")
        .replaceAll("\\s*\\R\\s*", " ");
  }
}
