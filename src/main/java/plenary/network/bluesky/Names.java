package plenary.network.bluesky;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import plenary.network.News;
import plenary.network.Post;

/**
 * What writers are called: the stream has their DIDs alone. They are asked for beside the stream,
 * many at a time, and told when they are known; a post never waits for one. Where nothing answers,
 * the DID is used, and less is asked. Runs on one event loop.
 */
final class Names {
  /** The most that {@code getProfiles} takes. */
  private static final int TOGETHER = 25;

  private static final int KNOWN_MAX = 20_000;
  private static final int WANTED_MAX = 5_000;
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final Duration PAUSE_MAX = Duration.ofMinutes(10);

  private final Xrpc xrpc;
  private final Addresses.@Nullable Host appview;
  private final Context context;
  private final Map<String, Post.Writer> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Post.Writer> eldest) {
          return size() > KNOWN_MAX;
        }
      };
  private final Set<String> wanted = new LinkedHashSet<>();
  private Consumer<News.Named> told = named -> {};
  private boolean asking;
  private boolean stopped;
  private int failures;
  private long notBefore = System.nanoTime();

  Names(Xrpc xrpc, Addresses.@Nullable Host appview, Context context) {
    this.xrpc = xrpc;
    this.appview = appview;
    this.context = context;
  }

  /** Who hears of names. */
  void tell(Consumer<News.Named> listener) {
    told = listener;
  }

  /** As far as it is known now. */
  Post.Writer writer(String did) {
    Post.Writer writer = known.get(did);
    return writer == null ? new Post.Writer(did, did, null) : writer;
  }

  /** A writer appears. */
  void want(String did) {
    if (appview != null && !known.containsKey(did) && wanted.size() < WANTED_MAX) {
      wanted.add(did);
    }
  }

  /** A handle has changed; what the stream says of it is a hint that nobody has verified. */
  void changed(String did, @Nullable String handle) {
    Post.Writer had = known.remove(did);
    if (had == null) {
      return;
    }
    if (appview != null) {
      want(did);
    } else if (handle != null && Syntax.isHandle(handle)) {
      learn(new Post.Writer(did, handle, had.name()));
    }
  }

  /** Now and then: asks for what is wanted. */
  void tick() {
    if (appview == null
        || asking
        || stopped
        || wanted.isEmpty()
        || System.nanoTime() - notBefore < 0) {
      return;
    }
    List<String> dids = new ArrayList<>(wanted).subList(0, Math.min(TOGETHER, wanted.size()));
    asking = true;
    Future<JsonObject> answer =
        xrpc.get(appview, "app.bsky.actor.getProfiles", Map.of("actors", dids), null);
    answer.onComplete(result -> context.runOnContext(here -> answered(dids, result)));
  }

  void stop() {
    stopped = true;
  }

  private void answered(List<String> dids, AsyncResult<JsonObject> result) {
    asking = false;
    if (stopped) {
      return;
    }
    if (result.failed()) {
      pause(result.cause());
      return;
    }
    failures = 0;
    Map<String, Post.Writer> found = new HashMap<>();
    if (result.result().getValue("profiles") instanceof JsonArray profiles) {
      for (Object profile : profiles) {
        if (profile instanceof JsonObject one) {
          read(one, found);
        }
      }
    }
    for (String did : dids) {
      wanted.remove(did);
      // Whoever is not found is not asked for again.
      learn(found.getOrDefault(did, new Post.Writer(did, did, null)));
    }
  }

  private static void read(JsonObject profile, Map<String, Post.Writer> into) {
    if (profile.getValue("did") instanceof String did) {
      String handle =
          profile.getValue("handle") instanceof String given
                  && Syntax.isHandle(given)
                  && !given.equals("handle.invalid")
              ? given
              : did;
      String name =
          profile.getValue("displayName") instanceof String given && !given.isBlank()
              ? Syntax.storable(given)
              : null;
      into.put(did, new Post.Writer(did, handle, name));
    }
  }

  private void learn(Post.Writer writer) {
    known.put(writer.id(), writer);
    if (!writer.handle().equals(writer.id()) || writer.name() != null) {
      told.accept(new News.Named(writer));
    }
  }

  private void pause(Throwable why) {
    long millis = Math.min(PAUSE_MAX.toMillis(), PAUSE.toMillis() << Math.min(failures, 10));
    failures++;
    if (why instanceof Xrpc.Failure failure && failure.resetsAt() != null) {
      long asked = Duration.between(Instant.now(), failure.resetsAt()).toMillis();
      millis = Math.clamp(asked, millis, PAUSE_MAX.toMillis());
    }
    notBefore = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
