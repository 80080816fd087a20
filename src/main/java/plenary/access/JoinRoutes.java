package plenary.access;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.UUID;
import plenary.access.Joins.Joined;
import plenary.web.Answer;
import plenary.web.Api;
import plenary.web.RateLimits;
import plenary.web.Request;
import plenary.web.TrustedProxies;

/** The contract's operations on join codes. */
final class JoinRoutes {
  private final Joins joins;
  private final RateLimits perAddress;
  private final InstantSource time;

  JoinRoutes(Joins joins, RateLimits perAddress, InstantSource time) {
    this.joins = joins;
    this.perAddress = perAddress;
    this.time = time;
  }

  void attach(Api api) {
    api.on("lookUpJoinCode", this::lookUp);
    api.on("join", this::join);
  }

  private Future<Answer> lookUp(Request request) {
    return joins
        .find(request.text("code").replace("%20", " "), TrustedProxies.network(request.address()))
        .map(place -> Answer.ok(place.toJson()));
  }

  private Future<Answer> join(Request request) {
    String network = TrustedProxies.network(request.address());
    perAddress.require(network, "Too many people join from here at once. Try again.");
    JsonObject body = request.body();
    return joins
        .find(body.getString("code"), network)
        .compose(
            place ->
                joins.join(
                    place, body.getString("name"), Callers.token(request), request.principal()))
        .map(joined -> answer(joined, request));
  }

  private Answer answer(Joined joined, Request request) {
    JsonObject body =
        new JsonObject()
            .put("participant", joined.participant().id().toString())
            .put("meeting", joined.participant().meeting().toString());
    UUID session = joined.place().landing();
    if (session != null) {
      body.put("session", session.toString());
    }
    if (joined.participant().name() != null) {
      body.put("name", joined.participant().name());
    }
    Answer answer = Answer.ok(body.put("token", joined.token()));
    return joined.issued() == null
        ? answer
        : Callers.signedIn(answer, joined.issued(), time.instant(), request);
  }
}
