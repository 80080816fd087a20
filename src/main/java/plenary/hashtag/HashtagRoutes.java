package plenary.hashtag;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Database;
import plenary.hashtag.Composing.Checked;
import plenary.hashtag.Composing.Warning;
import plenary.problem.Failure;
import plenary.web.Answer;
import plenary.web.Api;
import plenary.web.Request;

/** The contract's operations about hashtags. */
public final class HashtagRoutes {
  private final Figures figures;
  private final Guards guards;
  private final Followings followings;
  private final InstantSource time;

  /** Knows which hashtags a meeting has. */
  @FunctionalInterface
  public interface Followings {
    /**
     * The hashtags of a meeting.
     *
     * @param session of this session alone; null = of the meeting and all its sessions
     */
    Future<Followed> of(UUID meeting, @Nullable UUID session);
  }

  public HashtagRoutes(
      Database database, Guards guards, Followings followings, InstantSource time) {
    this.figures = new Figures(database, time);
    this.guards = guards;
    this.followings = followings;
    this.time = time;
  }

  /** Sets the handlers. */
  public void attach(Api api) {
    api.on(
        "getMeetingHashtags",
        request ->
            followings
                .of(request.meeting(), null)
                .compose(
                    followed ->
                        figures.of(request.meeting(), followed.tags(false), span(request, null)))
                .map(Answer::ok));
    api.on(
        "getSessionHashtags",
        request ->
            followings
                .of(request.meeting(), request.session())
                .compose(
                    followed ->
                        figures.of(request.meeting(), followed.tags(true), span(request, followed)))
                .map(Answer::ok));
    api.on("checkMeetingHashtags", request -> check(request, null));
    api.on("checkSessionHashtags", request -> check(request, request.session()));
    api.on("getHashtagGuard", request -> guards.of(request.meeting()).map(g -> Answer.ok(json(g))));
    api.on("putHashtagGuard", this::guard);
  }

  private Span span(Request request, @Nullable Followed session) {
    return Span.read(
        request.query("from"),
        request.query("until"),
        request.query("window"),
        session,
        time.instant());
  }

  private Future<Answer> check(Request request, @Nullable UUID session) {
    String text = request.body().getString("text");
    return followings
        .of(request.meeting(), session)
        .map(
            followed -> {
              List<String> tags = followed.tags(session != null);
              return Answer.ok(json(Composing.check(text, tags)));
            });
  }

  private static JsonObject json(Checked checked) {
    JsonArray warnings = new JsonArray();
    for (Warning warning : checked.warnings()) {
      JsonObject each =
          new JsonObject()
              .put("network", warning.network())
              .put("tag", warning.tag())
              .put("at", warning.at())
              .put("reason", warning.reason().id());
      if (warning.read() != null) {
        each.put("read", warning.read());
      }
      warnings.add(each);
    }
    JsonObject reads = new JsonObject();
    checked.reads().forEach((network, tags) -> reads.put(network, new JsonArray(tags)));
    return new JsonObject().put("warnings", warnings).put("reads", reads);
  }

  private Future<Answer> guard(Request request) {
    JsonObject body = request.body();
    Guard guard =
        new Guard(
            tags(body.getJsonArray("secondTags", new JsonArray())),
            body.getBoolean("known", false),
            topics(body.getJsonArray("topics", new JsonArray())));
    return guards.put(request.meeting(), guard).map(done -> Answer.ok(json(guard)));
  }

  /** Hashtags without their sign, each once. */
  private static List<String> tags(JsonArray given) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (int i = 0; i < given.size(); i++) {
      String tag = Tags.bare(given.getString(i).strip());
      if (TagReader.read("#" + tag).hashtags().size() != 1) {
        throw new Failure.Invalid(
            "/secondTags/" + i,
            "no-hashtag",
            "A hashtag has letters, digits and _ of any script, and no spaces.");
      }
      tags.putIfAbsent(Tags.key(tag), tag);
    }
    return List.copyOf(tags.values());
  }

  private static List<String> topics(JsonArray given) {
    List<String> topics = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      String topic = given.getString(i).strip();
      if (topic.codePoints().noneMatch(Character::isLetterOrDigit)) {
        throw new Failure.Invalid(
            "/topics/" + i, "no-topic", "A topic has at least one letter or digit.");
      }
      if (!topics.contains(topic)) {
        topics.add(topic);
      }
    }
    return topics;
  }

  private static JsonObject json(Guard guard) {
    return new JsonObject()
        .put("secondTags", new JsonArray(guard.secondTags()))
        .put("known", guard.known())
        .put("topics", new JsonArray(guard.topics()));
  }
}
