package plenary.chat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.network.Account;
import plenary.network.Network;
import plenary.network.PostingAccounts;
import plenary.network.Publisher;
import plenary.problem.Failure;
import plenary.screening.TextLimits;

/** Where prompts can go: a meeting's accounts, and what this node posts to networks with. */
final class Outlets {
  /** What is kept of a text; networks have limits of their own. */
  static final TextLimits TEXT = TextLimits.question(1_000);

  /** What is said of an account that was removed, or that the organiser lets only read. */
  static final String GONE = "This account may not post any more.";

  private final Map<Network, Publisher> publishers;

  Outlets(Map<Network, Publisher> publishers) {
    this.publishers = Map.copyOf(publishers);
  }

  /** The networks that this node can post to. */
  List<Network> networks() {
    return List.copyOf(publishers.keySet());
  }

  @Nullable Publisher publisher(Network network) {
    return publishers.get(network);
  }

  /** The accounts that a chat uses, of those that still may post. */
  static Future<List<Account>> of(SqlClient sql, UUID meeting, Chat chat) {
    return chat.accounts().isEmpty()
        ? Future.succeededFuture(List.of())
        : PostingAccounts.of(sql, meeting)
            .map(
                all ->
                    all.stream()
                        .filter(account -> chat.accounts().contains(account.id()))
                        .toList());
  }

  /** The accounts that a chat uses and that may not post any more. */
  static Set<UUID> gone(Chat chat, List<Account> accounts) {
    Set<UUID> gone = new LinkedHashSet<>(chat.accounts());
    accounts.forEach(account -> gone.remove(account.id()));
    return gone;
  }

  /** What was sent last through accounts that may not post any more; others are not known. */
  static List<Posting> lastOf(Set<UUID> gone, List<Posting> postings) {
    Map<UUID, Posting> last = new LinkedHashMap<>();
    for (Posting posting : postings) {
      if (gone.contains(posting.account())) {
        last.put(posting.account(), posting);
      }
    }
    return List.copyOf(last.values());
  }

  /** Refuses a prompt that is too long for an account it is to go out through. */
  void check(Prompt prompt, List<Account> accounts, @Nullable String hashtag) {
    for (Account account : accounts) {
      String text = Wording.of(prompt, account.network(), hashtag);
      String problem = problem(account, text);
      if (problem != null) {
        Publisher.Length length = length(account);
        boolean own = prompt.texts().containsKey(account.network());
        throw new Failure.Invalid(
            own ? "/texts/" + account.network().id() : "/text",
            "prompt-too-long",
            problem,
            Map.of("is", length.of(text), "network", name(account.network()), "max", length.max()));
      }
    }
  }

  private @Nullable String problem(Account account, String text) {
    if (!publishers.containsKey(account.network())) {
      return null;
    }
    Publisher.Length length = length(account);
    int is = length.of(text);
    return is <= length.max()
        ? null
        : "With its label and hashtag this is %d characters as %s counts them; %d are possible."
            .formatted(is, name(account.network()), length.max());
  }

  private Publisher.Length length(Account account) {
    return Objects.requireNonNull(publishers.get(account.network())).length(account);
  }

  /** How long a prompt is, as each account's network counts it. */
  JsonArray measured(Prompt prompt, List<Account> accounts, @Nullable String hashtag) {
    JsonArray all = new JsonArray();
    for (Account account : accounts) {
      String text = Wording.of(prompt, account.network(), hashtag);
      JsonObject each =
          new JsonObject()
              .put("account", account.id().toString())
              .put("network", account.network().id())
              .put("text", text);
      Publisher publisher = publishers.get(account.network());
      if (publisher != null) {
        Publisher.Length length = publisher.length(account);
        each.put("length", length.of(text)).put("max", length.max());
      }
      all.add(each);
    }
    return all;
  }

  /**
   * What is to be sent of a prompt that goes out, each with an identity of its own.
   *
   * @param gone the last postings of accounts that may not post any more: nothing is sent through
   *     them, and the run sheet says so
   */
  List<Posting> reserve(
      Prompt prompt,
      List<Account> accounts,
      List<Posting> gone,
      @Nullable String hashtag,
      @Nullable String language,
      Instant now) {
    List<Posting> postings = new ArrayList<>();
    for (Account account : accounts) {
      String text = Wording.of(prompt, account.network(), hashtag);
      String problem =
          publishers.containsKey(account.network())
              ? problem(account, text)
              : "This server cannot post to " + name(account.network()) + ".";
      postings.add(
          posting(
              prompt,
              account.id(),
              account.network(),
              account.handle(),
              text,
              language,
              problem,
              now));
    }
    for (Posting last : gone) {
      String text = Wording.of(prompt, last.network(), hashtag);
      postings.add(
          posting(
              prompt, last.account(), last.network(), last.handle(), text, language, GONE, now));
    }
    return postings;
  }

  private Posting posting(
      Prompt prompt,
      UUID account,
      Network network,
      @Nullable String handle,
      String text,
      @Nullable String language,
      @Nullable String problem,
      Instant now) {
    Publisher publisher = publishers.get(network);
    return new Posting(
        prompt.id(),
        account,
        network,
        handle,
        publisher == null ? "" : publisher.reserve(now),
        text,
        language,
        problem == null ? Posting.State.RESERVED : Posting.State.REFUSED,
        problem,
        now,
        problem == null ? now : null,
        0,
        null,
        null);
  }

  static String name(Network network) {
    return switch (network) {
      case BLUESKY -> "Bluesky";
      case MASTODON -> "Mastodon";
      case X -> "X";
    };
  }
}
