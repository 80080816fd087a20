package plenary.access;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import plenary.access.TransferStore.Led;
import plenary.database.Database;
import plenary.database.Outages;
import plenary.identity.Participant;
import plenary.identity.Principal;
import plenary.meeting.JoinCodes;
import plenary.problem.Failure;

/**
 * Going on as the same participant on a second device: the first one shows a code, the second one
 * uses it, once. Roles of staff never travel so.
 */
final class Transfers {
  /** 31^8 codes: far more than anybody guesses in five minutes, and still typed by hand. */
  static final int LENGTH = 8;

  private static final Duration LIFE = Duration.ofMinutes(5);

  private final Database database;
  private final Guesses guesses;
  private final InstantSource time;

  Transfers(Database database, Guesses guesses, InstantSource time) {
    this.database = database;
    this.guesses = guesses;
    this.time = time;
  }

  /** A code and until when it can be used. */
  record Code(String code, Instant expiresAt) {}

  /** A new code of the caller's; an older one is dead. */
  Future<Code> offer(Principal caller) {
    if (!caller.grants().isEmpty()) {
      throw staff();
    }
    Code made =
        new Code(
            JoinCodes.random(LENGTH), time.instant().truncatedTo(ChronoUnit.MILLIS).plus(LIFE));
    UUID signIn = Objects.requireNonNull(caller.signIn());
    return told(TransferStore.insert(
            database.pool(), signIn, Token.hash(made.code()), made.expiresAt()))
        .map(made);
  }

  /** The second device: who it is now, with a token of its own. */
  record Taken(List<Participant> participants, SignIns.Issued issued) {}

  /**
   * Uses a code.
   *
   * @param typed as somebody typed it
   * @param key of the request: sent again with the same one it is answered again
   * @param caller who the second device was before
   * @param network whose wrong codes are counted together
   */
  Future<Taken> take(String typed, String key, Principal caller, String network) {
    if (!caller.grants().isEmpty()) {
      throw new Failure.Forbidden(
          "transfer-staff",
          "This browser is signed in as staff. Open the link in a private window or another one.");
    }
    Optional<String> code = JoinCodes.read(typed, LENGTH);
    if (code.isEmpty()) {
      throw unknown();
    }
    guesses.admit(network);
    guesses.begin(network);
    Instant now = time.instant();
    return told(
        database.transaction(
            sql ->
                TransferStore.use(sql, Token.hash(code.get()), Token.hash(key), now)
                    .map(
                        led -> {
                          if (led.isEmpty()) {
                            guesses.wrong(network);
                            throw unknown();
                          }
                          guesses.right();
                          return led.get();
                        })
                    .compose(led -> take(sql, led))));
  }

  private static Future<Taken> take(SqlConnection sql, Led led) {
    if (led.staff()) {
      throw staff();
    }
    Instant until = led.until();
    if (until == null) {
      throw unknown();
    }
    String token = Token.random();
    Buffer hash = Token.hash(token);
    return TokenStore.insertSecond(sql, hash, led.signIn(), until)
        .compose(done -> TransferStore.participants(sql, led.signIn()))
        .map(all -> new Taken(all, new SignIns.Issued(token, led.signIn(), until, false)));
  }

  private static Failure staff() {
    return new Failure.Forbidden(
        "transfer-staff",
        "This sign-in also has a role of staff, which must not travel."
            + " Join with the session's code on the other device instead.");
  }

  private static Failure unknown() {
    return new Failure.Forbidden(
        "transfer-code",
        "This code was used, is older than five minutes or was mistyped."
            + " Show a new one on your first device.");
  }

  private static <T> Future<T> told(Future<T> result) {
    return result.recover(error -> Future.failedFuture(Outages.told(error)));
  }
}
