package plenary.access;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.access.TokenStore.Held;
import plenary.database.Ids;

/**
 * Issues tokens. Whoever gains something gets a new token, for the same sign-in when the caller
 * brought a living one, else for a fresh one. The old token serves requests under way for a minute,
 * and what was gained cannot be reached with it: a token that somebody planted in another's browser
 * is worth nothing (session fixation, OWASP ASVS 7.2.4).
 */
final class SignIns {
  private final AccessLimits limits;

  SignIns(AccessLimits limits) {
    this.limits = limits;
  }

  /**
   * A token that was issued.
   *
   * @param fresh whether its sign-in was made for it
   */
  record Issued(String token, UUID signIn, Instant expiresAt, boolean fresh) {}

  /**
   * Issues a token for a role: a token that was replaced before, or that a second device got from a
   * first one, is as good as none.
   *
   * @param presented what the caller came with
   * @param until when the token expires, if its sign-in has nothing that lasts longer
   */
  Future<Issued> forRole(
      SqlConnection sql, @Nullable String presented, Instant now, Instant until) {
    return issue(sql, presented, now, until, false);
  }

  /**
   * Issues a token for a participant. A replaced token is taken while it lives: the answer with the
   * newer one may have been lost on a bad network. But not when it would reach a role it never had.
   */
  Future<Issued> forParticipant(
      SqlConnection sql, @Nullable String presented, Instant now, Instant until) {
    return issue(sql, presented, now, until, true);
  }

  private Future<Issued> issue(
      SqlConnection sql,
      @Nullable String presented,
      Instant now,
      Instant until,
      boolean participant) {
    if (presented == null) {
      return fresh(sql, now, until);
    }
    Buffer hash = Token.hash(presented);
    return TokenStore.hold(sql, hash, now)
        .map(held -> held.filter(old -> takes(old, participant)))
        .compose(
            held -> held.isEmpty() ? fresh(sql, now, until) : rotate(sql, hash, held, now, until));
  }

  private static boolean takes(Held old, boolean participant) {
    return participant ? !old.rotated() || !old.outgrown() : !old.rotated() && !old.second();
  }

  private Future<Issued> rotate(
      SqlConnection sql, Buffer hash, Optional<Held> held, Instant now, Instant until) {
    Held old = held.orElseThrow();
    // A replaced token expires soon; what it was good for is not known any more.
    Instant expiresAt = old.rotated() || old.expiresAt().isBefore(until) ? until : old.expiresAt();
    String token = Token.random();
    return TokenStore.rotate(sql, hash, now, now.plus(limits.rotationGrace()))
        .compose(
            done ->
                old.second()
                    ? TokenStore.insertSecond(sql, Token.hash(token), old.signIn(), expiresAt)
                    : TokenStore.insertToken(sql, Token.hash(token), old.signIn(), expiresAt))
        .map(new Issued(token, old.signIn(), expiresAt, false));
  }

  private static Future<Issued> fresh(SqlConnection sql, Instant now, Instant until) {
    UUID signIn = Ids.next();
    String token = Token.random();
    return TokenStore.insertSignIn(sql, signIn, now)
        .compose(done -> TokenStore.insertToken(sql, Token.hash(token), signIn, until))
        .map(new Issued(token, signIn, until, true));
  }
}
