package plenary.network;

import org.jspecify.annotations.Nullable;
import plenary.identity.Role;
import plenary.live.Command;
import plenary.question.Intake;
import plenary.web.Answer;
import plenary.web.Api;
import plenary.web.Request;

/** The contract's operations on a meeting's accounts. */
public final class NetworkRoutes {
  private final Accounts accounts;
  private final Intake intake;

  /**
   * @param intake knows what waits in a session's queue
   */
  public NetworkRoutes(Accounts accounts, Intake intake) {
    this.accounts = accounts;
    this.intake = intake;
  }

  private static Command.@Nullable Once once(Request request) {
    return request
        .principal()
        .grant(request.meeting(), null, Role.ORGANISER)
        .map(grant -> request.once(grant.id()))
        .orElse(null);
  }

  /** Sets the handlers. */
  public void attach(Api api) {
    api.on("listNetworks", request -> accounts.list(request.meeting()).map(Answer::ok));
    api.on(
        "addNetwork",
        request ->
            accounts.add(request.meeting(), request.body(), once(request)).map(Answer::created));
    api.on(
        "patchNetwork",
        request ->
            accounts
                .patch(request.meeting(), request.path("account"), request.body())
                .map(Answer::ok));
    api.on(
        "removeNetwork",
        request ->
            accounts
                .remove(request.meeting(), request.path("account"))
                .map(done -> Answer.noContent()));
    api.on(
        "getNetworks",
        request ->
            accounts
                .standing(request.meeting())
                .compose(
                    standing ->
                        intake
                            .waiting(request.session())
                            .map(waiting -> Answer.ok(standing.put("waiting", waiting)))));
  }
}
