package plenary.network.mastodon;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plenary.network.Following;
import plenary.network.Following.Prompt;

/**
 * Asks for what answers our own prompts: an answer without the hashtag comes by no stream. One call
 * reads a prompt's whole thread, and with it those of the prompts that were posted into it.
 */
final class Conversations {
  private static final int EACH_MAX = 200;

  private final Site site;
  private final Following following;
  private final Seen seen;
  private final Arrivals arrivals;
  private boolean asking;

  Conversations(Site site, Following following, Seen seen, Arrivals arrivals) {
    this.site = site;
    this.following = following;
    this.seen = seen;
    this.arrivals = arrivals;
  }

  /** Reads the answers to all prompts that this server numbered; never fails. */
  void run() {
    List<Prompt> prompts = prompts();
    if (asking || prompts.isEmpty()) {
      return;
    }
    asking = true;
    read(prompts.iterator(), new HashSet<>()).onComplete(done -> asking = false);
  }

  private List<Prompt> prompts() {
    return following.prompts().stream()
        .filter(this::isHere)
        .sorted(
            Comparator.comparingInt((Prompt prompt) -> number(prompt).length())
                .thenComparing(Conversations::number))
        .toList();
  }

  private boolean isHere(Prompt prompt) {
    return Lookup.isNumber(prompt.reference().getString("id"))
        && (prompt.account().equals(following.account().id())
            || site.host().equals(host(prompt.id())));
  }

  private static String number(Prompt prompt) {
    return prompt.reference().getString("id", "");
  }

  private static @Nullable String host(String uri) {
    try {
      return URI.create(uri).getHost();
    } catch (IllegalArgumentException none) {
      return null;
    }
  }

  private Future<Void> read(Iterator<Prompt> prompts, Set<String> covered) {
    if (!prompts.hasNext()) {
      return Future.succeededFuture();
    }
    Prompt prompt = prompts.next();
    String number = number(prompt);
    seen.learn(number, prompt.id());
    if (!covered.add(number)) {
      return read(prompts, covered);
    }
    return site.look("/api/v1/statuses/" + number + "/context")
        .compose(
            answer -> {
              List<JsonObject> answers = new ArrayList<>();
              if (answer.object().getValue("descendants") instanceof JsonArray all) {
                for (Object one : all) {
                  if (one instanceof JsonObject status) {
                    covered.add(String.valueOf(status.getValue("id")));
                    answers.add(status);
                  }
                }
              }
              return store(answers, 0);
            })
        .recover(trouble -> Future.succeededFuture())
        .compose(stored -> read(prompts, covered));
  }

  private Future<Void> store(List<JsonObject> answers, int from) {
    if (from >= answers.size()) {
      return Future.succeededFuture();
    }
    int until = Math.min(answers.size(), from + EACH_MAX);
    return arrivals
        .read(answers.subList(from, until), null)
        .compose(stored -> store(answers, until));
  }
}
