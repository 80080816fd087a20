package plenary.chat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import plenary.database.Database;
import plenary.identity.Role;
import plenary.web.Answer;
import plenary.web.Api;
import plenary.web.Request;

/** The contract's operations on a chat as a whole. */
public final class TranscriptRoutes {
  private static final Set<Role> STAFF = Set.of(Role.MODERATOR, Role.ORGANISER);

  private final ChatReports reports;

  /** Routes over a database. */
  public TranscriptRoutes(Database database, InstantSource time) {
    this.reports = new ChatReports(database, time);
  }

  /** Sets the handlers. */
  public void attach(Api api) {
    api.on("getChatFigures", request -> reports.figures(request.session()).map(Answer::ok));
    api.on("getTranscript", this::transcript);
  }

  private Future<Answer> transcript(Request request) {
    boolean staff = !Collections.disjoint(request.roles(), STAFF);
    TranscriptFormat format = TranscriptFormat.named(request.query("format").orElse("html"));
    return reports
        .transcript(request.meeting(), request.session(), staff)
        .map(
            transcript ->
                new Answer(
                        200,
                        format.contentType(),
                        Buffer.buffer(format.write(transcript)),
                        Map.of())
                    .with("Cache-Control", "no-store")
                    .with(
                        "Content-Disposition",
                        "attachment; filename=\"plenary-transcript-%s.%s\""
                            .formatted(
                                LocalDate.ofInstant(transcript.madeAt(), transcript.zone()),
                                format.ending())));
  }
}
