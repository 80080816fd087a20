package plenary.access;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import plenary.access.SetupStore.Link;
import plenary.database.Database;
import plenary.database.Ids;
import plenary.database.Outages;
import plenary.identity.Grant;
import plenary.identity.Role;
import plenary.problem.Failure;

/**
 * How a server gets its organiser: by a one-time link that only who runs the server can read. The
 * first visitor of a new server is nobody.
 */
public final class Setup {
  private final Database database;
  private final SignIns signIns;
  private final AccessLimits limits;
  private final InstantSource time;

  Setup(Database database, SignIns signIns, AccessLimits limits, InstantSource time) {
    this.database = database;
    this.signIns = signIns;
    this.limits = limits;
    this.time = time;
  }

  /** Over a database alone, for the command line. */
  public static Setup of(Database database, InstantSource time) {
    return new Setup(database, new SignIns(AccessLimits.DEFAULT), AccessLimits.DEFAULT, time);
  }

  /**
   * The secret of a link {@code /setup#SECRET} to print, while nobody is organiser. Each call makes
   * one; it is good for 24 hours and one use.
   *
   * @param preset the secret to use instead of a random one
   * @return empty when the server has its organiser
   */
  public Future<Optional<String>> link(@Nullable String preset) {
    return told(
        GrantStore.server(database.pool())
            .compose(
                organiser ->
                    organiser.isPresent()
                        ? Future.succeededFuture(Optional.empty())
                        : make(preset == null ? Token.random() : preset, false).map(Optional::of)));
  }

  /**
   * The secret of a link {@code /setup#SECRET} that signs in the organiser who lost theirs. On a
   * server without one it makes the first. For whoever runs the server, from its command line.
   */
  public Future<String> signInLink() {
    return told(make(Token.random(), true));
  }

  private Future<String> make(String secret, boolean signIn) {
    return SetupStore.insert(
            database.pool(),
            new Link(Token.hash(secret), signIn),
            time.instant().plus(limits.setupLink()))
        .map(secret);
  }

  private static <T> Future<T> told(Future<T> result) {
    return result.recover(error -> Future.failedFuture(Outages.told(error)));
  }

  /** The organiser with their new token. */
  record Done(Grant grant, SignIns.Issued issued, List<Revocations.Revoked> revoked) {}

  /**
   * Uses a link.
   *
   * @param presented the token the caller came with
   */
  Future<Done> use(String secret, String name, @Nullable String presented) {
    String organiser = Names.staff(name);
    Buffer hash = Token.hash(secret);
    Instant now = time.instant();
    return database.transaction(
        sql ->
            SetupStore.lock(sql)
                .compose(locked -> SetupStore.living(sql, now))
                .map(links -> among(links, hash))
                .compose(
                    link ->
                        GrantStore.server(sql)
                            .compose(
                                there -> {
                                  if (there.isPresent() && !link.signIn()) {
                                    throw refusal();
                                  }
                                  return SetupStore.delete(sql, link.hash())
                                      .compose(done -> take(sql, there, organiser, presented, now));
                                })));
  }

  /** Compares with each of the few, and each to its end. */
  private static Link among(List<Link> links, Buffer hash) {
    Link found = null;
    for (Link link : links) {
      if (Token.same(link.hash(), hash)) {
        found = link;
      }
    }
    if (found == null) {
      throw refusal();
    }
    return found;
  }

  private static Failure refusal() {
    return new Failure.Forbidden(
        "setup-link",
        "This link is not valid any more. Start the server with --sign-in-link for a new one.");
  }

  private Future<Done> take(
      SqlConnection sql,
      Optional<GrantStore.Held> there,
      String name,
      @Nullable String presented,
      Instant now) {
    Instant until = now.plus(limits.staffSession());
    Future<List<Revocations.Revoked>> revoked =
        there.isEmpty()
            ? Future.succeededFuture(List.of())
            : GrantStore.revoke(sql, there.get(), now).map(List::of);
    Grant grant =
        new Grant(
            Ids.next(),
            Role.ORGANISER,
            null,
            null,
            there.map(held -> held.grant().name()).orElse(name));
    return revoked.compose(
        old ->
            signIns
                .forRole(sql, presented, now, until)
                .compose(
                    issued ->
                        GrantStore.insert(
                                sql,
                                new GrantStore.Held(grant, issued.signIn()),
                                null,
                                now,
                                null,
                                until)
                            .map(new Done(grant, issued, old))));
  }
}
