package plenary.chat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import plenary.chat.Transcript.Entry;
import plenary.database.Times;
import plenary.network.Gaps.Gap;
import plenary.report.Sheet;

/** The forms in which a transcript is taken away. Texts of people are text in all of them. */
enum TranscriptFormat {
  HTML("text/html; charset=utf-8") {
    @Override
    String write(Transcript transcript, TranscriptWords words) {
      return new TranscriptPage(transcript, words, true).write();
    }
  },
  MD("text/markdown; charset=utf-8") {
    @Override
    String write(Transcript transcript, TranscriptWords words) {
      return new TranscriptPage(transcript, words, false).write();
    }
  },
  JSON("application/json") {
    @Override
    String write(Transcript transcript, TranscriptWords words) {
      JsonArray prompts = new JsonArray();
      for (Prompt prompt : transcript.out()) {
        JsonArray answers = new JsonArray();
        transcript.answers(prompt).forEach(entry -> answers.add(entry(entry)));
        JsonArray posted = new JsonArray();
        transcript.posted(prompt).forEach(each -> posted.add(each.publicBody()));
        prompts.add(prompt.body().put("posted", posted).put("answers", answers));
      }
      JsonObject body =
          new JsonObject()
              .put("meeting", transcript.meeting())
              .put("title", transcript.title())
              .put("guests", new JsonArray(transcript.guests()))
              .put("madeAt", Times.text(transcript.madeAt()))
              .put("prompts", prompts)
              .put("wall", entries(transcript.others("wall")))
              .put("answers", entries(transcript.others("answer")))
              .put("questions", entries(transcript.others("question")))
              .put("gaps", new JsonArray(transcript.gaps().stream().map(this::gap).toList()))
              .put("cut", transcript.cut())
              .put("timeline", new JsonArray(transcript.timeline()));
      if (transcript.hashtag() != null) {
        body.put("hashtag", transcript.hashtag());
      }
      return body.encodePrettily();
    }

    private JsonArray entries(List<Entry> entries) {
      return new JsonArray(entries.stream().map(this::entry).toList());
    }

    private JsonObject entry(Entry entry) {
      JsonObject body = new JsonObject().put("id", entry.id()).put("at", Times.text(entry.at()));
      if (entry.matched() != null) {
        body.put("matched", entry.matched());
      }
      body.put("source", entry.source());
      if (entry.author() != null) {
        body.put("author", entry.author());
      }
      if (entry.url() != null) {
        body.put("url", entry.url());
      }
      return body.put("text", entry.text()).put("votes", entry.votes());
    }

    private JsonObject gap(Gap gap) {
      return new JsonObject()
          .put("network", gap.network().id())
          .put("since", Times.text(gap.since()))
          .put("until", Times.text(gap.until()))
          .put("why", gap.why());
    }
  },
  CSV("text/csv; charset=utf-8") {
    private final List<String> columns =
        List.of(
            "at", "what", "prompt", "matched", "source", "author", "text", "url", "votes", "until");

    @Override
    String write(Transcript transcript, TranscriptWords words) {
      return Sheet.BYTE_ORDER_MARK
          + Sheet.header(columns)
          + transcript.timeline().stream()
              .map(row -> Sheet.row(columns, row))
              .collect(Collectors.joining());
    }
  };

  private final String contentType;

  TranscriptFormat(String contentType) {
    this.contentType = contentType;
  }

  static TranscriptFormat named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  String contentType() {
    return contentType;
  }

  /** The end of a file's name. */
  String ending() {
    return name().toLowerCase(Locale.ROOT);
  }

  abstract String write(Transcript transcript, TranscriptWords words);

  /** A time of day where the meeting is. */
  static String clock(Transcript transcript, Instant at) {
    return DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).format(at.atZone(transcript.zone()));
  }
}
