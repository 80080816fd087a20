package plenary.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import plenary.problem.Failure;

/**
 * What waits for a committer: two bounded queues, staff first. Any thread may put commands in; the
 * committer's loop takes them out.
 */
final class CommandQueues {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /**
   * Most commands of a batch that run one by one: each takes several round trips to the database,
   * and the transaction must end well within its time on a slow day.
   */
  private static final int SINGLES_MAX = 50;

  private final CommitLimits limits;
  private final LiveMeters meters;
  private final Lane staff;
  private final Lane crowd;

  CommandQueues(CommitLimits limits, LiveMeters meters) {
    this.limits = limits;
    this.meters = meters;
    this.staff = new Lane(limits.staffQueueMax());
    this.crowd = new Lane(limits.crowdQueueMax());
  }

  private static final class Lane {
    private final Queue<Pending> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    /** How many of them are not gathered commands. */
    private final AtomicInteger others = new AtomicInteger();

    private final int max;

    Lane(int max) {
      this.max = max;
    }

    boolean offer(Pending pending) {
      if (size.incrementAndGet() > max) {
        size.decrementAndGet();
        return false;
      }
      if (!pending.gathered()) {
        others.incrementAndGet();
      }
      return queue.add(pending);
    }

    @Nullable Pending poll() {
      Pending pending = queue.poll();
      if (pending != null) {
        size.decrementAndGet();
        if (!pending.gathered()) {
          others.decrementAndGet();
        }
      }
      return pending;
    }
  }

  /** The refusal of what could not be queued, or waited too long. */
  static Failure busy() {
    return new Failure.Unavailable(
        "busy", "Too much is happening at once; please try again in a moment.", RETRY_AFTER);
  }

  private Lane of(Command.Lane lane) {
    return lane == Command.Lane.STAFF ? staff : crowd;
  }

  /** Queues a command; says whether there was room. From any thread. */
  boolean offer(Pending pending) {
    return of(pending.command().lane()).offer(pending);
  }

  int waiting(Command.Lane lane) {
    return of(lane).size.get();
  }

  /** Whether all that waits is gathered commands, and fewer than a batch holds. */
  boolean mayGather() {
    return staff.others.get() == 0
        && crowd.others.get() == 0
        && staff.size.get() + crowd.size.get() < limits.batchMax();
  }

  /** The next batch; refuses what waited too long. */
  List<Pending> take() {
    return take(List.of(), pending -> true);
  }

  /** What a batch that has its locks may take besides, of the same sessions and in order. */
  List<Pending> takeMore(Set<UUID> sessions, List<Pending> batch) {
    return take(batch, pending -> sessions.contains(pending.command().session()));
  }

  private List<Pending> take(List<Pending> besides, Predicate<Pending> which) {
    List<Pending> batch = new ArrayList<>();
    int room = limits.batchMax() - besides.size();
    long singles = besides.stream().filter(pending -> !pending.gathered()).count();
    for (Lane lane : List.of(staff, crowd)) {
      while (batch.size() < room && singles < SINGLES_MAX) {
        Pending first = lane.queue.peek();
        if (first == null || !which.test(first)) {
          break;
        }
        Pending pending = Objects.requireNonNull(lane.poll());
        if (late(pending)) {
          refuse(pending);
        } else {
          batch.add(pending);
          singles += pending.gathered() ? 0 : 1;
        }
      }
    }
    return batch;
  }

  /** While a batch hangs, those who waited too long are told so. */
  void refuseLate() {
    for (Lane lane : List.of(staff, crowd)) {
      Pending first = lane.queue.peek();
      while (first != null && late(first)) {
        Pending late = lane.poll();
        if (late != null) {
          refuse(late);
        }
        first = lane.queue.peek();
      }
    }
  }

  private boolean late(Pending pending) {
    return System.nanoTime() - pending.since() > limits.deadline().toNanos();
  }

  private void refuse(Pending pending) {
    meters.refused("deadline");
    Pending.deliver(List.of(new Pending.Outcome(pending, null, busy())));
  }
}
