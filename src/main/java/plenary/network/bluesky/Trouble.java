package plenary.network.bluesky;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import plenary.network.Following.State;
import plenary.network.Hosts;

/**
 * Why a stream did not open.
 *
 * @param pause how long the server asks to stay away; null when it does not
 * @param otherWire whether it may speak the other wire
 * @param tooOld whether it no longer has what was asked for
 */
record Trouble(
    State state, String sentence, @Nullable Duration pause, boolean otherWire, boolean tooOld) {
  private static final Duration WAIT_MAX = Duration.ofMinutes(5);
  private static final Duration TOO_MANY = Duration.ofSeconds(30);

  static Trouble of(Throwable why, String server) {
    return switch (why) {
      case UpgradeRejectedException answer -> answered(answer, server);
      case UnknownHostException unknown ->
          new Trouble(
              State.FAILED,
              "There is no server " + server + "; look at the address of the Jetstream.",
              null,
              false,
              false);
      case Hosts.Inside inside -> new Trouble(State.FAILED, inside.sentence(), null, false, false);
      case SSLException insecure ->
          new Trouble(
              State.FAILED,
              "No secure connection to " + server + " can be made: " + words(insecure),
              null,
              false,
              false);
      case TimeoutException silent ->
          new Trouble(
              State.CONNECTING,
              server + " does not answer; it is tried again.",
              null,
              false,
              false);
      default ->
          new Trouble(
              State.CONNECTING,
              server + " cannot be reached; it is tried again.",
              null,
              false,
              false);
    };
  }

  private static Trouble answered(UpgradeRejectedException answer, String server) {
    int status = answer.getStatus();
    Buffer content = answer.getBody();
    String body = content == null ? "" : content.toString();
    if (status == 400 && body.contains("CursorTooOld")) {
      return new Trouble(
          State.FAILED,
          server + " no longer has what was missed, and takes nothing up.",
          null,
          false,
          true);
    }
    return switch (status) {
      case 401, 403 ->
          failed(server + " refuses to let Plenary read its stream (" + status + ").", false);
      case 400, 404, 405, 426, 501 ->
          failed(
              "There is no Jetstream at "
                  + server
                  + " (it answers "
                  + status
                  + "); look at the address.",
              true);
      case 429 ->
          new Trouble(
              State.WAITING,
              server + " asks to wait: too many connections (429).",
              wait(answer),
              false,
              false);
      default ->
          status >= 500
              ? new Trouble(
                  State.CONNECTING,
                  server + " has trouble (" + status + "); it is tried again.",
                  null,
                  false,
                  false)
              : failed(
                  server
                      + " answers with a page and not with a stream of posts ("
                      + status
                      + "); look at the address.",
                  true);
    };
  }

  private static Trouble failed(String sentence, boolean otherWire) {
    return new Trouble(State.FAILED, sentence, null, otherWire, false);
  }

  private static Duration wait(UpgradeRejectedException answer) {
    Instant until =
        Xrpc.resets(
            answer.getHeaders().get("ratelimit-reset"), answer.getHeaders().get("retry-after"));
    if (until == null) {
      return TOO_MANY;
    }
    Duration asked = Duration.between(Instant.now(), until);
    return asked.isNegative() ? TOO_MANY : asked.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : asked;
  }

  private static String words(Throwable why) {
    String message = why.getMessage();
    return message == null ? why.getClass().getSimpleName() : message;
  }
}
