package plenary.network.mastodon;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import plenary.hashtag.MastodonTags;
import plenary.network.Post;

/** Makes posts of the statuses of one server. */
final class Statuses {
  private static final int EACH_MAX = 500;
  private static final Set<String> FOR_ALL = Set.of("public", "unlisted");

  private final String host;
  private final String authority;
  private final Seen seen;
  private String domain;
  private Map<String, List<String>> followed = Map.of();

  /**
   * Reads statuses.
   *
   * @param base address of the server
   */
  Statuses(URI base, Seen seen) {
    this.host = base.getHost();
    this.authority = base.getAuthority();
    this.domain = host;
    this.seen = seen;
  }

  /** What its accounts have behind their names, which may be another name than the server's. */
  void domain(@Nullable String told) {
    domain = told == null || told.isBlank() ? host : told;
  }

  /**
   * Which hashtags are followed, as they were written. A status names its hashtags as its server
   * folds them ({@link MastodonTags#key}); what is the same to the server is the followed one.
   *
   * @return those to ask the server for, each once as it sees them
   */
  Set<String> follow(Set<String> spellings) {
    Map<String, List<String>> written = new TreeMap<>();
    spellings.stream()
        .sorted()
        .forEach(
            tag ->
                written.computeIfAbsent(MastodonTags.key(tag), any -> new ArrayList<>()).add(tag));
    followed = written;
    Set<String> asked = new LinkedHashSet<>();
    written.values().forEach(same -> asked.add(same.getFirst()));
    return asked;
  }

  private List<String> tags(@Nullable JsonArray tags) {
    List<String> all = new ArrayList<>();
    for (String name : each(tags, "name")) {
      all.addAll(followed.getOrDefault(MastodonTags.key(name), List.of(name)));
    }
    return all;
  }

  /** The number of a status, with the server that numbers so: others number otherwise. */
  String local(String id) {
    return authority + "/" + id;
  }

  /** The number in what {@link #local} made, if it is this server's. */
  @Nullable String number(@Nullable String local) {
    return local != null && local.startsWith(authority + "/")
        ? local.substring(authority.length() + 1)
        : null;
  }

  /** When it was written or edited last; null = it cannot be used. */
  static @Nullable Instant changed(JsonObject status) {
    @Nullable Instant edited = Times.instant(status.getString("edited_at"));
    return edited == null ? Times.instant(status.getString("created_at")) : edited;
  }

  /** The post that a status is; null when it is not for all to see, or cannot be read. */
  @Nullable Post post(JsonObject status) {
    try {
      return read(status);
    } catch (ClassCastException | IllegalArgumentException e) {
      return null;
    }
  }

  private @Nullable Post read(JsonObject status) {
    String id = status.getString("id");
    String uri = status.getString("uri");
    JsonObject account = status.getJsonObject("account");
    @Nullable Instant created = Times.instant(status.getString("created_at"));
    @Nullable Instant edited = Times.instant(status.getString("edited_at"));
    if (id == null
        || uri == null
        || uri.isBlank()
        || account == null
        || created == null
        || !FOR_ALL.contains(text(status.getString("visibility")))) {
      return null;
    }
    @Nullable JsonObject repeated = status.getJsonObject("reblog");
    JsonObject said = repeated == null ? status : repeated;
    Markup markup = Markup.of(text(said.getString("content")));
    @Nullable String parent = status.getString("in_reply_to_id");
    return new Post(
        uri,
        (edited == null ? created : edited).toEpochMilli(),
        writer(account),
        warned(said.getString("spoiler_text"), markup.text()),
        said.getString("language"),
        status.getString("url"),
        local(id),
        created,
        edited != null,
        seen.uri(parent),
        seen.root(parent),
        repeated == null ? null : repeated.getString("uri"),
        tags(said.getJsonArray("tags")),
        mentions(said.getJsonArray("mentions")),
        markup.links());
  }

  private Post.Writer writer(JsonObject account) {
    String handle = handle(text(account.getString("acct")), account.getString("url"));
    @Nullable String id = account.getString("uri");
    if (id == null || id.isBlank()) {
      id = account.getString("url");
    }
    @Nullable String name = account.getString("display_name");
    return new Post.Writer(
        id == null || id.isBlank() ? handle : id,
        handle,
        name == null || name.isBlank() ? account.getString("username") : name);
  }

  /** Accounts of the server itself come without a host. */
  private String handle(String acct, @Nullable String url) {
    if (acct.contains("@")) {
      return acct;
    }
    @Nullable String own = domain.equals(host) ? hostOf(url) : domain;
    return acct + "@" + (own == null ? host : own);
  }

  private static @Nullable String hostOf(@Nullable String url) {
    try {
      return url == null ? null : URI.create(url).getHost();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** A content warning stands in front of what it warns of. */
  private static String warned(@Nullable String spoiler, String text) {
    if (spoiler == null || spoiler.isBlank()) {
      return text;
    }
    return text.isEmpty() ? spoiler.strip() : spoiler.strip() + "\n\n" + text;
  }

  private List<String> mentions(@Nullable JsonArray mentions) {
    Set<String> handles = new LinkedHashSet<>();
    for (int i = 0; mentions != null && i < Math.min(mentions.size(), EACH_MAX); i++) {
      if (mentions.getValue(i) instanceof JsonObject mention) {
        handles.add(handle(text(mention.getString("acct")), mention.getString("url")));
      }
    }
    return List.copyOf(handles);
  }

  private static List<String> each(@Nullable JsonArray array, String key) {
    List<String> all = new ArrayList<>();
    for (int i = 0; array != null && i < Math.min(array.size(), EACH_MAX); i++) {
      if (array.getValue(i) instanceof JsonObject one && one.getString(key) != null) {
        all.add(one.getString(key));
      }
    }
    return all;
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
