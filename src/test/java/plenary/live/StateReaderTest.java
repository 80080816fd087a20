package plenary.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import plenary.live.EntityStore.Reading;
import plenary.problem.Failure;

/** Lost, late and reordered news, one turn after the other. */
class StateReaderTest {
  private static final UUID SESSION = new UUID(0, 1);

  private final Deque<Promise<Reading>> reads = new ArrayDeque<>();
  private final List<Long> sinces = new ArrayList<>();
  private final List<Runnable> retries = new ArrayList<>();
  private final List<String> told = new ArrayList<>();

  private final StateReader reader =
      new StateReader(
          since -> {
            sinces.add(since);
            reads.add(Promise.promise());
            return reads.getLast().future();
          },
          new StateReader.Follower() {
            @Override
            public void changed(SessionState state, List<Entity> changed, long before) {
              told.add(before + "-" + state.version());
            }

            @Override
            public void replaced() {
              told.add("replaced");
            }
          },
          retries::add);

  private static Reading reading(long head) {
    return new Reading(
        head, 0, "e", List.of(new Entity("k", head, View.ALL, View.ALL, null, "{}")));
  }

  private static Committed commit(long from, long to) {
    return new Committed(SESSION, from, to, reading(to).entities());
  }

  private void answerRead(long head) {
    reads.removeFirst().complete(reading(head));
  }

  private void begin(long head) {
    Future<SessionState> first = reader.state(0);
    answerRead(head);
    assertThat(first.succeeded()).isTrue();
  }

  @Test
  void oneReadServesAllWhoWait() {
    Future<SessionState> one = reader.state(0);
    Future<SessionState> two = reader.state(0);
    assertThat(sinces).containsExactly(0L);
    answerRead(5);
    assertThat(one.result().version()).isEqualTo(5);
    assertThat(two.result().version()).isEqualTo(5);
    assertThat(reads).isEmpty();
  }

  @Test
  void aWakeUpDuringAReadIsNotLost() {
    begin(5);
    reader.wake(6);
    reader.wake(7);
    answerRead(6);
    assertThat(sinces).containsExactly(0L, 5L, 6L);
    answerRead(7);
    assertThat(reader.version()).isEqualTo(7);
    assertThat(told).containsExactly("5-6", "6-7");
    assertThat(reads).isEmpty();
  }

  @Test
  void aCommitDuringAReadIsReadAndAnyOtherIsTakenDirectly() {
    begin(5);
    reader.committed(commit(5, 6));
    assertThat(reads).isEmpty();
    reader.committed(commit(7, 8));
    assertThat(reads).hasSize(1);
    reader.committed(commit(8, 9));
    answerRead(8);
    answerRead(9);
    assertThat(told).containsExactly("5-6", "6-8", "8-9");
  }

  @Test
  void whoKnowsMoreThanTheReadGetsTheNextOne() {
    reader.state(0);
    Future<SessionState> ahead = reader.state(7);
    answerRead(5);
    assertThat(ahead.isComplete()).isFalse();
    answerRead(7);
    assertThat(ahead.result().version()).isEqualTo(7);
  }

  @Test
  void whoClaimsMoreThanThereIsGetsWhatThereIs() {
    begin(5);
    Future<SessionState> liar = reader.state(1_000);
    answerRead(5);
    assertThat(liar.result().version()).isEqualTo(5);
    assertThat(reads).isEmpty();
  }

  @Test
  void aPollThatACommitOvertookReplacesNothing() {
    begin(5);
    long asked = reader.version();
    reader.committed(commit(5, 6));
    reader.polled(5, asked);
    assertThat(told).containsExactly("5-6");
    assertThat(reader.version()).isEqualTo(6);
    assertThat(reads).isEmpty();
  }

  @Test
  void aHeadBelowWhatWasHereMeansThatHistoryWasReplaced() {
    begin(5);
    reader.polled(3, 5);
    assertThat(told).containsExactly("replaced");
    assertThat(reader.state()).isNull();
    Future<SessionState> back = reader.state(5);
    answerRead(3);
    assertThat(back.result().version()).isEqualTo(3);
  }

  @Test
  void anotherEpochMeansThatToo() {
    begin(5);
    reader.wake(6);
    Future<SessionState> waiting = reader.state(6);
    reads.removeFirst().complete(new Reading(9, 0, "f", List.of()));
    assertThat(told).containsExactly("replaced");
    assertThat(waiting.isComplete()).isFalse();
    reads.removeFirst().complete(new Reading(9, 0, "f", List.of()));
    assertThat(waiting.result().epoch()).isEqualTo("f");
  }

  @Test
  void aFailedReadIsToldToThoseWhoWaitAndTriedAgain() {
    begin(5);
    reader.wake(6);
    Future<SessionState> waiting = reader.state(6);
    reads.removeFirst().fail("no connection");
    assertThat(waiting.cause()).isInstanceOf(Failure.Unavailable.class);
    retries.removeFirst().run();
    answerRead(6);
    assertThat(reader.version()).isEqualTo(6);
  }

  @Test
  void aSessionThatIsNotThereIsSaidToBeUnknown() {
    Future<SessionState> waiting = reader.state(0);
    reads.removeFirst().complete(null);
    assertThat(waiting.cause()).isInstanceOf(Failure.NotFound.class);
    assertThat(reader.isAwaited()).isFalse();
  }
}
