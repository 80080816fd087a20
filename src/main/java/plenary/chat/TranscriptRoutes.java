package plenary.chat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import plenary.database.Database;
import plenary.identity.Role;
import plenary.web.Answer;
import plenary.web.Api;
import plenary.web.Request;
import plenary.web.page.Words;

/** The contract's operations on a chat as a whole. */
public final class TranscriptRoutes {
  private static final Set<Role> STAFF = Set.of(Role.MODERATOR, Role.ORGANISER);

  private final ChatReports reports;
  private final Transcripts transcripts;
  private final Supplier<Words> words;

  /**
   * Routes over a database.
   *
   * @param words of the pages, as they are now
   */
  public TranscriptRoutes(
      Vertx vertx, Database database, Supplier<Words> words, InstantSource time) {
    this.reports = new ChatReports(database, time);
    this.transcripts = new Transcripts(vertx, database.pool(), reports);
    this.words = words;
  }

  /** Sets the handlers. */
  public void attach(Api api) {
    api.on("getChatFigures", request -> reports.figures(request.session()).map(Answer::ok));
    api.on("getTranscript", this::transcript);
  }

  private Future<Answer> transcript(Request request) {
    boolean staff = !Collections.disjoint(request.roles(), STAFF);
    TranscriptFormat format = TranscriptFormat.named(request.query("format").orElse("html"));
    String chosen = request.query("lang").orElse("");
    return transcripts
        .file(
            request.meeting(),
            request.session(),
            staff,
            format,
            spoken -> TranscriptWords.of(words.get(), chosen, spoken))
        .map(
            file ->
                new Answer(200, format.contentType(), file.content(), Map.of())
                    .with("Cache-Control", "no-store")
                    .with(
                        "Content-Disposition",
                        "attachment; filename=\"plenary-transcript-%s.%s\""
                            .formatted(
                                LocalDate.ofInstant(
                                    file.transcript().madeAt(), file.transcript().zone()),
                                format.ending())));
  }
}
