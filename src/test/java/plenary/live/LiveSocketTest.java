package plenary.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LiveSocketTest {
  private final List<String> sent = new ArrayList<>();
  private final LiveSocket socket =
      new LiveSocket(new Viewer(View.SCREEN, null, Set.of()), new Recording(), "", 0, 0);

  /** A client that takes everything. */
  private final class Recording implements Outlet {
    @Override
    public boolean full() {
      return false;
    }

    @Override
    public void send(String frame, String epoch, long version) {
      sent.add(frame);
    }

    @Override
    public void onDrain(Runnable action) {}

    @Override
    public void ping() {}

    @Override
    public void close(Bye bye, long retryAfterMillis) {}

    @Override
    public void hardClose() {}
  }

  private static Frame frame(Frame.Kind kind, long from, long version) {
    return new Frame("e", from, version, kind + " " + version, kind);
  }

  @Test
  void aPulseArrivesThoughNothingChanged() {
    socket.bring(frame(Frame.Kind.SNAPSHOT, 0, 5), "");
    assertThat(socket.offer(frame(Frame.Kind.PULSE, 5, 5))).isTrue();
    assertThat(socket.offer(frame(Frame.Kind.PULSE, 3, 5))).isTrue();
    assertThat(sent).containsExactly("SNAPSHOT 5", "PULSE 5", "PULSE 5");
  }

  @Test
  void whatTheClientHasIsNotToldAgain() {
    socket.bring(frame(Frame.Kind.SNAPSHOT, 0, 5), "");
    assertThat(socket.offer(frame(Frame.Kind.CHANGE, 3, 5))).isFalse();
    assertThat(socket.offer(frame(Frame.Kind.PULSE, 3, 4))).isFalse();
    assertThat(sent).hasSize(1);
  }
}
