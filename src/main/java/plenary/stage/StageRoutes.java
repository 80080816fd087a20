package plenary.stage;

import io.vertx.core.Future;
import plenary.identity.Grant;
import plenary.identity.Role;
import plenary.live.Command;
import plenary.live.Live;
import plenary.problem.Failure;
import plenary.web.Answer;
import plenary.web.Api;
import plenary.web.Request;

/** The contract's operations on the stage, the podium and claims. */
public final class StageRoutes {
  private final Live live;

  /** Routes over the rules. */
  public StageRoutes(Live live) {
    this.live = live;
  }

  /** Sets the handlers. */
  public void attach(Api api) {
    api.on("setStage", this::act);
    api.on("nextOnStage", this::next);
    api.on("setClock", this::clock);
    api.on("sendMessage", this::send);
    api.on("receiveMessage", this::receive);
    api.on("withdrawMessage", this::withdraw);
    api.on("claimQuestion", this::claim);
    api.on("releaseQuestion", this::release);
  }

  private static Grant moderator(Request request) {
    return grant(request, Role.MODERATOR, Role.ORGANISER);
  }

  /** Whoever stands at the podium: a speaker, or staff in their place. */
  private static Grant podium(Request request) {
    return grant(request, Role.SPEAKER, Role.MODERATOR, Role.ORGANISER);
  }

  private static Grant grant(Request request, Role... roles) {
    return request
        .principal()
        .grant(request.meeting(), request.session(), roles)
        .orElseThrow(() -> new Failure.Forbidden("Your role does not allow this."));
  }

  private Future<Answer> submit(Command command) {
    return live.submit(command).map(Answer::ok);
  }

  private Future<Answer> act(Request request) {
    Grant by = moderator(request);
    return submit(
        Stages.act(
            request.session(), by, request.body(), request.ifMatch(), request.once(by.id())));
  }

  private Future<Answer> next(Request request) {
    // Moderators may always; a speaker who is one too acts as moderator.
    Grant by = grant(request, Role.MODERATOR, Role.ORGANISER, Role.SPEAKER);
    return submit(Stages.next(request.session(), by, request.body(), request.once(by.id())));
  }

  private Future<Answer> clock(Request request) {
    Grant by = podium(request);
    return submit(Stages.clock(request.session(), by, request.body(), request.once(by.id())));
  }

  private Future<Answer> send(Request request) {
    Grant by = moderator(request);
    return live.submit(
            Messages.send(
                request.session(), by, request.body().getString("text"), request.once(by.id())))
        .map(Answer::created);
  }

  private Future<Answer> receive(Request request) {
    Grant by = podium(request);
    return submit(
        Messages.receive(request.session(), by, request.path("message"), request.once(by.id())));
  }

  private Future<Answer> withdraw(Request request) {
    return submit(Messages.withdraw(request.session(), request.path("message")));
  }

  private Future<Answer> claim(Request request) {
    boolean take = request.query("take").map(Boolean::parseBoolean).orElse(false);
    return submit(
        Claims.claim(request.session(), moderator(request), request.path("question"), take));
  }

  private Future<Answer> release(Request request) {
    return submit(Claims.release(request.session(), moderator(request), request.path("question")));
  }
}
