package plenary.network;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A meeting's account on a network: what its connector reads with, and its prompts are posted by.
 *
 * @param server base URL of the server it is on, or of the stream; absent = the network's usual one
 * @param handle as the organiser gave it
 * @param credentials secrets; never in an answer, a log or an export. Bluesky {@code {identifier,
 *     appPassword}} (only to post), Mastodon {@code {token}}, X {@code {bearer, userToken?}}
 * @param settings what else the network needs: X {@code {capMicros}}, its monthly spending limit in
 *     millionths of a dollar
 */
public record Account(
    UUID id,
    UUID meeting,
    Network network,
    @Nullable String server,
    @Nullable String handle,
    JsonObject credentials,
    JsonObject settings) {

  @Override
  public String toString() {
    return network.id() + " account " + id;
  }
}
