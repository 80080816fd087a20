package plenary.network;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import plenary.database.Database;
import plenary.meeting.Follows;
import plenary.meeting.Follows.Followed;

/**
 * Runs the connectors: one node for each account that is read with, as long as its meeting follows
 * something; and after that, until they are a week old, for the deletions and edits of the posts
 * that still stand, even where the account is not to be read any more or was removed. Looks every
 * few seconds at what there is to do; accounts that changed start again.
 */
public final class Connectors {
  private static final System.Logger LOG = System.getLogger(Connectors.class.getName());
  private static final long LOOK_EVERY_MS = 2_000;
  private static final long TELL_EVERY_MS = 1_000;

  /** So old, a post is history: whether it still stands is asked no more. */
  private static final Duration WATCHED = Duration.ofDays(7);

  private static final Duration WATCHED_EVERY = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Context context;
  private final Database database;
  private final Follows follows;
  private final Placement placement;
  private final Deliveries deliveries;
  private final Map<Network, Connector> connectors;
  private final Hosts hosts;
  private final NetworkMeters meters;
  private final InstantSource time;
  private final Leases leases;
  private final Map<UUID, Work> working = new HashMap<>();
  private final List<Long> timers = new ArrayList<>();
  private Set<UUID> watched = Set.of();
  private long watchedAt = System.nanoTime();
  private boolean looking;

  /** A connector at work, with the account it was started with. */
  private record Work(long fence, Inbox inbox, Connector.Running running) {}

