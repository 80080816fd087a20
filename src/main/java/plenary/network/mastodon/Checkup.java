package plenary.network.mastodon;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has to be known of a server and of the account before it is read.
 *
 * @param streaming where its streams are; null = it has none
 * @param domain what its accounts have behind their names
 * @param maxCharacters the longest post
 * @param charactersPerUrl what a link counts
 * @param warnings what will make posts be missing, in sentences
 */
record Checkup(
    @Nullable URI streaming,
    @Nullable String domain,
    int maxCharacters,
    int charactersPerUrl,
    List<String> warnings) {
  private static final int MAX_CHARACTERS = 500;
  private static final int CHARACTERS_PER_URL = 23;

  Checkup {
    warnings = List.copyOf(warnings);
  }

  /** Asks the server; fails with {@link Trouble} when it cannot be read. */
  static Future<Checkup> of(Site site) {
    return instance(site)
        .compose(
            instance ->
                site.token() == null
                    ? Future.succeededFuture(
                        with(
                            instance,
                            "Without an access token "
                                + site.host()
                                + " does not stream: it is asked again and again instead."))
                    : account(site).map(warnings -> with(instance, warnings)));
  }

  /** What the server says of itself, in the second or, where it is older, the first form. */
  static Future<Checkup> instance(Site site) {
    return site.look("/api/v2/instance")
        .compose(
            answer ->
                answer.ok()
                    ? Future.succeededFuture(answer.object())
                    : site.get("/api/v1/instance", false).map(Site.Answer::object))
        .compose(
            instance ->
                instance.containsKey("domain") || instance.containsKey("uri")
                    ? Future.succeededFuture(read(site, instance))
                    : Future.failedFuture(Trouble.notMastodon(200, site.host())));
  }

  private static Checkup read(Site site, JsonObject instance) {
    JsonObject configuration = object(instance, "configuration");
    JsonObject lengths = object(configuration, "statuses");
    @Nullable Object streaming = object(configuration, "urls").getValue("streaming");
    if (streaming == null) {
      streaming = object(instance, "urls").getValue("streaming_api");
    }
    List<String> warnings = new ArrayList<>();
    JsonObject feeds = object(object(configuration, "timelines_access"), "hashtag_feeds");
    if ("disabled".equals(feeds.getValue("remote")) || "disabled".equals(feeds.getValue("local"))) {
      warnings.add(
          site.host()
              + " has switched off its timelines of hashtags, in part or as a whole: use an account"
              + " on another server.");
    }
    Object domain = instance.getValue("domain", instance.getValue("uri"));
    return new Checkup(
        address(site, streaming),
        domain instanceof String name && !name.contains("/") ? name : null,
        lengths.getInteger("max_characters", MAX_CHARACTERS),
        lengths.getInteger("characters_reserved_per_url", CHARACTERS_PER_URL),
        warnings);
  }

  /** A stream is only followed over a connection as safe as that to the server itself. */
  private static @Nullable URI address(Site site, @Nullable Object told) {
    try {
      if (!(told instanceof String text) || text.isBlank()) {
        return null;
      }
      URI uri = new URI(text.strip().replaceFirst("^http", "ws"));
      boolean web = "wss".equals(uri.getScheme()) || "ws".equals(uri.getScheme());
      boolean safe = Site.isSecure(uri) || !Site.isSecure(site.base());
      return uri.getHost() != null && web && safe ? uri : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** Whose token it is, and what that account does not get to see. */
  private static Future<List<String>> account(Site site) {
    List<String> warnings = new ArrayList<>();
    return site.get("/api/v1/accounts/verify_credentials", false)
        .<Void>mapEmpty()
        .recover(
            e -> {
              if (e instanceof Trouble trouble && trouble.status() == 403) {
                warnings.add(
                    "The token may not look at its own account: give it the scopes read:accounts"
                        + " and read:statuses.");
                return Future.succeededFuture();
              }
              return Future.failedFuture(e);
            })
        .compose(v -> any(site, "/api/v1/mutes", "mutes people", warnings))
        .compose(v -> any(site, "/api/v1/blocks", "blocks people", warnings))
        .compose(v -> any(site, "/api/v1/domain_blocks", "blocks servers", warnings))
        .map(v -> warnings);
  }

  /** Whether a list has entries; a token that may not look at it is in order. */
  private static Future<Void> any(Site site, String path, String does, List<String> warnings) {
    return site.get(Site.path(path, "limit", "1"), false)
        .map(Site.Answer::array)
        .otherwise(new JsonArray())
        .map(
            list -> {
              if (!list.isEmpty()) {
                warnings.add(
                    "The account on "
                        + site.host()
                        + " "
                        + does
                        + ", whose posts are missing here: use an account for this alone.");
              }
              return null;
            });
  }

  private static Checkup with(Checkup instance, String warning) {
    return with(instance, List.of(warning));
  }

  private static Checkup with(Checkup instance, List<String> more) {
    List<String> all = new ArrayList<>(instance.warnings());
    all.addAll(more);
    return new Checkup(
        instance.streaming(),
        instance.domain(),
        instance.maxCharacters(),
        instance.charactersPerUrl(),
        all);
  }

  private static JsonObject object(JsonObject parent, String key) {
    return parent.getValue(key) instanceof JsonObject object ? object : new JsonObject();
  }
}
