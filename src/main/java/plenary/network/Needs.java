package plenary.network;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import plenary.problem.Failure;

/**
 * What a network needs to be read, and to be posted to; names of the contract's fields. What X
 * needs to be posted to is one of two ways, see {@link #keys}.
 */
record Needs(List<String> toRead, List<String> toPost) {
  private static final Map<Network, Needs> NEEDS =
      new EnumMap<>(
          Map.of(
              Network.BLUESKY, new Needs(List.of(), List.of("handle", "appPassword")),
              Network.MASTODON, new Needs(List.of("server", "token"), List.of("server", "token")),
              Network.X, new Needs(List.of("bearer", "capDollars"), List.of())));

  /** X: the keys of an app and its own account, which do not end. */
  private static final List<String> SIGNING =
      List.of("apiKey", "apiSecret", "accessToken", "accessSecret");

  /** X: a user's token, and what renews it. */
  private static final List<String> USER =
      List.of("userToken", "refreshToken", "clientId", "clientSecret");

  private static final List<String> SECRETS =
      Stream.of(List.of("appPassword", "token", "bearer"), USER, SIGNING)
          .flatMap(List::stream)
          .toList();

  /** The secrets that there were, with those that are given now. */
  static JsonObject credentials(Account before, @Nullable String handle, JsonObject body) {
    JsonObject credentials = before.credentials().copy();
    // What was given last is what posts.
    if (USER.stream().anyMatch(body::containsKey)) {
      SIGNING.forEach(credentials::remove);
    } else if (SIGNING.stream().anyMatch(body::containsKey)) {
      USER.forEach(credentials::remove);
    }
    for (String secret : SECRETS) {
      if (body.containsKey(secret)) {
        credentials.put(secret, body.getString(secret).strip());
      }
    }
    if (before.network() == Network.BLUESKY && handle != null) {
      credentials.put("identifier", handle);
    }
    return credentials;
  }

  /** The names of the secrets that are kept. */
  static JsonArray kept(Account account) {
    JsonArray kept = new JsonArray();
    SECRETS.stream().filter(account.credentials()::containsKey).forEach(kept::add);
    return kept;
  }

  /** Whether an account can ask whether posts still stand: X answers nobody for nothing. */
  static boolean mayWatch(Account account) {
    return account.network() != Network.X || has(account, "bearer") && has(account, "capDollars");
  }

  /** Refuses an account that lacks what it is to be used for. */
  static void require(Account account, boolean reads, boolean posts) {
    Needs needs = NEEDS.get(account.network());
    if (needs == null) {
      throw new IllegalStateException("a network without needs");
    }
    List<String> all =
        Stream.of(
                reads ? needs.toRead() : List.<String>of(),
                posts ? needs.toPost() : List.<String>of(),
                account.network() == Network.X ? keys(account, posts) : List.<String>of())
            .flatMap(List::stream)
            .distinct()
            .toList();
    for (String field : all) {
      if (!has(account, field)) {
        throw new Failure.Invalid(
            "/" + field, "needs-" + told(field), sentence(account.network(), field));
      }
    }
  }

  /** What X needs of a user's keys: all four to sign with, or a token and all that renews it. */
  private static List<String> keys(Account account, boolean posts) {
    if (SIGNING.stream().anyMatch(key -> has(account, key))) {
      return SIGNING;
    }
    if (has(account, "refreshToken") || has(account, "clientId")) {
      return List.of("userToken", "refreshToken", "clientId");
    }
    return posts ? List.of("userToken") : List.of();
  }

  private static boolean has(Account account, String field) {
    return switch (field) {
      case "server" -> account.server() != null;
      case "handle" -> account.handle() != null && !account.handle().isEmpty();
      case "capDollars" -> account.settings().getLong("capMicros", 0L) > 0;
      default -> !account.credentials().getString(field, "").isEmpty();
    };
  }

  /** The field's name in the codes of refusals: what belongs together is told of together. */
  private static String told(String field) {
    return switch (field) {
      case "refreshToken", "clientId" -> "renewal";
      case "apiKey", "apiSecret", "accessToken", "accessSecret" -> "keys";
      default -> field;
    };
  }

  private static String sentence(Network network, String field) {
    return switch (field) {
      case "server" -> "Name the server that the account is on, such as https://mastodon.example.";
      case "handle" -> "Name the account that prompts are posted by.";
      case "appPassword" -> "Posting on Bluesky needs an app password of the account.";
      case "token" ->
          "Mastodon shows a hashtag's stream to signed-in accounts only: give an access token.";
      case "bearer" -> "Reading X needs the bearer token of an app.";
      case "userToken" ->
          "Posting on X needs a user's access token, or the four keys of an app and its account.";
      case "refreshToken", "clientId" ->
          "Renewing a user's token needs the refresh token and the app's client ID.";
      case "apiKey", "apiSecret", "accessToken", "accessSecret" ->
          "The four keys belong together: API key and secret, access token and secret.";
      case "capDollars" -> "X charges for every post that is read: say how much a month may cost.";
      default -> "This is needed for " + network.id() + ".";
    };
  }
}
