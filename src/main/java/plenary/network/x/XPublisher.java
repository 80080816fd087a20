package plenary.network.x;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import plenary.network.Account;
import plenary.network.Hosts;
import plenary.network.Network;
import plenary.network.Publisher;

/**
 * Posts on X, each post by itself: X takes replies by API from those alone whom the author
 * mentioned. X knows no identity of a request, so what may be there already is looked for in the
 * account's own posts before it is sent again, and X refuses the same text twice. Posting costs
 * $0.015, with a link $0.20: a link is refused unless the account's settings have {@code links}.
 */
public final class XPublisher implements Publisher {
  private static final String POSTS = "/2/tweets";

  /** Clocks differ, and X's start times have whole seconds. */
  private static final Duration LOOK_BACK = Duration.ofMinutes(1);

  private static final Duration DUPLICATE_BACK = Duration.ofDays(7);
  private static final Duration WAIT = Duration.ofMinutes(1);
  private static final Duration NOT_INDEXED = Duration.ofSeconds(15);
  private static final int LOOK_AT = 20;

  private final HttpClient http;
  private final Hosts hosts;
  private final InstantSource time;
  private final XClock clock;
  private final Purse purse;
  private final Keyring keyring;
  private final Pace pace;

  /** Ids of the accounts' users, as X has them; other keys may be another user's. */
  private final Map<String, String> users = new ConcurrentHashMap<>();

  /** Where money comes from. */
  public interface Purse {
    /**
     * Adds to what an account spent this month, durably, before it is spent.
     *
     * @return whether it stays within the account's limit; when not, nothing was added
     */
    Future<Boolean> spend(Account account, long micros);
  }

  /** Where tokens are kept that were renewed. */
  public interface Keyring {
    /**
     * Renews an account's credentials and keeps them durably, unless somebody else just did.
     *
     * @param renewal what changes of the credentials, asked for once at a time
     * @return the credentials as they are then
     */
    Future<JsonObject> renewed(Account account, Supplier<Future<JsonObject>> renewal);
  }

  /**
   * A publisher for all accounts.
   *
   * @param hosts which addresses may be called, where an account names a server of its own
   */
  public XPublisher(Vertx vertx, InstantSource time, Purse purse, Keyring keyring, Hosts hosts) {
    this(vertx, time, purse, keyring, hosts, Pace.DOCUMENTED);
  }

  XPublisher(
      Vertx vertx, InstantSource time, Purse purse, Keyring keyring, Hosts hosts, Pace pace) {
    this.hosts = hosts;
    this.http = XConnector.client(vertx);
    this.time = time;
    this.clock = new XClock(time);
    this.purse = purse;
    this.keyring = keyring;
    this.pace = pace;
  }

  @Override
  public Network network() {
    return Network.X;
  }

  /** X has no use for it; it names the post in the outbox. */
  @Override
  public String reserve(Instant now) {
    return UUID.randomUUID().toString();
  }

  @Override
  public Length length(Account account) {
    return TweetText.LENGTH;
  }

  @Override
  public Future<Sent> publish(Account account, Outgoing outgoing) {
    boolean links = !TweetText.links(outgoing.text()).isEmpty();
    if (links && !Boolean.TRUE.equals(account.settings().getValue("links"))) {
      return refused(
          "A post with a link costs $0.20 on X instead of $0.015: leave the link out, or allow"
              + " links in this account's settings.");
    }
    if (!TweetText.isValid(outgoing.text())) {
      return refused(
          "X takes between 1 and 280 characters; this text has "
              + TweetText.weightedLength(outgoing.text())
              + ".");
    }
    Api api = api(account);
    Instant since = outgoing.firstTriedAt().minus(LOOK_BACK);
    Future<Optional<Sent>> found =
        outgoing.again()
            ? find(api, account, outgoing.text(), since)
            : Future.succeededFuture(Optional.empty());
    return found
        .compose(
            there ->
                there.isPresent()
                    ? Future.succeededFuture(there.get())
                    : create(api, account, outgoing.text(), since, links))
        .recover(this::understood);
  }

  private Future<Sent> create(Api api, Account account, String text, Instant since, boolean links) {
    return pay(account, links ? Meter.CREATE_WITH_LINK : Meter.CREATE)
        .compose(paid -> api.post(POSTS, new JsonObject().put("text", text)))
        .compose(
            answer -> {
              String id = Fields.text(Fields.object(answer, "data"), "id");
              return id == null
                  ? Future.failedFuture(
                      new Trouble(Trouble.Kind.SERVER, "X did not say which post was made."))
                  : Future.succeededFuture(sent(account, id));
            })
        .recover(
            failure ->
                isDuplicate(failure)
                    ? duplicate(api, account, text, since)
                    : Future.failedFuture(failure));
  }

  private static boolean isDuplicate(Throwable failure) {
    return failure instanceof Trouble trouble
        && trouble.status() == 403
        && trouble.detail().contains("duplicate content");
  }

  /** X has this text already: from now, or from another day. */
  private Future<Sent> duplicate(Api api, Account account, String text, Instant since) {
    return find(api, account, text, since)
        .compose(
            there ->
                there.isPresent()
                    ? Future.succeededFuture(there.get())
                    : find(api, account, text, since.minus(DUPLICATE_BACK)).compose(this::older));
  }

