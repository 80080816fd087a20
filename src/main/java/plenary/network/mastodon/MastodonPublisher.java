package plenary.network.mastodon;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plenary.network.Account;
import plenary.network.Hosts;
import plenary.network.Network;
import plenary.network.Publisher;

/**
 * Posts on a Mastodon server. The identity is the idempotency key, which Mastodon keeps for an hour
 * and others ignore; so before a post is sent again it is looked for among the account's own.
 */
public final class MastodonPublisher implements Publisher {
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final Duration PAUSE_MAX = Duration.ofHours(3);

  private final Net net;
  private final Pace pace;
  private final InstantSource clock;
  private final Map<UUID, TootLength> lengths = new ConcurrentHashMap<>();

  /**
   * A publisher.
   *
   * @param hosts where it may connect to, as for {@link MastodonConnector}
   */
  public MastodonPublisher(Vertx vertx, Hosts hosts) {
    this(new Net(vertx, hosts), Pace.usual(), InstantSource.system());
  }

  MastodonPublisher(Net net, Pace pace, InstantSource clock) {
    this.net = net;
    this.pace = pace;
    this.clock = clock;
  }

  @Override
  public Network network() {
    return Network.MASTODON;
  }

  @Override
  public String reserve(Instant now) {
    return UUID.randomUUID().toString();
  }

  @Override
  public Future<Sent> publish(Account account, Outgoing outgoing) {
    return with(
        account,
        site ->
            learnLengths(account, site)
                .compose(
                    learned ->
                        outgoing.again()
                            ? new OwnPosts(site).find(outgoing)
                            : Future.<@Nullable Sent>succeededFuture(null))
                .compose(
                    there -> there == null ? send(site, outgoing) : Future.succeededFuture(there)));
  }

  @Override
  public Future<Void> delete(Account account, Sent sent) {
    return with(
        account,
        site -> {
          @Nullable String number = number(sent);
          if (number == null) {
            return Future.failedFuture(
                new Refused("It is not known which post on " + site.host() + " that was."));
          }
          return site.send(
                  HttpMethod.DELETE,
                  "/api/v1/statuses/" + number,
                  MultiMap.caseInsensitiveMultiMap(),
                  null)
              .compose(
                  answer ->
                      answer.ok() || isGone(answer)
                          ? Future.succeededFuture()
                          : Future.failedFuture(refusal(site, answer)));
        });
  }

  /** As the server counts once it has been asked; until then as most do. */
  @Override
  public Length length(Account account) {
    return lengths.getOrDefault(account.id(), TootLength.USUAL);
  }

  private <T> Future<T> with(Account account, Function<Site, Future<T>> work) {
    try {
      Site site = MastodonConnector.site(net, account, pace, clock);
      return site.token() == null
          ? Future.failedFuture(
              new Refused("To post on " + site.host() + ", enter an access token for it."))
          : work.apply(site).recover(e -> Future.failedFuture(outcome(e)));
    } catch (Trouble wrong) {
      return Future.failedFuture(new Refused(wrong.sentence()));
    }
  }

  /** What nobody can have received may be sent later; of the rest nobody knows. */
  private Throwable outcome(Throwable e) {
    if (!(e instanceof Trouble trouble)) {
      return e;
    }
    return switch (trouble.status()) {
      case Trouble.UNSENT, 429 -> new Later(clock.instant().plus(PAUSE), trouble.sentence());
      case 401, 403 -> new Refused(trouble.sentence());
      default -> trouble;
    };
  }

  /** Asks once how long posts may be; not to know is no reason not to post. */
  private Future<Void> learnLengths(Account account, Site site) {
    if (lengths.containsKey(account.id())) {
      return Future.succeededFuture();
    }
    return Checkup.instance(site)
        .<Void>map(
            found -> {
              lengths.put(
                  account.id(), new TootLength(found.maxCharacters(), found.charactersPerUrl()));
              return null;
            })
        .recover(
            e ->
                e instanceof Trouble trouble && trouble.unsent()
                    ? Future.failedFuture(trouble)
                    : Future.succeededFuture());
  }

  private Future<Sent> send(Site site, Outgoing outgoing) {
    MultiMap form =
        MultiMap.caseInsensitiveMultiMap()
            .add("status", outgoing.text())
            .add("visibility", "public");
    if (outgoing.language() != null) {
      form.add("language", outgoing.language());
    }
    @Nullable String parent = outgoing.inReplyTo() == null ? null : number(outgoing.inReplyTo());
    if (parent != null) {
      form.add("in_reply_to_id", parent);
    }
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap().add("Idempotency-Key", outgoing.identity());
    return site.send(HttpMethod.POST, "/api/v1/statuses", headers, form)
        .compose(
            answer -> {
              @Nullable Sent sent = answer.ok() ? sent(answer.object()) : null;
              if (sent != null) {
                return Future.succeededFuture(sent);
              }
              return Future.failedFuture(
                  answer.status() == 404 && parent != null && answer.json() != null
                      ? new Refused(
                          "The post that this one answers is gone on "
                              + site.host()
                              + ": post it outside the thread.")
                      : refusal(site, answer));
            });
  }

  /** What an answer means for what was asked: never, later, or nobody knows. */
  private Throwable refusal(Site site, Site.Answer answer) {
    int status = answer.status();
    if (status == 429) {
      return new Later(resets(answer), Trouble.limit(site.host()).sentence());
    }
    if (answer.json() == null || status < 400 || status >= 500) {
      return answer.json() == null && status < 500
          ? Trouble.notMastodon(status, site.host())
          : Trouble.of(answer, site.host());
    }
    return new Refused(Trouble.of(answer, site.host()).sentence());
  }

  private Instant resets(Site.Answer answer) {
    Instant now = clock.instant();
    @Nullable Instant resets = Times.instant(answer.headers().get("X-RateLimit-Reset"));
    @Nullable Instant date = Times.date(answer.headers().get("Date"));
    if (resets == null) {
      return now.plus(PAUSE);
    }
    Duration wait = Duration.between(date == null ? now : date, resets);
    boolean sane = !wait.isNegative() && wait.compareTo(PAUSE_MAX) <= 0;
    return now.plus(sane ? wait : PAUSE);
  }

  private static boolean isGone(Site.Answer answer) {
    return (answer.status() == 404 || answer.status() == 410)
        && answer.json() instanceof JsonObject;
  }

  static @Nullable String number(Sent sent) {
    @Nullable String number = sent.reference().getString("id");
    return Lookup.isNumber(number) ? number : null;
  }

  /** The post that a status is; null when it is none. */
  static @Nullable Sent sent(JsonObject status) {
    @Nullable String id = status.getString("id");
    @Nullable String uri = status.getString("uri");
    return id == null || uri == null
        ? null
        : new Sent(uri, status.getString("url"), new JsonObject().put("id", id));
  }
}
