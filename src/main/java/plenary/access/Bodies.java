package plenary.access;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import plenary.identity.Grant;
import plenary.identity.Participant;
import plenary.identity.Principal;

/** Facts in the contract's form. */
final class Bodies {
  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private Bodies() {}

  static String time(Instant at) {
    return MILLIS.format(at);
  }

  /** The contract's {@code Grant}. */
  static JsonObject of(Grant grant) {
    JsonObject body =
        new JsonObject().put("id", grant.id().toString()).put("role", grant.role().id());
    if (grant.meeting() != null) {
      body.put("meeting", grant.meeting().toString());
    }
    if (grant.session() != null) {
      body.put("session", grant.session().toString());
    }
    return body.put("name", grant.name());
  }

  /** The contract's {@code Participant}. */
  static JsonObject of(Participant participant) {
    JsonObject body =
        new JsonObject()
            .put("id", participant.id().toString())
            .put("meeting", participant.meeting().toString());
    if (participant.name() != null) {
      body.put("name", participant.name());
    }
    return body;
  }

  /** The contract's {@code Me}. */
  static JsonObject of(Principal principal) {
    JsonArray grants = new JsonArray();
    principal.grants().forEach(grant -> grants.add(of(grant)));
    JsonArray participants = new JsonArray();
    principal.participants().values().forEach(participant -> participants.add(of(participant)));
    return new JsonObject()
        .put("signedIn", !principal.isNobody())
        .put("grants", grants)
        .put("participants", participants);
  }
}