  private Future<Sent> older(Optional<Sent> there) {
    if (there.isPresent()) {
      return refused(
          "X does not take the same text twice, and this account posted it before: change a word.");
    }
    return Future.failedFuture(
        new Later(
            time.instant().plus(pace.of(NOT_INDEXED)),
            "X says that it has this post already, but does not show it yet."));
  }

  /** Looks for a text in the account's own posts since then. */
  private Future<Optional<Sent>> find(Api api, Account account, String text, Instant since) {
    Instant start = api.clock().instant().minus(Duration.between(since, time.instant()));
    return user(api, account)
        .compose(user -> pay(account, LOOK_AT * Meter.OWN_POST).map(user))
        .compose(
            user ->
                api.get(
                    "/2/users/" + user + "/tweets",
                    Api.query(
                        "max_results", String.valueOf(LOOK_AT),
                        "start_time", start.truncatedTo(ChronoUnit.SECONDS).toString(),
                        "exclude", "retweets")))
        .map(answer -> same(account, answer, text));
  }

  private Optional<Sent> same(Account account, JsonObject answer, String text) {
    String wanted = TweetText.essence(text);
    for (JsonObject post : Fields.objects(answer, "data")) {
      String id = Fields.text(post, "id");
      String has = Fields.text(post, "text");
      if (id != null && has != null && TweetText.essence(has).equals(wanted)) {
        List<String> history = Posts.history(post);
        return Optional.of(sent(account, history.isEmpty() ? id : history.getFirst()));
      }
    }
    return Optional.empty();
  }

  private Future<String> user(Api api, Account account) {
    String key = account.id() + " " + account.credentials().encode().hashCode();
    String known = users.get(key);
    if (known != null) {
      return Future.succeededFuture(known);
    }
    return pay(account, Meter.OWN_POST)
        .compose(paid -> api.get("/2/users/me", Map.of()))
        .compose(
            answer -> {
              String id = Fields.text(Fields.object(answer, "data"), "id");
              if (id == null || Snowflakes.number(id) < 0) {
                return Future.failedFuture(
                    new Trouble(Trouble.Kind.SERVER, "X did not say whose token this is."));
              }
              users.put(key, id);
              return Future.succeededFuture(id);
            });
  }

  private Future<Void> pay(Account account, long micros) {
    return purse
        .spend(account, micros)
        .compose(
            within ->
                within
                    ? Future.succeededFuture()
                    : refused("The monthly spending limit for X is reached: raise it to post."));
  }

  private static Sent sent(Account account, String id) {
    String handle = account.handle();
    String who = handle == null || handle.isBlank() ? "i" : handle.replace("@", "").strip();
    return new Sent(id, "https://x.com/" + who + "/status/" + id, new JsonObject());
  }

  @Override
  public Future<Void> delete(Account account, Sent sent) {
    return api(account)
        .delete(POSTS + "/" + Snowflakes.number(sent.id()))
        .<Void>mapEmpty()
        .recover(
            failure ->
                failure instanceof Trouble trouble && trouble.status() == 404
                    ? Future.succeededFuture()
                    : this.<Void>understood(failure));
  }

  /** What X will never take, and what it takes later; of anything else nobody knows. */
  private <T> Future<T> understood(Throwable failure) {
    if (!(failure instanceof Trouble trouble)) {
      return Future.failedFuture(failure);
    }
    return switch (trouble.kind()) {
      case TOKEN ->
          refused(
              "X does not accept the keys to post with: they expired or were taken back. Enter"
                  + " them anew in this account.");
      case CREDIT, ACCESS -> refused(trouble.sentence());
      case REQUEST -> refused("X does not take this post (" + trouble.status() + ").");
      case LIMIT -> Future.failedFuture(new Later(later(trouble.resetsAt()), trouble.sentence()));
      case DROPPED, NETWORK, SERVER, NOT_X -> Future.failedFuture(trouble);
    };
  }

  private Instant later(@Nullable Instant resetsAt) {
    Instant now = time.instant();
    Instant soonest = now.plus(pace.of(WAIT));
    Instant latest = now.plus(Duration.ofDays(1));
    if (resetsAt == null || resetsAt.isBefore(soonest)) {
      return soonest;
    }
    return resetsAt.isAfter(latest) ? latest : resetsAt;
  }

  private static <T> Future<T> refused(String sentence) {
    return Future.failedFuture(new Refused(sentence));
  }

  private Api api(Account account) {
    JsonObject keys = account.credentials();
    String apiKey = text(keys, "apiKey");
    if (!apiKey.isEmpty()) {
      return api(
          account,
          new OAuth1(
              new OAuth1.Keys(
                  apiKey,
                  text(keys, "apiSecret"),
                  text(keys, "accessToken"),
                  text(keys, "accessSecret")),
              clock));
    }
    Api api = api(account, Api.Signer.bearer(text(keys, "userToken")));
    return OAuth2.canRenew(keys) ? api.renewing(() -> renewed(account)) : api;
  }

  private Future<Api.Signer> renewed(Account account) {
    return keyring
        .renewed(
            account,
            () ->
                OAuth2.renew(
                    api(account, OAuth2.client(account.credentials())), account.credentials()))
        .map(keys -> Api.Signer.bearer(text(keys, "userToken")));
  }

  private Api api(Account account, Api.Signer signer) {
    return new Api(http, hosts, account, signer, clock, pace, (remaining, limit, resetsAt) -> {});
  }

  private static String text(JsonObject of, String name) {
    return Optional.ofNullable(Fields.text(of, name)).orElse("").strip();
  }
}
