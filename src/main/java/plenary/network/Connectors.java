package plenary.network;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import plenary.database.Database;
import plenary.hashtag.Tags;
import plenary.meeting.Follows;
import plenary.meeting.Follows.Followed;

/**
 * Runs the connectors: one node for each account that is read with, as long as its meeting follows
 * something. Looks every few seconds at what there is to do; accounts that changed start again.
 */
public final class Connectors {
  private static final System.Logger LOG = System.getLogger(Connectors.class.getName());
  private static final long LOOK_EVERY_MS = 2_000;
  private static final long TELL_EVERY_MS = 1_000;

  private final Vertx vertx;
  private final Context context;
  private final Database database;
  private final Follows follows;
  private final Deliveries deliveries;
  private final Map<Network, Connector> connectors;
  private final Hosts hosts;
  private final NetworkMeters meters;
  private final InstantSource time;
  private final Leases leases;
  private final Map<UUID, Work> working = new HashMap<>();
  private final List<Long> timers = new ArrayList<>();
  private boolean looking;

  /** A connector at work, with the account it was started with. */
  private record Work(long fence, Inbox inbox, Connector.Running running) {}

  /**
   * @param connectors one for each network that can be read
   * @param hosts which addresses may be called
   */
  public Connectors(
      Vertx vertx,
      Database database,
      Follows follows,
      Deliveries deliveries,
      List<Connector> connectors,
      Hosts hosts,
      NetworkMeters meters,
      InstantSource time) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.database = database;
    this.follows = follows;
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
    AccountStore.reading(database.pool())
        .compose(
            accounts ->
                follows
                    .of(meetings(accounts), time.instant())
                    .compose(followed -> settle(accounts, followed)))
        .onFailure(error -> LOG.log(System.Logger.Level.DEBUG, "connectors: {0}", error))
        .onComplete(done -> context.runOnContext(go -> looking = false));
  }

  private static Set<UUID> meetings(List<AccountStore.Kept> accounts) {
    return accounts.stream().map(kept -> kept.account().meeting()).collect(Collectors.toSet());
  }

  private Future<Void> settle(List<AccountStore.Kept> accounts, Map<UUID, Followed> followed) {
    Set<UUID> wanted = new HashSet<>();
    Future<Void> done = Future.succeededFuture();
    for (AccountStore.Kept kept : accounts) {
      Account account = kept.account();
      Followed follow = followed.get(account.meeting());
      Set<String> tags = follow == null ? Set.of() : keys(follow);
      if (tags.isEmpty() || !connectors.containsKey(account.network())) {
        continue;
      }
      wanted.add(account.id());
      done = done.compose(before -> one(kept, tags)).recover(Connectors::logged);
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

  private static Future<Void> logged(Throwable error) {
    LOG.log(System.Logger.Level.WARNING, "connectors: {0}", error.toString());
    return Future.succeededFuture();
  }

  private Future<Void> one(AccountStore.Kept kept, Set<String> tags) {
    Account account = kept.account();
    Work work = working.get(account.id());
    if (work != null && work.fence() != kept.fence()) {
      return end(account.id()).compose(done -> start(kept, tags));
    }
    if (work == null) {
      return start(kept, tags);
    }
    if (!work.inbox().tags().equals(tags)) {
      work.inbox().tags(tags);
      work.running().tagsChanged();
    }
    return Future.succeededFuture();
  }

  private Future<Void> start(AccountStore.Kept kept, Set<String> tags) {
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
                                    : follow(kept, taken.get(), tags))
                    : Future.succeededFuture());
  }

  private Future<Void> follow(AccountStore.Kept kept, AccountStore.Taken taken, Set<String> tags) {
    Account account = kept.account();
    Inbox inbox = new Inbox(database, context, kept, taken, time, meters, deliveries::wake);
    inbox.tags(tags);
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

  /** The matching keys of everything a meeting follows. */
  static Set<String> keys(Followed followed) {
    Set<String> keys = new HashSet<>();
    followed.tags().forEach(tag -> keys.add(Tags.key(tag)));
    followed.sessions().forEach(slot -> slot.tags().forEach(tag -> keys.add(Tags.key(tag))));
    return keys;
  }
}
