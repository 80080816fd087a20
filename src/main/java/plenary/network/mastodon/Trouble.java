package plenary.network.mastodon;

import io.vertx.core.json.JsonObject;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import plenary.network.Following.State;
import plenary.network.Hosts;

/** Why a server did not do what it was asked, in a sentence for the organiser. */
final class Trouble extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int WORDS_MAX = 200;

  /** How it is to be shown. */
  private final State state;

  /** The status of the answer; 0 = there was none. */
  private final int status;

  private Trouble(State state, int status, String sentence) {
    super(sentence, null, false, false);
    this.state = state;
    this.status = status;
  }

  State state() {
    return state;
  }

  int status() {
    return status;
  }

  String sentence() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  /** Whether nothing can have reached the server. */
  boolean unsent() {
    return status == UNSENT;
  }

  static final int UNSENT = -1;

  /** Something that the organiser has to put right. */
  static Trouble failed(int status, String sentence) {
    return new Trouble(State.FAILED, status, sentence);
  }

  /** Something that may pass by itself. */
  static Trouble passing(int status, String sentence) {
    return new Trouble(State.CONNECTING, status, sentence);
  }

  /** The limit is reached. */
  static Trouble limit(String host) {
    return new Trouble(
        State.WAITING,
        429,
        host + " asks us to wait: too many requests were made with this token.");
  }

  /** What went wrong below HTTP. */
  static Trouble of(Throwable cause, String host) {
    return switch (cause) {
      case Trouble trouble -> trouble;
      case Hosts.Inside inside -> failed(UNSENT, inside.sentence());
      case UnknownHostException _ ->
          failed(UNSENT, "No server named " + host + " is found: check the address.");
      case SSLException _ ->
          failed(UNSENT, "The connection to " + host + " is not secure: its certificate is wrong.");
      case ConnectException _ -> passing(UNSENT, host + " cannot be reached.");
      case TimeoutException _ -> passing(0, host + " does not answer.");
      default ->
          cause.getCause() instanceof SSLException ssl
              ? of(ssl, host)
              : passing(0, "The connection to " + host + " broke.");
    };
  }

  /** What an answer that is not a success means. */
  static Trouble of(Site.Answer answer, String host) {
    int status = answer.status();
    String words = words(answer);
    return switch (status) {
      case 301, 302, 303, 307, 308 ->
          failed(
              status,
              host + " sends us on to " + answer.location() + ": enter the address it leads to.");
      case 401 ->
          failed(
              status,
              host
                  + " does not accept the access token (any more): make a new one under"
                  + " Preferences, Development, and enter it here."
                  + words);
      case 403 ->
          failed(
              status,
              host
                  + " forbids it: give the token the scopes that are needed, and check that the"
                  + " account is in good standing."
                  + words);
      case 404 ->
          failed(status, host + " does not know what it was asked: is it a Mastodon server?");
      case 410 -> failed(status, host + " says that it is gone for good.");
      case 422 -> failed(status, host + " refuses it." + words);
      case 429 -> limit(host);
      default ->
          status >= 500
              ? passing(status, host + " is in trouble itself (error " + status + ").")
              : failed(status, host + " answers with error " + status + "." + words);
    };
  }

  /** An answer that no Mastodon server gives. */
  static Trouble notMastodon(int status, String host) {
    return failed(
        status,
        host
            + " answers with something else than a Mastodon server does (a web page?): check the"
            + " address, or wait until it works again.");
  }

  /** What the server itself says. */
  private static String words(Site.Answer answer) {
    @Nullable String said =
        answer.json() instanceof JsonObject json ? json.getString("error") : null;
    if (said == null || said.isBlank()) {
      return "";
    }
    String calm = said.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
    String cut = calm.length() > WORDS_MAX ? calm.substring(0, WORDS_MAX) + "…" : calm;
    return String.format(Locale.ROOT, " It says: “%s”", cut);
  }
}
