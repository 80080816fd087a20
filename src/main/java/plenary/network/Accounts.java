package plenary.network;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import plenary.database.Database;
import plenary.database.Ids;
import plenary.database.Outages;
import plenary.database.Times;
import plenary.live.Command;
import plenary.problem.Failure;

/** The accounts a meeting has on networks. Secrets go in and never come out again. */
public final class Accounts {
  /** Accounts of one meeting. */
  static final int MAX = 10;

  /** Settings that name servers. */
  static final List<String> ADDRESSES = List.of("jetstream", "appview");

  /** Longer than X takes to answer. */
  private static final Duration RENEWAL = Duration.ofSeconds(40);

  private final Database database;
  private final Hosts hosts;
  private final InstantSource time;

  public Accounts(Database database, Hosts hosts, InstantSource time) {
    this.database = database;
    this.hosts = hosts;
    this.time = time;
  }

  Future<JsonObject> list(UUID meeting) {
    Instant now = time.instant();
    return told(AccountStore.of(database.pool(), meeting))
        .map(
            accounts -> {
              JsonArray all = new JsonArray();
              accounts.forEach(kept -> all.add(body(kept, now)));
              return new JsonObject().put("accounts", all);
            });
  }

  /** How the networks stand, for moderators: without settings and money. */
  Future<JsonObject> standing(UUID meeting) {
    return told(AccountStore.of(database.pool(), meeting))
        .map(
            accounts -> {
              JsonArray all = new JsonArray();
              for (AccountStore.Kept kept : accounts) {
                if (kept.reads()) {
                  all.add(state(kept));
                }
              }
              return new JsonObject().put("networks", all);
            });
  }

  /**
   * Adds an account; the same request sent again finds the one it made.
   *
   * @param once of the request, which then names the account
   */
  Future<JsonObject> add(UUID meeting, JsonObject body, Command.@Nullable Once once) {
    UUID id =
        once == null
            ? Ids.next()
            : Ids.of("network " + meeting + " " + once.principal() + " " + once.key());
    Network network = Network.named(body.getString("network"));
    AccountStore.Kept kept =
        kept(
            new Account(id, meeting, network, null, null, new JsonObject(), new JsonObject()),
            body,
            body.getBoolean("reads", true),
            body.getBoolean("posts", false));
    return hosts
        .check(kept.account())
        .compose(
            known ->
                database.transaction(
                    sql ->
                        AccountStore.of(sql, meeting)
                            .compose(
                                there -> {
                                  if (there.stream()
                                      .anyMatch(one -> one.account().id().equals(id))) {
                                    return Future.succeededFuture();
                                  }
                                  if (there.size() >= MAX) {
                                    throw new Failure.Conflict(
                                        "too-many-accounts",
                                        "A meeting has at most " + MAX + " accounts on networks.",
                                        new JsonObject().put("max", MAX));
                                  }
                                  return AccountStore.insert(sql, kept, time.instant());
                                })))
        .map(done -> body(kept, time.instant()));
  }

  Future<JsonObject> patch(UUID meeting, UUID id, JsonObject patch) {
    return told(AccountStore.find(database.pool(), meeting, id))
        .compose(
            found -> {
              AccountStore.Kept before = found.orElseThrow(() -> new Failure.NotFound("account"));
              AccountStore.Kept after =
                  kept(
                      before.account(),
                      patch,
                      patch.getBoolean("reads", before.reads()),
                      patch.getBoolean("posts", before.posts()));
              return hosts
                  .check(after.account())
                  .compose(known -> told(AccountStore.update(database.pool(), after)))
                  .compose(done -> told(AccountStore.find(database.pool(), meeting, id)))
                  .map(
                      now ->
                          body(
                              now.orElseThrow(() -> new Failure.NotFound("account")),
                              time.instant()));
            });
  }

  Future<Void> remove(UUID meeting, UUID id) {
    return told(database.transaction(sql -> AccountStore.remove(sql, meeting, id)));
  }

  /** The accounts of a meeting that prompts may be posted by. */
  public Future<List<Account>> posting(UUID meeting) {
    return told(PostingAccounts.of(database.pool(), meeting));
  }

  /**
   * Adds to what an account spent this month, before it is spent.
   *
   * @param micros millionths of a dollar
   * @return whether it stays within the account's limit; when not, nothing was added
   */
  public static Future<Boolean> spend(
      Database database, Account account, long micros, InstantSource time) {
    LocalDate month = LocalDate.ofInstant(time.instant(), ZoneOffset.UTC).withDayOfMonth(1);
    long cap = account.settings().getLong("capMicros", 0L);
    return told(AccountStore.spend(database.pool(), account.id(), month, micros, cap))
        .map(Optional::isPresent);
  }

