package plenary.question;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Times;
import plenary.live.View;

/**
 * A question as it is stored.
 *
 * @param asker the participant who asked, or who wrote the post as a number of its own; never shown
 * @param authorName as it is shown; absent for the anonymous
 * @param source what it came through: {@code phone}, {@code chair}, a network
 * @param reasons why screening asks for caution
 * @param similar near-duplicates there were when it was asked, as moderators have them
 * @param found the post that it was found as; absent when it was asked here
 * @param carriedFrom the question of another session that it is a copy of
 * @param changedBy who changed it last
 * @param version of {@code triage/…}, which a mover may have seen
 * @param root the question at the end of its chain of merges; itself when it is not merged
 * @param votes distinct voters of the whole group, kept on its root
 * @param crowdedOut the views that page to it instead of having it in their stream
 */
record Question(
    UUID id,
    UUID session,
    @Nullable UUID asker,
    @Nullable String authorName,
    @Nullable String authorRole,
    String source,
    Instant askedAt,
    String originalText,
    JsonArray reasons,
    JsonArray similar,
    @Nullable Found found,
    @Nullable UUID carriedFrom,
    Fields fields,
    @Nullable String changedBy,
    Instant changedAt,
    long version,
    UUID root,
    int votes,
    int crowdedOut) {

  Status status() {
    return fields.status();
  }

  Question with(Fields changed) {
    return copy(changed, changedBy, changedAt, version, votes, crowdedOut);
  }

  /** In the streams of other views than before. */
  Question crowdedOut(int views, long atVersion) {
    return copy(fields, changedBy, changedAt, atVersion, votes, views);
  }

  /** With who changed it, when, and at which version; moderators have it before them again. */
  Question changed(@Nullable String by, Instant at, long atVersion) {
    return copy(fields, by, at, atVersion, votes, crowdedOut & ~View.MODERATOR.bit());
  }

  /** With the votes it came with. */
  Question counted(int count) {
    return copy(fields, changedBy, changedAt, version, count, crowdedOut);
  }

  /** With the near-duplicates there are. */
  Question alike(JsonArray others) {
    return new Question(
        id,
        session,
        asker,
        authorName,
        authorRole,
        source,
        askedAt,
        originalText,
        reasons,
        others,
        found,
        carriedFrom,
        fields,
        changedBy,
        changedAt,
        version,
        root,
        votes,
        crowdedOut);
  }

  /** As its source has it now; whoever changed it last did so no more. */
  Question rewritten(
      String words,
      @Nullable String name,
      Found newFound,
      JsonArray newReasons,
      Fields newFields,
      Instant at,
      long atVersion) {
    return new Question(
        id,
        session,
        asker,
        name,
        authorRole,
        source,
        askedAt,
        words,
        newReasons,
        similar,
        newFound,
        carriedFrom,
        newFields,
        null,
        at,
        atVersion,
        root,
        votes,
        crowdedOut & ~View.MODERATOR.bit());
  }

  /** The same question, with all that ever changes of it given. */
  private Question copy(
      Fields newFields,
      @Nullable String newChangedBy,
      Instant newChangedAt,
      long newVersion,
      int newVotes,
      int newCrowdedOut) {
    return new Question(
        id,
        session,
        asker,
        authorName,
        authorRole,
        source,
        askedAt,
        originalText,
        reasons,
        similar,
        found,
        carriedFrom,
        newFields,
        newChangedBy,
        newChangedAt,
        newVersion,
        root,
        newVotes,
        newCrowdedOut);
  }

  /** What everybody may see; the body of {@code question/…}. */
  JsonObject publicBody() {
    JsonObject author = null;
    if (authorName != null || authorRole != null) {
      author = new JsonObject();
      put(author, "name", authorName);
      put(author, "role", authorRole);
    }
    JsonObject body =
        new JsonObject()
            .put("id", id.toString())
            .put("text", fields.text())
            .put("author", author)
            .put("status", fields.status().id())
            .put("source", source)
            .put("labels", new JsonArray(fields.labels()))
            .put("pinned", fields.pinned())
            .put("askedAt", Times.text(askedAt));
    put(body, "rank", fields.rank());
    put(body, "mergedInto", fields.mergedInto());
    fields.place().put(body);
    if (found != null) {
      body.put("origin", found.toJson());
    }
    return body;
  }

  /** What its asker alone sees; the body of {@code mine/…}. */
  JsonObject mineBody() {
    JsonObject body =
        new JsonObject()
            .put("id", id.toString())
            .put("text", fields.text())
            .put("status", fields.status().id())
            .put("askedAt", Times.text(askedAt));
    put(body, "reason", fields.reason());
    put(body, "mergedInto", fields.mergedInto());
    put(body, "carriedFrom", carriedFrom);
    fields.place().put(body);
    return body;
  }

  /** What moderators alone see; the body of {@code triage/…}. */
  JsonObject triageBody(@Nullable Standing standing) {
    JsonObject body = new JsonObject().put("status", fields.status().id());
    if (standing != null) {
      JsonObject record = standing.toJson();
      put(record, "name", authorName);
      body.put("asker", record);
    }
    if (!originalText.equals(fields.text())) {
      body.put("originalText", originalText);
    }
    body.put("reasons", reasons);
    if (!similar.isEmpty()) {
      body.put("similar", similar);
    }
    put(body, "carriedFrom", carriedFrom);
    put(body, "reason", fields.reason());
    put(body, "note", fields.note());
    put(body, "assignee", fields.assignee());
    put(body, "by", changedBy);
    put(body, "mergedInto", fields.mergedInto());
    Place.Matched matched = fields.place().matched();
    put(body, "matched", matched == null ? null : matched.id());
    return body.put("at", Times.text(changedAt));
  }

  /** What the podium is told of it beside; the body of {@code note/…}. */
  @Nullable JsonObject noteBody() {
    boolean told = fields.note() != null || fields.assignee() != null;
    if (!told || !status().isPublic()) {
      return null;
    }
    JsonObject body = new JsonObject();
    put(body, "note", fields.note());
    put(body, "assignee", fields.assignee());
    return body;
  }

  /** The answer to a moderator's command. */
  JsonObject moderatedBody() {
    JsonObject body = mineBody();
    body.remove("askedAt");
    body.remove("carriedFrom");
    body.put("labels", new JsonArray(fields.labels())).put("pinned", fields.pinned());
    if (!originalText.equals(fields.text())) {
      body.put("originalText", originalText);
    }
    put(body, "rank", fields.rank());
    put(body, "note", fields.note());
    put(body, "assignee", fields.assignee());
    put(body, "by", changedBy);
    return body.put("at", Times.text(changedAt));
  }

  /** The views that have it in their stream. */
  int views() {
    return fields.status().views(crowdedOut, found != null);
  }

  /** The views that have what moderators alone see in their stream. */
  int triageViews() {
    return views() & View.MODERATOR.bit();
  }

  static void put(JsonObject body, String name, @Nullable Object value) {
    if (value != null) {
      body.put(name, value instanceof UUID id ? id.toString() : value);
    }
  }

  /**
   * An asker's record in a session.
   *
   * @param taken came on stage
   */
  record Standing(int asked, int taken, int dismissed) {
    /** With one that comes in now. */
    Standing oneMore() {
      return new Standing(asked + 1, taken, dismissed);
    }

    JsonObject toJson() {
      return new JsonObject().put("asked", asked).put("taken", taken).put("dismissed", dismissed);
    }
  }
}
