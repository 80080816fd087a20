package plenary.network;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
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
import org.jspecify.annotations.Nullable;
import plenary.database.Database;
import plenary.hashtag.Guard;
import plenary.hashtag.Guards;
import plenary.hashtag.Tags;
import plenary.live.Live;
import plenary.meeting.Follows;
import plenary.meeting.Follows.Followed;
import plenary.meeting.Follows.Slot;
import plenary.problem.Failure;
import plenary.question.Intake;
import plenary.question.Intake.Told;
import plenary.question.Place;

/**
 * Tells sessions of posts that came, changed or went. What is due is in the database, and telling
 * twice does no harm, so a node that dies in between leaves its work to the next one that looks.
 *
 * <p>A post goes to the sessions whose own hashtag it carries, once they are open; with the
 * meeting's hashtag alone, to the live sessions that have none of their own, or, while nothing is
 * live, to the only one that is open; and what answers a chat's prompt in its thread, to that
 * chat's session, with a hashtag or without. Reposts are counted and go nowhere.
 */
public final class Deliveries {
  private static final System.Logger LOG = System.getLogger(Deliveries.class.getName());
  private static final int BATCH_MAX = Intake.BATCH_MAX;
  private static final long SWEEP_EVERY_MS = 5_000;
  private static final Duration PURGE_EVERY = Duration.ofHours(1);
  private static final Duration TOMBSTONE_AGE = Duration.ofDays(30);
  private static final Duration GONE_AGE = Duration.ofHours(24);

  private final Vertx vertx;
  private final Context context;
  private final Database database;
  private final Live live;
  private final Follows follows;
  private final Intake intake;
  private final Guards guards;
  private final Placement placement;
  private final NetworkMeters meters;
  private final InstantSource time;
  private final Set<UUID> running = new HashSet<>();
  private final Set<UUID> again = new HashSet<>();
  private final List<Long> timers = new ArrayList<>();

