package plenary.network.x;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What X's answers mean, in a sentence that an organiser can act on. */
final class Answers {
  static final String TOO_MANY_CONNECTIONS =
      "X allows one stream for each app, and another program, meeting or server holds this app's: "
          + "end that one, or use an app of its own for this meeting.";

  private static final String REVOKED =
      "X does not accept the bearer token: the app's keys were made anew, or its access was taken"
          + " away. Copy the current bearer token from the developer console into this account.";

  private static final String NO_CREDIT =
      "The credit of the developer account at X is used up, or its own spending limit is reached:"
          + " add credit or raise the limit in X's developer console.";

  private Answers() {}

  static Trouble trouble(int status, boolean page, String body, @Nullable Instant resetsAt) {
    String words = body.toLowerCase(Locale.ROOT);
    if (words.contains("toomanyconnections")) {
      return new Trouble(
          Trouble.Kind.LIMIT, TOO_MANY_CONNECTIONS, status, resetsAt, "TooManyConnections");
    }
    Trouble.Kind kind = kind(status, page, words);
    return new Trouble(kind, sentence(kind, status, words), status, resetsAt, body);
  }

  private static Trouble.Kind kind(int status, boolean page, String words) {
    boolean capped = words.contains("usage-capped") || words.contains("usagecap");
    if (status == 402 || capped || words.contains("creditsdepleted")) {
      return Trouble.Kind.CREDIT;
    }
    return switch (status) {
      case 401 -> Trouble.Kind.TOKEN;
      case 429 -> Trouble.Kind.LIMIT;
      case 403 -> page ? Trouble.Kind.NOT_X : Trouble.Kind.ACCESS;
      default -> {
        if (status >= 500) {
          yield Trouble.Kind.SERVER;
        }
        yield page || status == 404 ? Trouble.Kind.NOT_X : Trouble.Kind.REQUEST;
      }
    };
  }

  private static String sentence(Trouble.Kind kind, int status, String words) {
    return switch (kind) {
      case TOKEN -> REVOKED;
      case CREDIT -> NO_CREDIT;
      case LIMIT -> "X asks to wait: there were too many requests with this app's token.";
      case SERVER -> "X is out of order at the moment (" + status + "); it is tried again.";
      case NOT_X ->
          "What answers is not X's interface but a web page ("
              + status
              + "): a proxy or a firewall stands in between, or the server's address is wrong.";
      case ACCESS -> forbidden(words);
      case DROPPED, NETWORK, REQUEST ->
          "X does not take a request of ours (" + status + "): please tell the operator.";
    };
  }

  private static String forbidden(String words) {
    if (words.contains("client-not-enrolled") || words.contains("client-forbidden")) {
      return "The app at X belongs to no project with access to API v2: attach it to one in X's"
          + " developer console, then use that app's token.";
    }
    if (words.contains("suspended")) {
      return "X has suspended the app: look into the developer console.";
    }
    return "X does not allow this app what it asks for (403): look at its permissions in X's"
        + " developer console.";
  }

  /** What an error means that came inside a stream which was well until then. */
  static Trouble inStream(String words) {
    String lower = words.toLowerCase(Locale.ROOT);
    if (lower.contains("toomanyconnections")) {
      return new Trouble(Trouble.Kind.LIMIT, TOO_MANY_CONNECTIONS);
    }
    if (lower.contains("usage-capped") || lower.contains("usagecap")) {
      return new Trouble(Trouble.Kind.CREDIT, NO_CREDIT);
    }
    if (lower.contains("unauthorized") || lower.contains("not-authorized")) {
      return new Trouble(Trouble.Kind.TOKEN, REVOKED);
    }
    return dropped();
  }

  static Trouble dropped() {
    return new Trouble(Trouble.Kind.DROPPED, "The connection to X ended; it is made again.");
  }
}
