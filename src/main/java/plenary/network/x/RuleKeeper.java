package plenary.network.x;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import plenary.hashtag.Tags;
import plenary.network.Following;
import plenary.network.Post;

/**
 * Keeps the stream's rules in step with the followed hashtags. Ours have a tag that begins with the
 * account; all others, of other meetings or programs of the same app, are left alone.
 */
final class RuleKeeper {
  private static final String PATH = Stream.PATH + "/rules";

  private final Api api;
  private final Following following;
  private final String prefix;

  /** Ids of rules of others that have the same words, so that X did not add ours. */
  private final Set<String> shared = new HashSet<>();

  RuleKeeper(Api api, Following following) {
    this.api = api;
    this.following = following;
    this.prefix = "plenary-" + following.account().id() + "-";
  }

  /** Makes the rules those of what is followed; whether any had to be added. */
  Future<Boolean> sync() {
    List<String> wanted = RuleTexts.of(following, RuleTexts.RULE_MAX);
    return api.get(PATH, Map.of())
        .compose(
            answer -> {
              List<String> missing = new ArrayList<>(wanted);
              List<String> surplus = new ArrayList<>();
              for (JsonObject rule : Fields.objects(answer, "data")) {
                if (isOurs(rule) && !missing.remove(Fields.text(rule, "value"))) {
                  surplus.add(String.valueOf(Fields.text(rule, "id")));
                }
              }
              return remove(surplus).compose(removed -> add(missing));
            });
  }

  private Future<Void> remove(List<String> ids) {
    if (ids.isEmpty()) {
      return Future.succeededFuture();
    }
    return api.post(
            PATH, new JsonObject().put("delete", new JsonObject().put("ids", new JsonArray(ids))))
        .mapEmpty();
  }

  private Future<Boolean> add(List<String> values) {
    shared.clear();
    if (values.isEmpty()) {
      return Future.succeededFuture(false);
    }
    JsonArray rules = new JsonArray();
    for (String value : values) {
      String tag = prefix + Integer.toHexString(value.hashCode());
      rules.add(new JsonObject().put("value", value).put("tag", tag));
    }
    return api.post(PATH, new JsonObject().put("add", rules)).compose(this::added);
  }

  private Future<Boolean> added(JsonObject answer) {
    for (JsonObject error : Fields.objects(answer, "errors")) {
      String id = Fields.text(error, "id");
      String words = error.encode();
      if (id != null && words.toLowerCase(Locale.ROOT).contains("duplicate")) {
        shared.add(id);
      } else {
        return Future.failedFuture(
            new Trouble(
                Trouble.Kind.REQUEST,
                "X does not take the rule for the followed hashtags: "
                    + Fields.text(error, "title")
                    + ". Follow fewer hashtags, or others."));
      }
    }
    return Future.succeededFuture(true);
  }

  private boolean isOurs(JsonObject rule) {
    String tag = Fields.text(rule, "tag");
    return tag != null && tag.startsWith(prefix);
  }

  /** Whether a post came for this account, rather than for another rule of the same app. */
  boolean matches(JsonObject message, Post post) {
    List<JsonObject> rules = Fields.objects(message, "matching_rules");
    if (rules.isEmpty()) {
      return following.answers(post)
          || post.tags().stream().anyMatch(tag -> following.tags().contains(Tags.key(tag)));
    }
    return rules.stream()
        .anyMatch(rule -> isOurs(rule) || shared.contains(String.valueOf(Fields.text(rule, "id"))));
  }
}