  /**
   * @param placement knows the prompts whose answers are read for
   * @param connectors one for each network that can be read
   * @param hosts which addresses may be called
   */
  public Connectors(
      Vertx vertx,
      Database database,
      Follows follows,
      Placement placement,
      Deliveries deliveries,
      List<Connector> connectors,
      Hosts hosts,
      NetworkMeters meters,
      InstantSource time) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.database = database;
    this.follows = follows;
    this.placement = placement;
    this.deliveries = deliveries;
    this.connectors =
        connectors.stream().collect(Collectors.toMap(Connector::network, each -> each));
    this.hosts = hosts;
    this.meters = meters;
    this.time = time;
    this.leases = new Leases(vertx, database, this::stopAll);
  }

  /** Starts to look. */
  public void start() {
    context.runOnContext(
        go -> {
          leases.start();
          timers.add(vertx.setPeriodic(0, LOOK_EVERY_MS, tick -> look()));
          timers.add(
              vertx.setPeriodic(
                  TELL_EVERY_MS, tick -> working.values().forEach(work -> work.inbox().tell())));
        });
  }

  /** Ends every connector; another node takes them over. */
  public void stop() {
    context.runOnContext(
        go -> {
          timers.forEach(vertx::cancelTimer);
          stopAll();
          leases.stop();
        });
  }

  private void stopAll() {
    for (UUID id : Set.copyOf(working.keySet())) {
      end(id);
    }
  }

  private Future<Void> end(UUID id) {
    Work work = working.remove(id);
    return work == null
        ? Future.succeededFuture()
        : work.running()
            .stop()
            .onFailure(error -> LOG.log(System.Logger.Level.WARNING, "connector: {0}", error))
            .otherwiseEmpty();
  }

  private void look() {
    if (looking) {
      return;
    }
    looking = true;
    watched()
        .compose(posts -> AccountStore.all(database.pool()))
        .compose(this::read)
        .compose(this::settle)
        .onFailure(error -> LOG.log(System.Logger.Level.DEBUG, "connectors: {0}", error))
        .onComplete(done -> context.runOnContext(go -> looking = false));
  }

  /** Which accounts have posts that still stand; looked up now and then. */
  private Future<Void> watched() {
    if (System.nanoTime() - watchedAt < 0) {
      return Future.succeededFuture();
    }
    return AccountStore.watched(database.pool(), time.instant().minus(WATCHED))
        .compose(ids -> AccountStore.forget(database.pool(), ids).map(ids))
        .map(
            ids -> {
              watched = ids;
              watchedAt = System.nanoTime() + WATCHED_EVERY.toNanos();
              return null;
            });
  }

  /** What each account is read for, the ones that are read for something first. */
  private Future<Map<AccountStore.Kept, Scope>> read(List<AccountStore.Kept> accounts) {
    Set<UUID> meetings =
        accounts.stream().map(kept -> kept.account().meeting()).collect(Collectors.toSet());
    Instant now = time.instant();
    return follows
        .of(meetings, now)
        .compose(
            followed ->
                placement
                    .asked(followed.keySet())
                    .map(
                        asked -> {
                          Map<AccountStore.Kept, Scope> scopes = new LinkedHashMap<>();
                          Map<AccountStore.Kept, Scope> rest = new LinkedHashMap<>();
                          for (AccountStore.Kept kept : accounts) {
                            UUID meeting = kept.account().meeting();
                            Followed follow = followed.get(meeting);
                            Scope scope =
                                follow == null || !kept.reads()
                                    ? Scope.NOTHING
                                    : Scope.of(
                                        kept.account().network(),
                                        follow,
                                        asked.getOrDefault(meeting, List.of()),
                                        now);
                            (scope.isNothing() ? rest : scopes).put(kept, scope);
                          }
                          scopes.putAll(rest);
                          return scopes;
                        }));
  }

  private Future<Void> settle(Map<AccountStore.Kept, Scope> scopes) {
    Set<UUID> wanted = new HashSet<>();
    Set<String> cared = new HashSet<>();
    Future<Void> done = Future.succeededFuture();
    for (Map.Entry<AccountStore.Kept, Scope> each : scopes.entrySet()) {
      AccountStore.Kept kept = each.getKey();
      Account account = kept.account();
      boolean reads = !each.getValue().isNothing();
      boolean watches = watched.contains(account.id()) && Needs.mayWatch(account);
      if (!connectors.containsKey(account.network())
          || !(reads || watches)
          || !(cared.add(posts(account)) || reads)) {
        continue;
      }
      wanted.add(account.id());
      done = done.compose(before -> one(kept, each.getValue())).recover(Connectors::logged);
    }
    return done.compose(
        before -> {
          Future<Void> ended = Future.succeededFuture();
          for (UUID id : Set.copyOf(working.keySet())) {
            if (!wanted.contains(id)) {
              ended = ended.compose(next -> end(id)).compose(next -> leases.release(id.toString()));
            }
          }
          return ended;
        });
  }

  /** Whose deletions an account hears of: one account is enough for them. */
  private static String posts(Account account) {
    String server = account.network() == Network.MASTODON ? account.server() : null;
    return account.meeting() + " " + account.network() + " " + server;
  }

  private static Future<Void> logged(Throwable error) {
    LOG.log(System.Logger.Level.WARNING, "connectors: {0}", error.toString());
    return Future.succeededFuture();
  }

  private Future<Void> one(AccountStore.Kept kept, Scope scope) {
    Account account = kept.account();
    Work work = working.get(account.id());
    if (work != null && work.fence() != kept.fence()) {
      return end(account.id()).compose(done -> start(kept, scope));
    }
    if (work == null) {
      return start(kept, scope);
    }
    Scope before = work.inbox().scope();
    if (!before.equals(scope)) {
      work.inbox().scope(scope);
      if (!before.keys().equals(scope.keys()) || !before.spellings().equals(scope.spellings())) {
        work.running().tagsChanged();
      }
      if (!before.prompts().equals(scope.prompts())) {
        work.running().promptsChanged();
      }
    }
    return Future.succeededFuture();
  }

  private Future<Void> start(AccountStore.Kept kept, Scope scope) {
    Account account = kept.account();
    return leases
        .take(account.id().toString())
        .compose(
            mine ->
                mine
                    ? AccountStore.take(database.pool(), account.id())
                        .compose(
                            taken ->
                                taken.isEmpty()
                                    ? Future.succeededFuture()
                                    : follow(kept, taken.get(), scope))
                    : Future.succeededFuture());
  }

  private Future<Void> follow(AccountStore.Kept kept, AccountStore.Taken taken, Scope scope) {
    Account account = kept.account();
    Inbox inbox = new Inbox(database, context, kept, taken, time, meters, deliveries::wake);
    inbox.scope(scope);
    return hosts
        .check(account)
        .onComplete(
            checked ->
                context.runOnContext(
                    go -> {
                      if (checked.failed()) {
                        inbox.state(Following.State.FAILED, checked.cause().getMessage());
                        // Another node may find the server.
                        inbox.tell().onComplete(told -> leases.release(account.id().toString()));
                        return;
                      }
                      Connector connector = connectors.get(account.network());
                      if (connector != null && !working.containsKey(account.id())) {
                        LOG.log(System.Logger.Level.INFO, "{0} is read here", account);
                        working.put(
                            account.id(), new Work(taken.fence(), inbox, connector.follow(inbox)));
                      }
                    }))
        .otherwiseEmpty();
  }
}
