package plenary.network.x;

import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * X renames tweets to posts, endpoint by endpoint. A request must name its fields in one spelling:
 * the wrong one is refused, or taken and answered without them.
 */
enum Spelling {
  TWEETS(
      "tweet.fields",
      "author_id,conversation_id,created_at,edit_history_tweet_ids,entities,lang,note_tweet,"
          + "referenced_tweets,withheld"),
  POSTS(
      "post.fields",
      "author_id,conversation_id,created_at,edit_history_post_ids,entities,lang,note_post,"
          + "referenced_posts,withheld");

  private final String parameter;
  private final String fields;

  Spelling(String parameter, String fields) {
    this.parameter = parameter;
    this.fields = fields;
  }

  Spelling other() {
    return this == TWEETS ? POSTS : TWEETS;
  }

  /** Asks for what {@link Posts} reads, with the authors, which cost twice as much as the posts. */
  void full(Map<String, String> query) {
    query.put(parameter, fields);
    query.put("expansions", "author_id");
    query.put("user.fields", "id,name,username");
  }

  /** Asks for what tells whether a post still stands, without authors. */
  void brief(Map<String, String> query) {
    query.put(
        parameter,
        this == TWEETS
            ? "author_id,edit_history_tweet_ids,withheld"
            : "author_id,edit_history_post_ids,withheld");
  }

  /** Whether an answer with posts has not what was asked for: they all have an author. */
  static boolean isWrong(JsonObject answer) {
    var posts = Fields.objects(answer, "data");
    return !posts.isEmpty()
        && posts.stream().noneMatch(post -> Fields.text(post, "author_id") != null);
  }

  /** Whether X said that it does not know the parameter. */
  static boolean isRefused(Trouble trouble) {
    return trouble.status() == 400
        && (trouble.detail().contains("post.fields") || trouble.detail().contains("tweet.fields"));
  }
}
