package plenary.network.x;

import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests as RFC 5849 has it. X's developer console gives these four keys for the app's own
 * account, and they do not expire, unlike the two hours of an OAuth 2.0 user token.
 */
record OAuth1(Keys keys, InstantSource time, Supplier<String> nonces) implements Api.Signer {
  /** As the developer console names them. */
  record Keys(String apiKey, String apiSecret, String accessToken, String accessSecret) {
    @Override
    public String toString() {
      return "keys";
    }
  }

  OAuth1(Keys keys, InstantSource time) {
    this(keys, time, () -> UUID.randomUUID().toString().replace("-", ""));
  }

  @Override
  public String authorization(HttpMethod method, String uri, Map<String, String> query) {
    TreeMap<String, String> oauth = new TreeMap<>();
    oauth.put("oauth_consumer_key", keys.apiKey());
    oauth.put("oauth_nonce", nonces.get());
    oauth.put("oauth_signature_method", "HMAC-SHA1");
    oauth.put("oauth_timestamp", String.valueOf(time.instant().getEpochSecond()));
    oauth.put("oauth_token", keys.accessToken());
    oauth.put("oauth_version", "1.0");
    oauth.put("oauth_signature", signature(method, uri, query, oauth));
    return oauth.entrySet().stream()
        .map(one -> Api.encoded(one.getKey()) + "=\"" + Api.encoded(one.getValue()) + '"')
        .collect(Collectors.joining(", ", "OAuth ", ""));
  }

  private String signature(
      HttpMethod method, String uri, Map<String, String> query, Map<String, String> oauth) {
    TreeMap<String, String> all = new TreeMap<>();
    query.forEach((name, value) -> all.put(Api.encoded(name), Api.encoded(value)));
    oauth.forEach((name, value) -> all.put(Api.encoded(name), Api.encoded(value)));
    String parameters =
        all.entrySet().stream()
            .map(one -> one.getKey() + "=" + one.getValue())
            .collect(Collectors.joining("&"));
    String signed = method.name() + "&" + Api.encoded(uri) + "&" + Api.encoded(parameters);
    String key = Api.encoded(keys.apiSecret()) + "&" + Api.encoded(keys.accessSecret());
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has HmacSHA1", impossible);
    }
  }
}
