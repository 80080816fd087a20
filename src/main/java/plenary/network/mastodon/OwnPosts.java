package plenary.network.mastodon;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import plenary.network.Publisher;

/** What an account has posted itself. */
final class OwnPosts {
  private static final Duration MARGIN = Duration.ofSeconds(10);
  private static final int PAGES = 5;

  private final Site site;

  OwnPosts(Site site) {
    this.site = site;
  }

  /** The post with this text that was written since it was first tried; null = there is none. */
  Future<Publisher.@Nullable Sent> find(Publisher.Outgoing outgoing) {
    return site.get("/api/v1/accounts/verify_credentials", false)
        .compose(
            answer -> {
              @Nullable String id = answer.object().getString("id");
              return Lookup.isNumber(id)
                  ? page("/api/v1/accounts/" + id + "/statuses", null, outgoing, PAGES)
                  : Future.failedFuture(Trouble.notMastodon(answer.status(), site.host()));
            });
  }

  private Future<Publisher.@Nullable Sent> page(
      String path, @Nullable String below, Publisher.Outgoing outgoing, int pages) {
    String query =
        below == null
            ? Site.path(path, "limit", "40", "exclude_reblogs", "true")
            : Site.path(path, "limit", "40", "exclude_reblogs", "true", "max_id", below);
    return site.get(query, below != null)
        .compose(
            answer -> {
              JsonArray page = answer.array();
              Instant since = site.there(outgoing.firstTriedAt()).minus(MARGIN);
              @Nullable String last = null;
              boolean older = page.isEmpty();
              for (Object one : page) {
                if (one instanceof JsonObject status) {
                  @Nullable Instant at = Times.instant(status.getString("created_at"));
                  boolean recent = at != null && !at.isBefore(since);
                  older |= !recent;
                  last = status.getString("id");
                  if (recent && isSame(status, outgoing)) {
                    return Future.succeededFuture(MastodonPublisher.sent(status));
                  }
                }
              }
              return older || pages <= 1 || !Lookup.isNumber(last)
                  ? Future.succeededFuture(null)
                  : page(path, last, outgoing, pages - 1);
            });
  }

  private static boolean isSame(JsonObject status, Publisher.Outgoing outgoing) {
    @Nullable String parent =
        outgoing.inReplyTo() == null ? null : MastodonPublisher.number(outgoing.inReplyTo());
    @Nullable String answers = status.getString("in_reply_to_id");
    String content = status.getString("content");
    return (parent == null ? answers == null : parent.equals(answers))
        && content != null
        && calm(Markup.of(content).text()).equals(calm(outgoing.text()));
  }

  /** Without what a server changes when it makes HTML of a text. */
  private static String calm(String text) {
    String nfc = Normalizer.normalize(text, Normalizer.Form.NFC);
    return TootLength.withoutServers(nfc).replaceAll("[\\s\\p{Cntrl}\\p{Cf}]+", "");
  }
}
