package plenary.report;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Times;
import plenary.meeting.Agendas.Listed;
import plenary.meeting.Session;
import plenary.question.QuestionReport;

/**
 * An export on its way to somebody: a page is read when the one before has gone out, so that it
 * needs little memory however much there is and however slowly it is taken.
 */
final class Download {
  private static final int PAGE = 500;

  private final QuestionReport report;
  private final Subject subject;
  private final boolean csv;
  private final Listed from;
  private final HttpServerResponse response;
  private final List<String> columns;
  private final Promise<Void> done = Promise.promise();
  private boolean first = true;

  Download(
      QuestionReport report,
      Subject subject,
      boolean csv,
      Listed from,
      HttpServerResponse response) {
    this.report = report;
    this.subject = subject;
    this.csv = csv;
    this.from = from;
    this.response = response;
    this.columns = subject.columns();
  }

  /** Writes everything and ends the response. */
  Future<Void> run(Instant now) {
    String head =
        csv
            ? Sheet.BYTE_ORDER_MARK + Sheet.header(columns)
            : "{\"meeting\":%s,\"exportedAt\":\"%s\",\"%s\":["
                .formatted(from.meeting().summary().encode(), Times.text(now), subject.id());
    send(head, () -> next(0, null));
    return done.future();
  }

  private void send(String text, Runnable then) {
    Future<Void> sent = text.isEmpty() ? Future.succeededFuture() : response.write(text);
    sent.onSuccess(written -> then.run()).onFailure(done::tryFail);
  }

  private void next(int index, @Nullable UUID after) {
    if (index == from.sessions().size()) {
      response.end(csv ? "" : "]}").onComplete(done);
      return;
    }
    Session session = from.sessions().get(index);
    subject
        .page(report, from.meeting(), session.id(), after, PAGE)
        .onFailure(done::tryFail)
        .onSuccess(
            page -> {
              StringBuilder text = new StringBuilder();
              page.forEach(item -> add(text, session, item));
              boolean last = page.size() < PAGE;
              UUID until = last ? null : UUID.fromString(page.getLast().getString("id"));
              send(text.toString(), () -> next(last ? index + 1 : index, until));
            });
  }

  private void add(StringBuilder text, Session session, JsonObject item) {
    if (csv) {
      for (JsonObject row : subject.rows(item)) {
        text.append(Sheet.row(columns, place(row.copy(), session)));
      }
      return;
    }
    JsonObject in = place(new JsonObject(), session).put("sessionId", session.id().toString());
    text.append(first ? "\n" : ",\n").append(in.mergeIn(item).encode());
    first = false;
  }

  private static JsonObject place(JsonObject row, Session session) {
    Instant start = session.slot().startsAt();
    row.put("session", session.slot().title());
    if (session.slot().room() != null) {
      row.put("room", session.slot().room());
    }
    return start == null ? row : row.put("startsAt", Times.text(start));
  }
}
