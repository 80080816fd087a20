package plenary.access;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import plenary.live.Command;
import plenary.web.Answer;
import plenary.web.Api;
import plenary.web.RateLimits;
import plenary.web.Request;
import plenary.web.TrustedProxies;

/** The contract's operations on codes for a second device. */
final class TransferRoutes {
  private static final double CODES_PER_SECOND = 0.2;
  private static final double CODES_BURST = 5;
  private static final int KEYS_MAX = 50_000;

  /** Stands for whoever comes with a code, for a key needs somebody. */
  private static final UUID NOBODY = new UUID(0, 0);

  private final Transfers transfers;
  private final RateLimits perAddress;
  private final RateLimits perSignIn = RateLimits.of(CODES_PER_SECOND, CODES_BURST, KEYS_MAX);
  private final InstantSource time;

  TransferRoutes(Transfers transfers, RateLimits perAddress, InstantSource time) {
    this.transfers = transfers;
    this.perAddress = perAddress;
    this.time = time;
  }

  void attach(Api api) {
    api.on("offerTransfer", this::offer);
    api.on("takeTransfer", this::take);
  }

  private Future<Answer> offer(Request request) {
    perSignIn.require(
        Objects.requireNonNull(request.principal().signIn()).toString(),
        "You asked for many codes. Use the last one, or wait a moment.");
    return transfers
        .offer(request.principal())
        .map(
            made ->
                Answer.created(
                    new JsonObject()
                        .put("code", made.code())
                        .put("expiresAt", Bodies.time(made.expiresAt()))));
  }

  private Future<Answer> take(Request request) {
    String network = TrustedProxies.network(request.address());
    perAddress.require(network, "Too many people join from here at once. Try again.");
    Command.Once once = request.once(NOBODY);
    return transfers
        .take(
            request.body().getString("code"),
            once == null ? Token.random() : once.key(),
            request.principal(),
            network)
        .map(taken -> answer(taken, request));
  }

  private Answer answer(Transfers.Taken taken, Request request) {
    JsonArray participants = new JsonArray();
    taken.participants().forEach(each -> participants.add(Bodies.of(each)));
    JsonObject body =
        new JsonObject()
            .put("participants", participants)
            .put("token", taken.issued().token())
            .put("expiresAt", Bodies.time(taken.issued().expiresAt()));
    return Callers.signedIn(Answer.ok(body), taken.issued(), time.instant(), request);
  }
}
