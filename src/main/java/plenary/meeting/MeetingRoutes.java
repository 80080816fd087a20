package plenary.meeting;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.identity.Grant;
import plenary.identity.Role;
import plenary.live.Command;
import plenary.problem.Failure;
import plenary.web.Answer;
import plenary.web.Api;
import plenary.web.NextLink;
import plenary.web.Request;

/** The contract's operations on meetings. */
public final class MeetingRoutes {
  private final Meetings meetings;
  private final AgendaImports imports;
  private final SessionClock clock;

  /**
   * Routes over the rules.
   *
   * @param imports copies the agenda of a meeting that is duplicated
   * @param clock is asked to tick when a meeting's change has to reach its sessions' screens
   */
  public MeetingRoutes(Meetings meetings, AgendaImports imports, SessionClock clock) {
    this.meetings = meetings;
    this.imports = imports;
    this.clock = clock;
  }

  /** Sets the handlers. */
  public void attach(Api api) {
    api.on("listMeetings", this::list);
    api.on("createMeeting", this::create);
    api.on("getMeeting", request -> meetings.get(request.meeting()).map(MeetingRoutes::answer));
    api.on("patchMeeting", this::patch);
    api.on("duplicateMeeting", this::duplicate);
  }

  private Future<Answer> list(Request request) {
    int limit = NextLink.limit(request);
    UUID after = request.query("after").map(MeetingRoutes::id).orElse(null);
    return meetings
        .list(organised(request), after, limit)
        .map(
            page -> {
              JsonArray all = new JsonArray();
              page.forEach(meeting -> all.add(meeting.toJson()));
              Answer answer = Answer.ok(new JsonObject().put("meetings", all));
              return page.size() < limit
                  ? answer
                  : answer.with(
                      "Link", NextLink.to(request, page.getLast().id().toString(), List.of()));
            });
  }

  /** The meetings the caller organises; empty for the organiser of the whole server. */
  private static Optional<List<UUID>> organised(Request request) {
    List<Grant> grants =
        request.principal().grants().stream()
            .filter(grant -> grant.role() == Role.ORGANISER)
            .toList();
    return grants.stream().anyMatch(grant -> grant.meeting() == null)
        ? Optional.empty()
        : Optional.of(
            grants.stream().map(grant -> Objects.requireNonNull(grant.meeting())).toList());
  }

  private Future<Answer> create(Request request) {
    return meetings
        .create(request.body(), request.once(server(request).id()))
        .map(meeting -> Answer.created(meeting.toJson()));
  }

  private static Grant server(Request request) {
    return request.principal().grants().stream()
        .filter(grant -> grant.role() == Role.ORGANISER && grant.meeting() == null)
        .findFirst()
        .orElseThrow(
            () -> new Failure.Forbidden("Only the organiser of this server makes meetings."));
  }

  private Future<Answer> duplicate(Request request) {
    Command.Once once = request.once(server(request).id());
    JsonObject body = request.body();
    LocalDate startsOn = Meetings.date(body, "startsOn");
    return meetings
        .get(request.meeting())
        .compose(
            of ->
                meetings
                    .duplicate(of, body.getString("name"), startsOn, once)
                    .compose(
                        made ->
                            body.getBoolean("agenda", false)
                                ? imports
                                    .copy(of, made.id(), days(of.startsOn(), startsOn))
                                    .map(copy -> duplicated(made, copy))
                                : Future.succeededFuture(duplicated(made, null))));
  }

  /** By how many days the agenda moves; null while the one or the other is not known. */
  private static @Nullable Long days(@Nullable LocalDate from, @Nullable LocalDate to) {
    return from == null || to == null ? null : ChronoUnit.DAYS.between(from, to);
  }

  private static Answer duplicated(Meeting made, @Nullable UUID copy) {
    JsonObject body = new JsonObject().put("meeting", made.toJson());
    return Answer.created(copy == null ? body : body.put("import", copy.toString()));
  }

  private Future<Answer> patch(Request request) {
    return meetings
        .patch(request.meeting(), request.body())
        .map(
            meeting -> {
              clock.tick();
              return answer(meeting);
            });
  }

  private static Answer answer(Meeting meeting) {
    return Answer.ok(meeting.toJson());
  }

  static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new Failure.Invalid("?after", "no-page", "This is not from a page's Link.");
    }
  }

  /** The idempotency key of a member of staff, bound to the grant in whose name the call acts. */
  static Command.@Nullable Once once(Request request, @Nullable UUID session) {
    return request
        .principal()
        .grant(request.meeting(), session, Role.ORGANISER, Role.MODERATOR)
        .map(grant -> request.once(grant.id()))
        .orElse(null);
  }
}
