package plenary.network.x;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Renews a user's access token, which lasts two hours (OAuth 2.0 with PKCE and the scope {@code
 * offline.access}). Each refresh token works once: what came in return has to be kept.
 */
final class OAuth2 {
  private static final String PATH = "/2/oauth2/token";

  private OAuth2() {}

  /** Whether there is what a renewal needs. */
  static boolean canRenew(JsonObject credentials) {
    return !text(credentials, "refreshToken").isEmpty() && !text(credentials, "clientId").isEmpty();
  }

  /** Who asks for a renewal: an app with a secret says so, one without names itself alone. */
  static Api.Signer client(JsonObject credentials) {
    String secret = text(credentials, "clientSecret");
    String pair = Api.encoded(text(credentials, "clientId")) + ":" + Api.encoded(secret);
    String basic =
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return (method, uri, query) -> secret.isEmpty() ? "" : basic;
  }

  /** The credentials that changed. */
  static Future<JsonObject> renew(Api api, JsonObject credentials) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("grant_type", "refresh_token");
    fields.put("refresh_token", text(credentials, "refreshToken"));
    fields.put("client_id", text(credentials, "clientId"));
    return api.form(PATH, fields)
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof Trouble trouble && trouble.kind() == Trouble.Kind.REQUEST
                        ? new Trouble(Trouble.Kind.TOKEN, "X does not renew the user's token.")
                        : failure))
        .compose(
            answer -> {
              String access = text(answer, "access_token");
              if (access.isEmpty()) {
                return Future.failedFuture(
                    new Trouble(Trouble.Kind.SERVER, "X did not say what the new token is."));
              }
              JsonObject renewed = new JsonObject().put("userToken", access);
              String next = text(answer, "refresh_token");
              return Future.succeededFuture(
                  next.isEmpty() ? renewed : renewed.put("refreshToken", next));
            });
  }

  private static String text(JsonObject of, String name) {
    return Optional.ofNullable(Fields.text(of, name)).orElse("").strip();
  }
}
