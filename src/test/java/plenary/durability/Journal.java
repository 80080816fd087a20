package plenary.durability;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the load program was told. It is what has to be true at the end: nothing acknowledged is
 * missing, nothing is there twice, nothing is there that was never acknowledged.
 */
final class Journal {
  /** An acknowledged question. */
  record Asked(String session, String id, String asker, String text) {}

  /** An acknowledged move, and the version it was given. */
  record Moved(String session, String question, String to, long version) {}

  /** A vote that stands. */
  record Cast(String question, String participant) {}

  final Map<String, Asked> questions = new ConcurrentHashMap<>();
  final Set<Cast> votes = ConcurrentHashMap.newKeySet();
  final ConcurrentLinkedQueue<Moved> moves = new ConcurrentLinkedQueue<>();
  final AtomicInteger acknowledged = new AtomicInteger();

  /** Answers that no resending changes, by the name of the problem. */
  final Map<String, Integer> refused = new ConcurrentHashMap<>();

  /** Commands that never got a known outcome; the check cannot judge them, so there are none. */
  final AtomicInteger open = new AtomicInteger();

  private final AtomicLong lastAck = new AtomicLong();

  void acked() {
    lastAck.set(System.nanoTime());
    acknowledged.incrementAndGet();
  }

  long lastAck() {
    return lastAck.get();
  }

  List<Moved> moves() {
    return new ArrayList<>(moves);
  }
}