  /**
   * Keeps credentials that are renewed, one node after the other: whoever comes second is given
   * what the first one got.
   *
   * @param renewal what changes
   * @return the credentials as they are then
   */
  public static Future<JsonObject> renew(
      Database database, Account account, Supplier<Future<JsonObject>> renewal) {
    // What a network gives once must not be asked for again when the transaction is run again.
    Supplier<Future<JsonObject>> once = once(renewal);
    return told(
        database.transaction(
            RENEWAL,
            sql ->
                AccountStore.renewing(sql, account.id())
                    .compose(
                        found -> {
                          JsonObject kept =
                              found.orElseThrow(() -> new Failure.NotFound("account"));
                          return kept.equals(account.credentials())
                              ? once.get()
                                  .map(changed -> kept.copy().mergeIn(changed))
                                  .compose(
                                      now -> AccountStore.keep(sql, account.id(), now).map(now))
                              : Future.succeededFuture(kept);
                        })));
  }

  private static Supplier<Future<JsonObject>> once(Supplier<Future<JsonObject>> renewal) {
    AtomicReference<@Nullable JsonObject> given = new AtomicReference<>();
    return () -> {
      JsonObject had = given.get();
      return had == null ? renewal.get().onSuccess(given::set) : Future.succeededFuture(had);
    };
  }

  private AccountStore.Kept kept(Account before, JsonObject body, boolean reads, boolean posts) {
    String server =
        body.containsKey("server")
            ? body.getString("server") == null
                ? null
                : hosts.read(body.getString("server"), "/server")
            : before.server();
    String handle = body.containsKey("handle") ? handle(body) : before.handle();
    JsonObject credentials = Needs.credentials(before, handle, body);
    JsonObject settings = before.settings().copy();
    for (String name : ADDRESSES) {
      if (body.containsKey(name)) {
        settings.put(name, hosts.read(body.getString(name), "/" + name));
      }
    }
    if (body.containsKey("links")) {
      settings.put("links", body.getBoolean("links"));
    }
    if (body.containsKey("capDollars")) {
      settings.put("capMicros", Math.round(body.getDouble("capDollars") * 1_000_000));
    }
    Account account =
        new Account(
            before.id(), before.meeting(), before.network(), server, handle, credentials, settings);
    Needs.require(account, reads, posts);
    return new AccountStore.Kept(
        account, reads, posts, 0, "off", null, null, new JsonObject(), null, 0);
  }

  private static @Nullable String handle(JsonObject body) {
    String given = body.getString("handle");
    if (given == null) {
      return null;
    }
    String bare = given.strip();
    return bare.startsWith("@") ? bare.substring(1) : bare;
  }

  private static JsonObject body(AccountStore.Kept kept, Instant now) {
    Account account = kept.account();
    JsonObject body = state(kept).put("reads", kept.reads()).put("posts", kept.posts());
    Long cap = account.settings().getLong("capMicros");
    if (cap != null) {
      body.put("capDollars", cap / 1e6);
      body.put("spentDollars", Inbox.spentIn(kept, now).orElse(0L) / 1e6);
    }
    if (account.network() == Network.X) {
      body.put("links", account.settings().getBoolean("links", false));
    }
    for (String name : ADDRESSES) {
      String set = account.settings().getString(name);
      if (set != null) {
        body.put(name, set);
      }
    }
    return body.put("secrets", Needs.kept(account));
  }

  private static JsonObject state(AccountStore.Kept kept) {
    Account account = kept.account();
    JsonObject figures = kept.figures();
    JsonObject body =
        new JsonObject()
            .put("id", account.id().toString())
            .put("network", account.network().id())
            .put("state", kept.state());
    put(body, "server", account.server());
    put(body, "handle", account.handle());
    put(body, "problem", kept.problem());
    put(body, "at", kept.toldAt() == null ? null : Times.text(kept.toldAt()));
    put(body, "lagMs", figures.getLong("lagMs"));
    body.put("gaps", figures.getLong("gaps", 0L))
        .put("reconnects", figures.getLong("reconnects", 0L));
    put(body, "headroom", figures.getJsonObject("headroom"));
    return body;
  }

  private static void put(JsonObject body, String name, @Nullable Object value) {
    if (value != null) {
      body.put(name, value);
    }
  }

  private static <T> Future<T> told(Future<T> result) {
    return result.recover(error -> Future.failedFuture(Outages.told(error)));
  }
}
