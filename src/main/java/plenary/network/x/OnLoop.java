package plenary.network.x;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plenary.network.Account;
import plenary.network.Following;
import plenary.network.News;

/** A following whose answers come on one event loop, wherever they were found. */
record OnLoop(Context context, Following given) implements Following {
  private <T> Future<T> here(Future<T> future) {
    Promise<T> promise = Promise.promise();
    future.onComplete(
        result -> context.runOnContext(now -> promise.complete(result)),
        failure -> context.runOnContext(now -> promise.fail(failure)));
    return promise.future();
  }

  @Override
  public Account account() {
    return given.account();
  }

  @Override
  public Set<String> tags() {
    return given.tags();
  }

  @Override
  public Set<String> spellings() {
    return given.spellings();
  }

  @Override
  public Set<Prompt> prompts() {
    return given.prompts();
  }

  @Override
  public @Nullable JsonObject cursor() {
    return given.cursor();
  }

  @Override
  public Future<Void> accept(List<News> news, @Nullable JsonObject cursor) {
    return here(given.accept(news, cursor));
  }

  @Override
  public Future<Void> gap(Instant from, Instant until, String why) {
    return here(given.gap(from, until, why));
  }

  @Override
  public Future<List<Known>> known(Instant since, int limit) {
    return here(given.known(since, limit));
  }

  @Override
  public void state(State state, @Nullable String sentence) {
    given.state(state, sentence);
  }

  @Override
  public void reconnected() {
    given.reconnected();
  }

  @Override
  public void lag(Duration lag) {
    given.lag(lag);
  }

  @Override
  public void headroom(long remaining, long limit, Instant resetsAt) {
    given.headroom(remaining, limit, resetsAt);
  }

  @Override
  public Future<Boolean> spend(long micros) {
    return here(given.spend(micros));
  }
}