  public Deliveries(
      Vertx vertx,
      Database database,
      Live live,
      Follows follows,
      Intake intake,
      Guards guards,
      Placement placement,
      NetworkMeters meters,
      InstantSource time) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.database = database;
    this.live = live;
    this.follows = follows;
    this.intake = intake;
    this.guards = guards;
    this.placement = placement;
    this.meters = meters;
    this.time = time;
  }

  /** Starts to look for what others left. */
  public void start() {
    timers.add(
        vertx.setPeriodic(
            SWEEP_EVERY_MS,
            tick ->
                DeliveryStore.waiting(database.pool())
                    .onSuccess(meetings -> meetings.forEach(this::wake))));
    timers.add(
        vertx.setPeriodic(
            PURGE_EVERY.toMillis(),
            tick -> {
              PostStore.blank(database.pool(), time.instant().minus(GONE_AGE));
              PostStore.purge(database.pool(), time.instant().minus(TOMBSTONE_AGE));
            }));
  }

  public void stop() {
    timers.forEach(vertx::cancelTimer);
  }

  /** Something is due in a meeting. Any thread. */
  public void wake(UUID meeting) {
    context.runOnContext(
        go -> {
          if (!running.add(meeting)) {
            again.add(meeting);
            return;
          }
          round(meeting)
              .onFailure(
                  error ->
                      LOG.log(System.Logger.Level.WARNING, "posts stay due: {0}", error.toString()))
              .onComplete(
                  done ->
                      context.runOnContext(
                          next -> {
                            running.remove(meeting);
                            boolean more = done.succeeded() && done.result();
                            if (again.remove(meeting) || more) {
                              wake(meeting);
                            }
                          }));
        });
  }

  /** Tells of a batch; whether there is more. */
  private Future<Boolean> round(UUID meeting) {
    return DeliveryStore.due(database.pool(), meeting, BATCH_MAX)
        .compose(
            due ->
                due.isEmpty()
                    ? Future.succeededFuture(false)
                    : asked(meeting)
                        .compose(asked -> round(meeting, due, asked))
                        .map(done -> due.size() == BATCH_MAX));
  }

  private Future<List<Placement.Asked>> asked(UUID meeting) {
    return placement.asked(Set.of(meeting)).map(asked -> asked.getOrDefault(meeting, List.of()));
  }

  private Future<Void> round(
      UUID meeting, List<DeliveryStore.Due> due, List<Placement.Asked> asked) {
    return guards
        .of(meeting)
        .map(guard -> stray(guard, due, asked))
        .compose(
            stray ->
                tell(meeting, due, stray, asked)
                    .compose(done -> DeliveryStore.told(database.pool(), meeting, due, stray)));
  }

  /** Posts that mean something else by the hashtag; what answers a prompt does not. */
  private static Set<UUID> stray(
      Guard guard, List<DeliveryStore.Due> due, List<Placement.Asked> asked) {
    return due.stream()
        .filter(post -> answered(post, asked).isEmpty())
        .filter(post -> !guard.admits(post.tags(), post.writerKnown(), post.text()))
        .map(DeliveryStore.Due::post)
        .collect(Collectors.toSet());
  }

  /** The sessions whose prompts a post answers by its thread. */
  private static Set<UUID> answered(DeliveryStore.Due post, List<Placement.Asked> asked) {
    return asked.stream()
        .filter(each -> each.isAnsweredBy(post.network(), post.replyTo(), post.thread()))
        .map(Placement.Asked::session)
        .collect(Collectors.toSet());
  }

  private Future<Void> tell(
      UUID meeting, List<DeliveryStore.Due> due, Set<UUID> stray, List<Placement.Asked> asked) {
    Set<UUID> posts = due.stream().map(DeliveryStore.Due::post).collect(Collectors.toSet());
    Future<Map<UUID, Set<UUID>>> having = intake.sessionsOf(posts);
    return follows
        .of(Set.of(meeting), time.instant())
        .compose(
            followed ->
                having.map(sessions -> routes(followed.get(meeting), due, stray, sessions, asked)))
        .compose(
            routes -> {
              List<Future<Void>> told = new ArrayList<>();
              routes.forEach((session, of) -> told.add(tellSession(meeting, session, of)));
              return Future.join(told).mapEmpty();
            });
  }

  /** Which sessions are told what: true = it is there for them, false = it is not. */
  private static Map<UUID, Map<DeliveryStore.Due, Boolean>> routes(
      @Nullable Followed followed,
      List<DeliveryStore.Due> due,
      Set<UUID> stray,
      Map<UUID, Set<UUID>> having,
      List<Placement.Asked> asked) {
    Map<UUID, Map<DeliveryStore.Due, Boolean>> routes = new LinkedHashMap<>();
    for (DeliveryStore.Due post : due) {
      boolean stands = post.stands() && !stray.contains(post.post());
      Set<UUID> answers = answered(post, asked);
      Set<UUID> goes =
          stands && !post.repost() && followed != null
              ? targets(followed, post.tags(), answers)
              : Set.of();
      goes.forEach(session -> route(routes, session).put(post, true));
      for (UUID session : having.getOrDefault(post.post(), Set.of())) {
        if (!goes.contains(session)) {
          // What a session has already it keeps while the post carries the hashtag, closed or not,
          // whatever a guard says since; and a meeting that follows nothing any more keeps it all.
          if (!post.stands()) {
            route(routes, session).put(post, false);
          } else if (followed != null) {
            boolean stays = answers.contains(session) || carries(followed, session, post);
            route(routes, session).put(post, stays);
          }
        }
      }
    }
    return routes;
  }

  private static Map<DeliveryStore.Due, Boolean> route(
      Map<UUID, Map<DeliveryStore.Due, Boolean>> routes, UUID session) {
    return routes.computeIfAbsent(session, any -> new LinkedHashMap<>());
  }

  private static boolean carries(Followed followed, UUID session, DeliveryStore.Due post) {
    List<String> own =
        followed.sessions().stream()
            .filter(slot -> slot.session().equals(session) && !slot.tags().isEmpty())
            .findFirst()
            .map(Slot::tags)
            .orElse(followed.tags());
    return matches(own, post.tags());
  }

  private static Set<UUID> targets(Followed followed, Set<String> tags, Set<UUID> answers) {
    Set<UUID> targets = new HashSet<>();
    List<Slot> shared = new ArrayList<>();
    for (Slot slot : followed.sessions()) {
      if ((slot.isLive() || slot.isOpen()) && answers.contains(slot.session())) {
        targets.add(slot.session());
      }
      if (slot.tags().isEmpty()) {
        shared.add(slot);
      } else if ((slot.isLive() || slot.isOpen()) && matches(slot.tags(), tags)) {
        targets.add(slot.session());
      }
    }
    if (matches(followed.tags(), tags)) {
      List<Slot> live = shared.stream().filter(Slot::isLive).toList();
      List<Slot> open = shared.stream().filter(Slot::isOpen).toList();
      List<Slot> chosen = live.isEmpty() && open.size() == 1 ? open : live;
      chosen.forEach(slot -> targets.add(slot.session()));
    }
    return targets;
  }

  private static boolean matches(List<String> followed, Set<String> keys) {
    return followed.stream().map(Tags::key).anyMatch(keys::contains);
  }

  private Future<Void> tellSession(
      UUID meeting, UUID session, Map<DeliveryStore.Due, Boolean> posts) {
    List<DeliveryStore.Due> due = List.copyOf(posts.keySet());
    List<Placement.Candidate> candidates = new ArrayList<>();
    posts.forEach(
        (post, there) -> {
          if (there) {
            candidates.add(
                new Placement.Candidate(
                    post.post(),
                    post.network(),
                    post.id(),
                    post.replyTo(),
                    post.thread(),
                    post.text(),
                    post.postedAt()));
          }
        });
    return placement
        .place(session, candidates)
        .compose(
            placed -> {
              List<Told> told = new ArrayList<>();
              Map<Network, Integer> counts = new HashMap<>();
              posts.forEach(
                  (post, there) -> {
                    boolean stands = there && !placed.prompts().contains(post.post());
                    told.add(told(post, stands, placed.places().get(post.post())));
                    counts.merge(post.network(), 1, Integer::sum);
                  });
              return live.submit(
                      intake.tell(session, told, sql -> DeliveryStore.unchanged(sql, meeting, due)))
                  .onSuccess(done -> counts.forEach((net, n) -> meters.delivered(net, "told", n)))
                  .<Void>mapEmpty();
            })
        // An erased session needs to hear of nothing.
        .recover(
            error ->
                error instanceof Failure.NotFound
                    ? Future.succeededFuture()
                    : Future.failedFuture(error));
  }

  private static Told told(DeliveryStore.Due post, boolean there, @Nullable Place place) {
    String handle = post.handle() == null ? "" : post.handle();
    return there
        ? new Told.Stands(
            post.post(),
            post.network().id(),
            post.writer() == null ? handle : post.writer(),
            handle,
            post.name(),
            post.url(),
            post.text(),
            post.postedAt(),
            place == null ? suggested(post.text()) : place)
        : new Told.Gone(post.post());
  }

  /** Where something goes that answers no prompt: what asks is a question, the rest is for all. */
  private static Place suggested(String text) {
    return text.codePoints().anyMatch(c -> c == '?' || c == '؟' || c == '？' || c == '՞')
        ? Place.QUESTION
        : Place.WALL;
  }
}
