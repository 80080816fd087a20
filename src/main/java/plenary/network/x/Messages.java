package plenary.network.x;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import plenary.network.Following;
import plenary.network.News;
import plenary.network.Post;

/** What messages of the stream are news of; each post is paid for, whomever it is for. */
record Messages(
    Following following, XClock clock, RuleKeeper rules, StreamMoney money, Delivery delivery) {

  /** Takes a message that has data: a post, what compliance streams say, or anything new. */
  void take(JsonObject message, JsonObject data) {
    if (Fields.text(data, "id") == null) {
      Compliance.read(data).ifPresent(news -> delivery.add(List.of(news)));
      return;
    }
    JsonObject includes = Fields.object(message, "includes");
    money.delivered(data, includes, clock.instant());
    Posts.news(data, includes).filter(news -> isForUs(message, news)).ifPresent(this::tell);
  }

  private boolean isForUs(JsonObject message, News news) {
    return !(news instanceof News.Wrote wrote) || rules.matches(message, wrote.post());
  }

  private void tell(News news) {
    if (news instanceof News.Wrote(Post post)) {
      Duration lag = Duration.between(Snowflakes.time(post.revision()), clock.instant());
      following.lag(lag.isNegative() ? Duration.ZERO : lag);
    }
    delivery.add(List.of(news));
  }
}
