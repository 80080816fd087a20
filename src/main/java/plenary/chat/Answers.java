package plenary.chat;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import plenary.network.Network;
import plenary.network.Post;
import plenary.question.Place;

/** What a session's chat says of posts: where they belong, as of the prompts that went out. */
public final class Answers {
  private final Map<Network, Matching> matchings;

  private Answers(Map<Network, Matching> matchings) {
    this.matchings = matchings;
  }

  /** Reads the prompts of a session that went out. */
  public static Future<Answers> of(SqlClient sql, UUID session) {
    return ChatStore.prompts(sql, session)
        .compose(
            sheet -> {
              List<Prompt> out = sheet.prompts().stream().filter(Prompt::isOut).toList();
              return out.isEmpty()
                  ? Future.succeededFuture(new Answers(Map.of()))
                  : OutboxStore.sent(sql, session).map(sent -> new Answers(matchings(out, sent)));
            });
  }

  private static Map<Network, Matching> matchings(
      List<Prompt> out, List<OutboxStore.Sending> sent) {
    Map<Network, Matching> matchings = new EnumMap<>(Network.class);
    for (Network network : Network.values()) {
      Map<String, UUID> posts = new HashMap<>();
      sent.stream()
          .filter(each -> each.network() == network)
          .forEach(each -> posts.put(each.post(), each.prompt()));
      matchings.put(network, new Matching(out, posts));
    }
    return matchings;
  }

  /** Whether a post is one of the host's prompts, which are no answers. */
  public boolean isPrompt(Network network, String post) {
    Matching matching = matchings.get(network);
    return matching != null && matching.isPrompt(post);
  }

  /** Where a post belongs; empty when the chat has nothing to say of it. */
  public Optional<Place> place(Network network, Post post) {
    Matching matching = matchings.get(network);
    return matching == null
        ? Optional.empty()
        : matching.place(post.text(), post.replyTo(), post.thread(), post.postedAt());
  }
}
