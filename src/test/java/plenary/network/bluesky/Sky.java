package plenary.network.bluesky;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import plenary.support.Await;

/** The simulated Jetstream for tests of other packages. Its clock is that of the machine. */
public final class Sky implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Source source = new Source(Instant.now());
  private final JetstreamSimulator stream = new JetstreamSimulator(vertx, source, true, true);

  /** The contract's {@code NetworkDraft} of an account that reads here. */
  public JsonObject account() {
    return new JsonObject()
        .put("network", "bluesky")
        .put("jetstream", stream.url())
        .put("appview", stream.url());
  }

  /** Whether somebody reads. */
  public boolean isRead() {
    return stream.connections() > 0;
  }

  /**
   * Somebody writes; told with {@link #publish}.
   *
   * @param at when they say so
   * @param tags what their program found in the text
   */
  public void write(String writer, Instant at, String text, List<String> tags) {
    source.pass(Math.max(1, System.currentTimeMillis() - source.micros() / 1_000));
    JsonArray facets = new JsonArray();
    for (String tag : tags) {
      String before = text.substring(0, Math.max(0, text.indexOf(tag) - 1));
      int from = before.getBytes(StandardCharsets.UTF_8).length;
      int to = from + 1 + tag.getBytes(StandardCharsets.UTF_8).length;
      facets.add(
          new JsonObject()
              .put("index", new JsonObject().put("byteStart", from).put("byteEnd", to))
              .put(
                  "features",
                  JsonArray.of(
                      new JsonObject()
                          .put("$type", "app.bsky.richtext.facet#tag")
                          .put("tag", tag))));
    }
    source.raw(
        did(writer),
        new JsonObject()
            .put("$type", Syntax.POSTS)
            .put("text", text)
            .put("langs", JsonArray.of("en"))
            .put("facets", facets)
            .put("createdAt", at.toString()));
  }

  /** Tells everything that was written. */
  public void publish() {
    source.publish();
  }

  /** A DID of the kind that most accounts have. */
  private static String did(String writer) {
    UUID hash = UUID.nameUUIDFromBytes(writer.getBytes(StandardCharsets.UTF_8));
    String letters = new BigInteger(hash.toString().replace("-", ""), 16).toString(24);
    StringBuilder id = new StringBuilder("did:plc:");
    for (int i = 0; i < 24; i++) {
      int digit = Character.digit(letters.charAt(i % letters.length()), 24);
      id.append((char) ('a' + digit));
    }
    return id.toString().toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {
    stream.close();
    Await.result(vertx.close());
  }
}
