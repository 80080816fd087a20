package plenary.network.mastodon;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plenary.hashtag.MastodonTags;

/**
 * A status of the simulator, in the shape of the 2026 recordings ({@code
 * data/wire/mastodon/exchanges/hashtag_tl.json}).
 */
final class Toot {
  final long number;
  final String uri;
  final String acct;
  final Instant created;
  String text;
  List<String> tags;
  @Nullable Instant edited;
  boolean deleted;
  String visibility = "public";
  @Nullable String language = "en";
  @Nullable Long parent;
  String spoiler = "";
  @Nullable String called;

  Toot(long number, String uri, String acct, Instant created, String text, List<String> tags) {
    this.number = number;
    this.uri = uri;
    this.acct = acct;
    this.created = created.truncatedTo(ChronoUnit.MILLIS);
    this.text = text;
    this.tags = List.copyOf(tags);
  }

  boolean has(String tag) {
    String key = MastodonTags.key(URLDecoder.decode(tag, StandardCharsets.UTF_8));
    return tags.stream().map(MastodonTags::key).anyMatch(key::equals);
  }

  /** What a reader sees: the text with its hashtags behind it. */
  String shown() {
    StringBuilder shown = new StringBuilder(text);
    tags.forEach(tag -> shown.append(" #").append(tag));
    return shown.toString();
  }

  JsonObject json(String base) {
    String name = acct.split("@")[0];
    JsonArray tagged = new JsonArray();
    tags.forEach(
        tag -> {
          // As rest/status_serializer.rb has it: the folded name, whatever was written.
          String key = MastodonTags.key(tag);
          tagged.add(new JsonObject().put("name", key).put("url", base + "/tags/" + key));
        });
    return new JsonObject()
        .put("id", Long.toString(number))
        .put("created_at", created.toString())
        .put("in_reply_to_id", parent == null ? null : Long.toString(parent))
        .put("in_reply_to_account_id", null)
        .put("sensitive", !spoiler.isEmpty())
        .put("spoiler_text", spoiler)
        .put("visibility", visibility)
        .put("language", language)
        .put("uri", uri)
        .put("url", base + "/@" + name + "/" + number)
        .put("replies_count", 0)
        .put("edited_at", edited == null ? null : edited.toString())
        .put("content", html(base))
        .put("reblog", null)
        .put(
            "account",
            new JsonObject()
                .put("id", "9" + Math.abs(acct.hashCode()))
                .put("username", name)
                .put("acct", acct)
                .put("display_name", called == null ? "Dr " + name : called)
                .put("url", base + "/@" + name)
                .put("uri", base + "/ap/users/" + name))
        .put("media_attachments", new JsonArray())
        .put("mentions", new JsonArray())
        .put("tags", tagged)
        .put("emojis", new JsonArray())
        .put("card", null)
        .put("poll", null);
  }

  private String html(String base) {
    StringBuilder html =
        new StringBuilder("<p>")
            .append(
                text.replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace("'", "&#39;")
                    .replace("\n\n", "</p><p>")
                    .replace("\n", "<br />"));
    tags.forEach(
        tag ->
            html.append(" <a href=\"")
                .append(base)
                .append("/tags/")
                .append(tag)
                .append("\" class=\"mention hashtag\" rel=\"tag\">#<span>")
                .append(tag)
                .append("</span></a>"));
    return html.append("</p>").toString();
  }
}
