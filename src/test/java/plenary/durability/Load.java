package plenary.durability;

import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import plenary.durability.Caller.Reply;
import plenary.durability.Hall.Person;
import plenary.durability.Hall.Room;
import plenary.durability.Journal.Asked;
import plenary.durability.Journal.Cast;
import plenary.durability.Journal.Moved;

/**
 * Everybody in the hall at once: of the commands 60 % are votes, 30 % questions, 10 % moves. Each
 * worker sends one command at a time, so what must be true of its people is known exactly.
 */
final class Load {
  private static final int WORKERS_PER_ROOM = 6;
  private static final long PARTICIPANT_NANOS = 120_000_000L;
  private static final long MODERATOR_NANOS = 180_000_000L;
  private static final long SETTLE_NANOS = 20_000_000_000L;

  private final Caller caller;
  private final Hall hall;
  private final Journal journal;
  private final long seed;
  private final AtomicInteger number = new AtomicInteger();
  private final List<Thread> workers = new ArrayList<>();
  private volatile boolean stopping;
  private volatile long settleUntil = Long.MAX_VALUE;

  /** What the workers of one room tell each other. */
  private static final class Board {
    final Queue<String> incoming = new ConcurrentLinkedQueue<>();
    final List<String> shown = new CopyOnWriteArrayList<>();
  }

  Load(Caller caller, Hall hall, Journal journal, long seed) {
    this.caller = caller;
    this.hall = hall;
    this.journal = journal;
    this.seed = seed;
  }

  void start() {
    Random seeds = new Random(seed);
    for (Room room : hall.rooms()) {
      Board board = new Board();
      for (int w = 0; w < WORKERS_PER_ROOM; w++) {
        List<Person> people = new ArrayList<>();
        for (int p = w; p < room.people().size(); p += WORKERS_PER_ROOM) {
          people.add(room.people().get(p));
        }
        Random random = new Random(seeds.nextLong());
        run(PARTICIPANT_NANOS, () -> participate(room, board, people, random));
      }
      Deque<String> approved = new ArrayDeque<>();
      Deque<String> queued = new ArrayDeque<>();
      Random random = new Random(seeds.nextLong());
      run(MODERATOR_NANOS, () -> moderate(room, board, approved, queued, random));
    }
  }

  private void run(long everyNanos, Runnable command) {
    workers.add(
        Thread.ofVirtual()
            .start(
                () -> {
                  long next = System.nanoTime();
                  while (!stopping) {
                    command.run();
                    next = Math.max(next + everyNanos, System.nanoTime() - everyNanos);
                    LockSupport.parkNanos(next - System.nanoTime());
                  }
                }));
  }

  private boolean maySettle() {
    return System.nanoTime() < settleUntil;
  }

  /** Lets every command come to an end, and ends. */
  void stop() throws InterruptedException {
    settleUntil = System.nanoTime() + SETTLE_NANOS;
    stopping = true;
    for (Thread worker : workers) {
      worker.join();
    }
  }

  private void participate(Room room, Board board, List<Person> people, Random random) {
    Person person = people.get(random.nextInt(people.size()));
    if (random.nextInt(3) == 0 || board.shown.isEmpty()) {
      ask(room, board, person);
    } else {
      int among = board.shown.size();
      vote(room, board.shown.get(Math.max(0, among - 1 - random.nextInt(30))), person, random);
    }
  }

  private void ask(Room room, Board board, Person person) {
    String text = "Does finding number " + number.incrementAndGet() + " hold in practice?";
    Reply reply =
        caller.settle(
            "POST",
            "/api/sessions/" + room.session() + "/questions",
            person.token(),
            JsonObject.of("text", text),
            this::maySettle);
    if (count(reply)) {
      String id = reply.body().getString("id");
      journal.questions.put(id, new Asked(room.session(), id, person.id(), text));
      board.incoming.add(id);
    }
  }

  private void vote(Room room, String question, Person person, Random random) {
    Cast cast = new Cast(question, person.id());
    boolean takeBack = journal.votes.contains(cast) && random.nextInt(4) == 0;
    Reply reply =
        caller.settle(
            takeBack ? "DELETE" : "PUT",
            "/api/sessions/" + room.session() + "/questions/" + question + "/vote",
            person.token(),
            null,
            this::maySettle);
    if (count(reply)) {
      if (takeBack) {
        journal.votes.remove(cast);
      } else {
        journal.votes.add(cast);
      }
    }
  }

  private void moderate(
      Room room, Board board, Deque<String> approved, Deque<String> queued, Random random) {
    int dice = random.nextInt(10);
    if (dice < 2 && !approved.isEmpty()) {
      String question = approved.remove();
      if (move(room, question, "queued")) {
        queued.add(question);
      }
    } else if (dice < 3 && !queued.isEmpty()) {
      move(room, queued.remove(), "stage");
    } else {
      String question = board.incoming.poll();
      if (question != null && dice < 4) {
        move(room, question, "dismissed");
      } else if (question != null && move(room, question, "approved")) {
        approved.add(question);
        board.shown.add(question);
      }
    }
  }

  private boolean move(Room room, String question, String to) {
    Reply reply =
        caller.settle(
            "POST",
            "/api/sessions/" + room.session() + "/questions/" + question + "/moves",
            hall.organiser(),
            JsonObject.of("to", to),
            this::maySettle);
    if (count(reply)) {
      journal.moves.add(new Moved(room.session(), question, to, reply.body().getLong("version")));
      return true;
    }
    return false;
  }

  private boolean count(Reply reply) {
    if (reply.isDone()) {
      journal.acked();
    } else if (reply.isKnown()) {
      String problem = reply.body().getString("type", "").replace("urn:plenary:problem:", "");
      journal.refused.merge(problem, 1, Integer::sum);
    } else {
      journal.open.incrementAndGet();
    }
    return reply.isDone();
  }

  /** How the last moves left every question that was moved. */
  static Map<String, String> statuses(Journal journal) {
    List<Moved> moves = new ArrayList<>(journal.moves());
    moves.sort((a, b) -> Long.compare(a.version(), b.version()));
    Map<String, String> statuses = new HashMap<>();
    Map<String, String> onStage = new HashMap<>();
    for (Moved moved : moves) {
      if (moved.to().equals("stage")) {
        String before = onStage.put(moved.session(), moved.question());
        if (before != null) {
          statuses.put(before, "answered");
        }
      }
      statuses.put(moved.question(), moved.to());
    }
    return statuses;
  }
}
