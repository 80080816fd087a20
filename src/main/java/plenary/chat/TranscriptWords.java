package plenary.chat;

import io.vertx.core.json.JsonObject;
import plenary.network.Network;
import plenary.web.page.Words;

/** The fixed words of a transcript in one language, from the same files as those of the pages. */
record TranscriptWords(String language, JsonObject table) {
  /**
   * In the language that was chosen, else in the session's.
   *
   * @param chosen a tag; empty when nobody chose
   * @param spoken the session's languages; empty when unknown
   */
  static TranscriptWords of(Words words, String chosen, String spoken) {
    String language =
        words.choose(chosen.isEmpty() ? null : chosen, spoken.isEmpty() ? null : spoken);
    return new TranscriptWords(language, words.table(language, "transcript"));
  }

  String say(String key) {
    return table.getString("transcript." + key, key);
  }

  /** With a value in its place. */
  String say(String key, String name, String value) {
    return say(key).replace("{" + name + "}", value);
  }

  /** What something came through. */
  String source(String source) {
    for (Network network : Network.values()) {
      if (network.id().equals(source)) {
        return Outlets.name(network);
      }
    }
    return say("hall");
  }
}
