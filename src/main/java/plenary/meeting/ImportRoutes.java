package plenary.meeting;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import plenary.identity.Role;
import plenary.problem.Failure;
import plenary.web.Answer;
import plenary.web.Api;
import plenary.web.Request;

/** The contract's operations on agenda files. */
public final class ImportRoutes {
  private final AgendaImports imports;

  /** Routes over the imports. */
  public ImportRoutes(AgendaImports imports) {
    this.imports = imports;
  }

  /** Sets the handlers. */
  public void attach(Api api) {
    api.on("importAgenda", this::start);
    api.on("getImport", this::get);
  }

  private Future<Answer> start(Request request) {
    String contentType = request.routing().request().getHeader(HttpHeaders.CONTENT_TYPE);
    AgendaImports.Upload upload = new AgendaImports.Upload(request.raw(), contentType);
    if (request.query("preview").filter("true"::equals).isPresent()) {
      return imports.preview(request.meeting(), upload).map(Answer::ok);
    }
    return imports
        .start(request.meeting(), upload, MeetingRoutes.once(request, null))
        .map(
            id ->
                Answer.accepted(new JsonObject().put("import", id.toString()))
                    .with("Location", "/api/imports/" + id));
  }

  /** An import of a meeting that the caller does not organise is not there, like one of no one. */
  private Future<Answer> get(Request request) {
    return imports
        .get(request.path("import"))
        .map(
            found -> {
              if (!request.principal().roles(found.meeting(), null).contains(Role.ORGANISER)) {
                throw new Failure.NotFound("import");
              }
              return Answer.ok(found.body());
            });
  }
}
