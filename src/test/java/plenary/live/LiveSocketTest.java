package plenary.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One client's place in a stream, with a way out that can be stopped up. */
class LiveSocketTest {
  private final List<String> sent = new ArrayList<>();
  private boolean full;
  private @Nullable Runnable drained;
  private int catchUps;

  private final Outlet outlet =
      new Outlet() {
        @Override
        public boolean full() {
          return full;
        }

        @Override
        public void send(String frame, String epoch, long version) {
          sent.add(frame);
        }

        @Override
        public void onDrain(Runnable action) {
          drained = action;
        }

        @Override
        public void ping() {
          sent.add("ping");
        }

        @Override
        public void close(Bye bye, long retryAfterMillis) {
          sent.add(bye.reason());
        }

        @Override
        public void hardClose() {}
      };

  private LiveSocket socket(String epoch, long have) {
    LiveSocket socket =
        new LiveSocket(new Viewer(View.ATTENDEE, null, Set.of()), outlet, epoch, have, 0);
    socket.onBehind(() -> catchUps++);
    return socket;
  }

  private static Frame frame(Frame.Kind kind, long from, long version) {
    return new Frame("e", from, version, kind.id() + ' ' + from + '-' + version, kind);
  }

  @Test
  void nothingIsSentBeforeTheFirstFrame() {
    LiveSocket socket = socket("", 0);
    assertThat(socket.offer(frame(Frame.Kind.CHANGE, 0, 3))).isFalse();
    socket.bring(frame(Frame.Kind.SNAPSHOT, 0, 3), "mine");
    assertThat(socket.offer(frame(Frame.Kind.CHANGE, 2, 3))).isFalse();
    assertThat(socket.offer(frame(Frame.Kind.CHANGE, 2, 4))).isTrue();
    assertThat(sent).containsExactly("snapshot 0-3", "mine", "change 2-4");
    assertThat(socket.have()).isEqualTo(4);
  }

  @Test
  void aPulseIsSentAlsoToWhoHasEverything() {
    LiveSocket socket = socket("", 0);
    socket.bring(frame(Frame.Kind.SNAPSHOT, 0, 3), "");
    assertThat(socket.offer(frame(Frame.Kind.PULSE, 3, 3))).isTrue();
    assertThat(socket.offer(frame(Frame.Kind.PULSE, 2, 2))).isFalse();
    assertThat(socket.offer(frame(Frame.Kind.PULSE, 3, 5))).isTrue();
    assertThat(socket.have()).isEqualTo(5);
  }

  @Test
  void whoCannotTakeMoreIsSkippedAndGetsOneCatchUpWhenThereIsRoom() {
    LiveSocket socket = socket("", 0);
    socket.bring(frame(Frame.Kind.SNAPSHOT, 0, 3), "");
    full = true;
    for (int i = 3; i < 100; i++) {
      assertThat(socket.offer(frame(Frame.Kind.CHANGE, i, i + 1))).isFalse();
      socket.offerPrivate("mine");
    }
    assertThat(sent).containsExactly("snapshot 0-3");
    assertThat(socket.fullSince()).isNotZero();
    assertThat(catchUps).isZero();
    full = false;
    assertThat(drained).isNotNull();
    drained.run();
    assertThat(catchUps).isOne();
    assertThat(socket.fullSince()).isZero();
    assertThat(socket.have()).as("its own version").isEqualTo(3);
    socket.bring(frame(Frame.Kind.CHANGE, 3, 100), "");
    assertThat(socket.have()).isEqualTo(100);
  }

  @Test
  void aGapOrAnotherEpochAsksForACatchUp() {
    LiveSocket socket = socket("", 0);
    socket.bring(frame(Frame.Kind.SNAPSHOT, 0, 3), "");
    assertThat(socket.offer(frame(Frame.Kind.CHANGE, 4, 5))).isFalse();
    assertThat(catchUps).isOne();
    socket.bring(frame(Frame.Kind.CHANGE, 3, 5), "");
    assertThat(socket.offer(new Frame("f", 5, 6, "other", Frame.Kind.CHANGE))).isFalse();
    assertThat(catchUps).isEqualTo(2);
  }

  @Test
  void afterGoodByeNothingIsSent() {
    LiveSocket socket = socket("", 0);
    socket.bring(frame(Frame.Kind.SNAPSHOT, 0, 3), "");
    socket.close(Bye.REVOKED, 0);
    socket.close(Bye.MOVED, 0);
    assertThat(socket.offer(frame(Frame.Kind.CHANGE, 3, 4))).isFalse();
    socket.offerPrivate("mine");
    socket.bring(frame(Frame.Kind.SNAPSHOT, 0, 9), "mine");
    assertThat(sent).containsExactly("snapshot 0-3", "revoked");
  }
}
