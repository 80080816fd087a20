package plenary.access;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Consumer;
import plenary.database.Database;
import plenary.database.Outages;
import plenary.identity.Principal;
import plenary.identity.Role;
import plenary.meeting.Places;
import plenary.web.Api;
import plenary.web.Gate;
import plenary.web.RateLimits;

/** Everything about access, put together for one node. */
public final class Access {
  private static final System.Logger LOG = System.getLogger(Access.class.getName());
  private static final long CLEAN_MS = 600_000;

  private final Vertx vertx;
  private final Database database;
  private final InstantSource time;
  private final Gate gate;
  private final Setup setup;
  private final Revocations revocations;
  private final Expiries expiries;
  private final Invitations invitations;
  private final Joins joins;
  private final AccessRoutes routes;
  private final JoinRoutes joinRoutes;
  private final TransferRoutes transferRoutes;
  private long cleaning = -1;

  /** What the node does when somebody loses a role or leaves. */
  public record Streams(Consumer<UUID> revoked, Consumer<UUID> revokedElsewhere) {}

  /**
   * Puts it together; nothing runs before {@link #start}.
   *
   * @param streams ends the streams of a grant or participant, see {@code Live.revoke} and {@code
   *     Live.revokedElsewhere}
   * @param joinRates how fast one address may join
   * @param publicUrl where browsers reach the server, without a slash at its end; the links in
   *     invitations begin with it. Empty = they begin with the address the organiser used
   */
  public Access(
      Vertx vertx,
      Database database,
      Places places,
      AccessLimits limits,
      Streams streams,
      RateLimits joinRates,
      String publicUrl,
      InstantSource time) {
    this.vertx = vertx;
    this.database = database;
    this.time = time;
    Principals principals = new Principals(database, limits, time);
    SignIns signIns = new SignIns(limits);
    this.gate = new AccessGate(principals, places);
    this.setup = new Setup(database, signIns, limits, time);
    this.revocations =
        new Revocations(vertx, database, principals, streams.revoked(), streams.revokedElsewhere());
    this.expiries = new Expiries(vertx, database, principals, streams.revokedElsewhere(), time);
    this.invitations = new Invitations(database, places, signIns, revocations, limits, time);
    this.routes =
        new AccessRoutes(database, setup, invitations, principals, revocations, publicUrl, time);
    Guesses guesses = new Guesses(limits.failedCodesPerSecond(), System::nanoTime);
    this.joins = new Joins(database, places, principals, signIns, guesses, time);
    this.joinRoutes = new JoinRoutes(this.joins, joinRates, time);
    this.transferRoutes =
        new TransferRoutes(new Transfers(database, guesses, time), joinRates, time);
  }

  /** What the edge asks. */
  public Gate gate() {
    return gate;
  }

  /** The links for the first organiser, and for one who is locked out. */
  public Setup setup() {
    return setup;
  }

  /**
   * Where a join code leads; a wrong one counts as a guess, whichever way it is tried.
   *
   * @param typed as somebody typed it
   * @param network whose wrong codes are counted together
   */
  public Future<Places.Place> place(String typed, String network) {
    return joins.find(typed, network);
  }

  /**
   * Invites somebody to a whole meeting, for a day, in nobody's name: for the program itself.
   *
   * @return the secret of the link
   */
  public Future<String> invite(UUID meeting, Role role, String name) {
    return invitations
        .create(meeting, new Invitations.Draft(null, role, name, 1), meeting, null)
        .map(Invitations.Made::secret);
  }

  /**
   * Erases everybody's access to a meeting: roles, invitations, participants, and the tokens that
   * were good for nothing else.
   *
   * @return what to run once the transaction has committed: it ends what this node remembers of
   *     them; the other nodes learn of it as of every revocation
   */
  public Future<Runnable> erase(SqlConnection sql, UUID meeting) {
    return AccessErasureStore.erase(sql, meeting)
        .compose(
            gone -> GrantStore.tell(sql, gone).<Runnable>map(told -> () -> revocations.done(gone)));
  }

  /** The same where nobody is served, so that nobody has to be told. */
  public static Future<Void> eraseUnserved(SqlConnection sql, UUID meeting) {
    return AccessErasureStore.erase(sql, meeting).mapEmpty();
  }

  /** The contract's {@code Me}. */
  public static JsonObject me(Principal principal) {
    return Bodies.of(principal);
  }

  /** Sets the handlers. */
  public void attach(Api api) {
    routes.attach(api);
    joinRoutes.attach(api);
    transferRoutes.attach(api);
  }

  /** Starts to listen to the other nodes, and to forget what has expired. */
  public void start() {
    revocations.start();
    expiries.start();
    cleaning = vertx.setPeriodic(CLEAN_MS, tick -> clean());
  }

  /** Stops. */
  public void stop() {
    revocations.stop();
    expiries.stop();
    vertx.cancelTimer(cleaning);
  }

  private void clean() {
    TokenStore.clean(database.pool(), time.instant())
        .compose(done -> GrantStore.clean(database.pool()))
        .compose(done -> TransferStore.clean(database.pool(), time.instant()))
        .recover(error -> Future.failedFuture(Outages.told(error)))
        .onFailure(error -> LOG.log(System.Logger.Level.WARNING, "cleaning up sign-ins", error));
  }
}
