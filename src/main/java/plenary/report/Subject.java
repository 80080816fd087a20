package plenary.report;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import plenary.meeting.Anonymity;
import plenary.meeting.Meeting;
import plenary.question.QuestionReport;

/** What can be exported. */
enum Subject {
  QUESTIONS(
      List.of(
          "id",
          "status",
          "text",
          "originalText",
          "author",
          "authorRole",
          "source",
          "askedAt",
          "votes",
          "labels",
          "pinned",
          "reason",
          "note",
          "assignee",
          "mergedInto",
          "place",
          "prompt",
          "matched",
          "handle",
          "url",
          "changedBy",
          "changedAt")) {
    @Override
    Future<List<JsonObject>> page(
        QuestionReport of, Meeting meeting, UUID session, @Nullable UUID after, int limit) {
      boolean names = meeting.rules().anonymity() != Anonymity.ANONYMOUS;
      return of.questions(session, names, after, limit);
    }
  },
  LOG(List.of("id", "at", "by", "role", "action", "reason", "question", "from", "to", "undoes")) {
    @Override
    Future<List<JsonObject>> page(
        QuestionReport of, Meeting meeting, UUID session, @Nullable UUID after, int limit) {
      return of.log(session, after, limit);
    }

    /** One row for each question that the entry is about. */
    @Override
    List<JsonObject> rows(JsonObject entry) {
      return entry.getJsonArray("questions").stream()
          .map(
              each -> {
                JsonObject question = (JsonObject) each;
                return entry
                    .copy()
                    .put("question", question.getString("id"))
                    .put("from", fields(question.getJsonObject("from")))
                    .put("to", fields(question.getJsonObject("to")));
              })
          .toList();
    }
  };

  /** What every row begins with. */
  private static final List<String> PLACE = List.of("session", "room", "startsAt");

  private final List<String> columns;

  Subject(List<String> columns) {
    this.columns = columns;
  }

  static Subject named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** The member of a JSON export that holds them, and part of the file's name. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The columns of a sheet, those of the session first. */
  List<String> columns() {
    return Stream.concat(PLACE.stream(), columns.stream()).toList();
  }

  /** A page of a session's items, oldest first; each has an {@code id}. */
  abstract Future<List<JsonObject>> page(
      QuestionReport of, Meeting meeting, UUID session, @Nullable UUID after, int limit);

  /** The rows of a sheet for an item. */
  List<JsonObject> rows(JsonObject item) {
    return List.of(item);
  }

  private static String fields(@Nullable JsonObject fields) {
    return fields == null
        ? ""
        : fields.stream()
            .map(field -> field.getKey() + ": " + field.getValue())
            .collect(Collectors.joining("\n"));
  }
}
