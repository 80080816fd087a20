package plenary.network.bluesky;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import plenary.network.Account;
import plenary.network.Publisher.Refused;

/**
 * Logins of accounts, kept as long as they work: a server allows 30 new ones in five minutes and
 * 300 a day. Safe for use by several event loops.
 */
final class Sessions {
  /** What says that a token, and not the call, is at fault. */
  private static final Set<String> TOKEN_FAULTS =
      Set.of("ExpiredToken", "InvalidToken", "AuthMissing", "AuthenticationRequired");

  private final Xrpc xrpc;
  private final Map<UUID, Open> open = new ConcurrentHashMap<>();

  Sessions(Xrpc xrpc) {
    this.xrpc = xrpc;
  }

  /** A login. */
  record Session(Addresses.Host host, String did, String access, String refresh) {}

  /** A login that is there or on its way, and what it was made with. */
  private record Open(String with, Future<Session> session) {}

  /** Makes a call, with a fresh login if the one that is there has run out. */
  Future<JsonObject> call(Account account, Function<Session, Future<JsonObject>> call) {
    return current(account)
        .compose(
            session ->
                call.apply(session)
                    .recover(
                        why ->
                            isTokenFault(why)
                                ? renewed(account, session).compose(call)
                                : Future.failedFuture(why)));
  }

  private static boolean isTokenFault(Throwable why) {
    return why instanceof Xrpc.Failure failure
        && (failure.status() == 400 || failure.status() == 401)
        && TOKEN_FAULTS.contains(failure.error());
  }

  private Future<Session> current(Account account) {
    Addresses.Host host = Addresses.pds(account);
    String identifier = secret(account, "identifier");
    String password = secret(account, "appPassword");
    if (host == null) {
      return Future.failedFuture(
          new Refused("The address of the account's server is none; usually it is bsky.social."));
    }
    if (identifier.isEmpty() || password.isEmpty()) {
      return Future.failedFuture(
          new Refused("To post on Bluesky, give the account's handle and an app password."));
    }
    String with = host + "\n" + identifier + "\n" + password;
    Open has = open.get(account.id());
    if (has != null && has.with().equals(with) && !has.session().failed()) {
      return has.session();
    }
    return replace(
        account,
        has,
        with,
        () ->
            xrpc.post(
                    host,
                    "com.atproto.server.createSession",
                    new JsonObject().put("identifier", identifier).put("password", password),
                    null)
                .compose(answer -> session(host, answer)));
  }

  private Future<Session> renewed(Account account, Session old) {
    Open has = open.get(account.id());
    if (has == null || !has.session().isComplete() || has.session().result() != old) {
      return current(account);
    }
    return replace(
        account,
        has,
        has.with(),
        () ->
            xrpc.post(old.host(), "com.atproto.server.refreshSession", null, old.refresh())
                .compose(answer -> session(old.host(), answer))
                .recover(
                    why -> {
                      if (!isTokenFault(why)) {
                        return Future.failedFuture(why);
                      }
                      open.remove(account.id());
                      return current(account);
                    }));
  }

  /** Makes a login unless somebody else just does. */
  private Future<Session> replace(
      Account account, @Nullable Open had, String with, Supplier<Future<Session>> make) {
    Promise<Session> coming = Promise.promise();
    Open mine = new Open(with, coming.future());
    boolean won =
        had == null
            ? open.putIfAbsent(account.id(), mine) == null
            : open.replace(account.id(), had, mine);
    if (!won) {
      return current(account);
    }
    make.get().onComplete(coming);
    return coming.future();
  }

  private static Future<Session> session(Addresses.Host host, JsonObject answer) {
    return answer.getValue("did") instanceof String did
            && answer.getValue("accessJwt") instanceof String access
            && answer.getValue("refreshJwt") instanceof String refresh
        ? Future.succeededFuture(new Session(host, did, access, refresh))
        : Future.failedFuture(new Xrpc.Failure(200, Xrpc.Failure.NO_JSON, "", null));
  }

  private static String secret(Account account, String key) {
    return account.credentials().getValue(key) instanceof String given ? given.strip() : "";
  }
}
