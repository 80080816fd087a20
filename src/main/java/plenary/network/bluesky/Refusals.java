package plenary.network.bluesky;

import java.time.Instant;
import java.util.Locale;
import plenary.network.Account;
import plenary.network.Hosts;
import plenary.network.Publisher.Later;
import plenary.network.Publisher.Refused;

/** Why a post was not taken, in a sentence for the host. */
final class Refusals {
  private static final long LIMITED_SECONDS = 60;

  private Refusals() {}

  /** What it means for the post; unchanged when nobody knows whether it was taken. */
  static Throwable of(Throwable why, Account account) {
    if (why instanceof Hosts.Inside inside) {
      return new Refused(inside.sentence());
    }
    if (!(why instanceof Xrpc.Failure failure)) {
      return why;
    }
    String server = server(account);
    if (failure.status() == 429) {
      Instant until = failure.resetsAt();
      return new Later(
          until == null ? Instant.now().plusSeconds(LIMITED_SECONDS) : until,
          server + " takes no more for now: its limit is reached.");
    }
    if (failure.error().equals(Xrpc.Failure.NO_JSON)) {
      return new Refused(
          server + " answers with a page and not as a Bluesky server; look at its address.");
    }
    return failure.status() >= 500 ? why : refused(failure, server);
  }

  private static Refused refused(Xrpc.Failure failure, String server) {
    return new Refused(
        switch (failure.error()) {
          case "AccountTakedown" -> server + " has taken the account down.";
          case "AuthFactorTokenRequired" ->
              server + " asks for a code by e-mail; use an app password, which needs none.";
          case "AuthenticationRequired", "InvalidToken", "ExpiredToken", "AuthMissing" ->
              server + " does not accept the handle and the app password; make a new one there.";
          case "RepoDeactivated", "AccountDeactivated" -> "The account is deactivated.";
          default ->
              failure.status() == 404 && failure.error().isEmpty()
                  ? "There is no Bluesky server at " + server + " (404); look at its address."
                  : server + " does not take it: " + words(failure);
        });
  }

  private static String words(Xrpc.Failure failure) {
    String text = failure.text().isBlank() ? failure.error() : failure.text();
    String shown = text.isBlank() ? "status " + failure.status() : text;
    return shown.length() > 300 ? shown.substring(0, 300) + "…" : shown;
  }

  private static String server(Account account) {
    Addresses.Host host = Addresses.pds(account);
    return host == null ? "The server" : host.label().toLowerCase(Locale.ROOT);
  }
}
