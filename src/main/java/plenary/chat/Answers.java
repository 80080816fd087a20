package plenary.chat;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import plenary.chat.OutboxStore.Sending;
import plenary.network.Network;
import plenary.network.Placement;
import plenary.question.Place;

/** What a session's chat says of posts: where they belong, as of the prompts that went out. */
public final class Answers implements Placement {
  private final SqlClient sql;

  /** Over a database. */
  public Answers(SqlClient sql) {
    this.sql = sql;
  }

  @Override
  public Future<Placed> place(UUID session, List<Candidate> posts) {
    return ChatStore.prompts(sql, session)
        .compose(
            sheet -> {
              List<Prompt> out = sheet.prompts().stream().filter(Prompt::isOut).toList();
              return out.isEmpty()
                  ? Placement.NONE.place(session, posts)
                  : OutboxStore.sent(sql, session).map(sent -> placed(matchings(out, sent), posts));
            });
  }

  @Override
  public Future<Map<UUID, List<Asked>>> asked(Set<UUID> meetings) {
    return meetings.isEmpty() ? Future.succeededFuture(Map.of()) : OutboxStore.asked(sql, meetings);
  }

  private static Map<Network, Matching> matchings(List<Prompt> out, List<Sending> sent) {
    Map<Network, Matching> matchings = new EnumMap<>(Network.class);
    for (Network network : Network.values()) {
      Map<String, UUID> posts = new HashMap<>();
      Set<String> texts = new HashSet<>();
      for (Sending each : sent) {
        if (each.network() == network) {
          texts.add(each.text());
          if (each.post() != null) {
            posts.put(each.post(), each.prompt());
          }
        }
      }
      matchings.put(network, new Matching(out, posts, texts));
    }
    return matchings;
  }

  private static Placed placed(Map<Network, Matching> matchings, List<Candidate> posts) {
    Map<UUID, Place> places = new HashMap<>();
    Set<UUID> prompts = new HashSet<>();
    for (Candidate post : posts) {
      Matching matching = matchings.get(post.network());
      if (matching == null) {
        continue;
      }
      if (matching.isPrompt(post.id(), post.text())) {
        prompts.add(post.post());
      } else {
        matching
            .place(post.text(), post.replyTo(), post.thread(), post.postedAt())
            .ifPresent(place -> places.put(post.post(), place));
      }
    }
    return new Placed(places, prompts);
  }
}
