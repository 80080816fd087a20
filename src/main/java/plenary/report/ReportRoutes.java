package plenary.report;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import plenary.live.Live;
import plenary.meeting.Agendas;
import plenary.meeting.Agendas.Listed;
import plenary.meeting.Session;
import plenary.question.QuestionReport;
import plenary.web.Answer;
import plenary.web.Api;
import plenary.web.Request;
import plenary.web.SecurityHeaders;

/** The contract's operations that look at many sessions at once. */
public final class ReportRoutes {
  private static final System.Logger LOG = System.getLogger(ReportRoutes.class.getName());

  private final Agendas agendas;
  private final QuestionReport report;
  private final Overview overview;
  private final InstantSource time;

  public ReportRoutes(Agendas agendas, QuestionReport report, Live live, InstantSource time) {
    this.agendas = agendas;
    this.report = report;
    this.overview = new Overview(agendas, report, live, time);
    this.time = time;
  }

  /** Sets the handlers. */
  public void attach(Api api) {
    api.on("getOverview", request -> overview.of(request.meeting()).map(Answer::ok));
    api.on(
        "exportMeeting",
        request ->
            agendas.all(request.meeting()).compose(this::used).map(from -> send(request, from)));
    api.on(
        "exportSession",
        request ->
            agendas.one(request.meeting(), request.session()).map(from -> send(request, from)));
  }

  /** The sessions of an agenda in which anything happened. */
  private Future<Listed> used(Listed all) {
    Set<UUID> ids = all.sessions().stream().map(Session::id).collect(Collectors.toSet());
    return report
        .used(ids)
        .map(
            used ->
                new Listed(
                    all.meeting(),
                    all.sessions().stream()
                        .filter(session -> used.contains(session.id()))
                        .toList()));
  }

  private Answer send(Request request, Listed from) {
    Subject subject = Subject.named(request.query("what").orElse("questions"));
    boolean csv = request.query("format").orElse("csv").equals("csv");
    Instant now = time.instant();
    HttpServerRequest http = request.routing().request();
    HttpServerResponse response = http.response();
    SecurityHeaders.data(response.headers(), request.secure());
    response
        .putHeader("Cache-Control", "no-store")
        .putHeader("Content-Type", csv ? "text/csv; charset=utf-8" : "application/json")
        .putHeader(
            "Content-Disposition",
            "attachment; filename=\"plenary-%s-%s.%s\""
                .formatted(
                    subject.id(),
                    LocalDate.ofInstant(now, from.meeting().zone()),
                    csv ? "csv" : "json"));
    http.resume();
    if (http.method() == HttpMethod.HEAD) {
      response.end();
      return Answer.TAKEN;
    }
    response.setChunked(true);
    new Download(report, subject, csv, from, response)
        .run(now)
        .onFailure(
            error -> {
              // Half a file must not look like a whole one.
              LOG.log(System.Logger.Level.WARNING, "an export broke off: {0}", error.toString());
              http.connection().close();
            });
    return Answer.TAKEN;
  }
}
