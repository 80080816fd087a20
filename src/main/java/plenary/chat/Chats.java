package plenary.chat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plenary.database.Times;
import plenary.live.Change;
import plenary.live.Command;
import plenary.live.Task;
import plenary.live.View;
import plenary.network.Account;
import plenary.network.PostingAccounts;
import plenary.problem.Failure;
import plenary.question.Picture;
import plenary.screening.Screening;
import plenary.screening.TextLimits;

/**
 * What the host settles of a chat: guests, accounts, the wall, the transcript. Everything else of a
 * chat is changed through {@link #change}, which reads it under the session's lock and tells what
 * is different afterwards.
 */
final class Chats {
  private static final int GUESTS_MAX = 20;

  private final InstantSource time;

  Chats(InstantSource time) {
    this.time = time;
  }

  /** A chat as a command finds it. */
  record Found(Change change, UUID meeting, Chat chat, RunSheet sheet) {
    /** The chat's hashtag: the first of its session. */
    Future<@Nullable String> hashtag() {
      return change
          .read("session")
          .map(
              session ->
                  session
                      .map(body -> body.getJsonArray("hashtags"))
                      .filter(tags -> !tags.isEmpty())
                      .map(tags -> tags.getString(0))
                      .orElse(null));
    }

    Prompt prompt(UUID id) {
      return sheet.find(id).orElseThrow(() -> new Failure.NotFound("prompt"));
    }
  }

  /** Reads the chat under lock, for what changes it. */
  static Command change(
      UUID session,
      UUID meeting,
      String kind,
      Command.@Nullable Once once,
      Function<Found, Future<JsonObject>> work) {
    return Task.ofStaff(
        session,
        kind,
        once,
        change ->
            ChatStore.find(change.sql(), session)
                .compose(
                    chat ->
                        ChatStore.prompts(change.sql(), session)
                            .map(sheet -> new Found(change, meeting, chat, sheet)))
                .compose(work));
  }

  /**
   * Changes guests, accounts, whether the wall is paused, and whether anybody may read the
   * transcript.
   *
   * @param patch the contract's {@code ChatPatch}
   */
  Command patch(UUID session, UUID meeting, JsonObject patch, Command.@Nullable Once once) {
    return change(
        session,
        meeting,
        "chat",
        once,
        found ->
            PostingAccounts.of(found.change().sql(), meeting)
                .compose(accounts -> save(found, patched(found.chat(), patch, accounts)))
                .map(Chat::body));
  }

  private Chat patched(Chat chat, JsonObject patch, List<Account> known) {
    Instant published = chat.publishedAt();
    if (patch.containsKey("published")) {
      boolean wanted = patch.getBoolean("published");
      published = !wanted ? null : published == null ? time.instant() : published;
    }
    return new Chat(
        patch.containsKey("guests") ? guests(patch.getJsonArray("guests")) : chat.guests(),
        patch.containsKey("accounts")
            ? accounts(patch.getJsonArray("accounts"), known)
            : chat.accounts(),
        patch.getBoolean("wallPaused", chat.wallPaused()),
        published);
  }

  private static List<String> guests(JsonArray names) {
    List<String> guests = new ArrayList<>();
    for (int i = 0; i < Math.min(names.size(), GUESTS_MAX); i++) {
      guests.add(
          Screening.verdict(names.getString(i), TextLimits.NAME).orRefuse("/guests/" + i).text());
    }
    return guests;
  }

  private static List<UUID> accounts(JsonArray ids, List<Account> known) {
    Set<UUID> accounts = new HashSet<>();
    for (int i = 0; i < ids.size(); i++) {
      UUID id = UUID.fromString(ids.getString(i));
      if (known.stream().noneMatch(account -> account.id().equals(id))) {
        throw new Failure.Invalid(
            "/accounts/" + i, "no-account", "This meeting has no such account that may post.");
      }
      accounts.add(id);
    }
    return accounts.stream().sorted().toList();
  }

  private static Future<Chat> save(Found found, Chat after) {
    Change change = found.change();
    return ChatStore.save(change.sql(), change.session(), found.meeting(), after)
        .compose(done -> wall(found, after))
        .map(
            wall -> {
              JsonObject body = after.body();
              change.put(Chat.KEY, View.ALL, after.wallPaused() ? body.put("wall", wall) : body);
              return after;
            });
  }

  /** What the wall keeps while it is paused, so that a page that is opened then shows the same. */
  private static Future<JsonArray> wall(Found found, Chat after) {
    if (!after.wallPaused()) {
      return Future.succeededFuture(new JsonArray());
    }
    return found.chat().wallPaused()
        ? found
            .change()
            .read(Chat.KEY)
            .map(
                told ->
                    told.map(body -> body.getJsonArray("wall", new JsonArray()))
                        .orElseGet(JsonArray::new))
        : Picture.wall(found.change());
  }

  /** Makes sure that there is a chat that prompts can belong to. */
  static Future<Void> begin(Found found) {
    return found.sheet().prompts().isEmpty() && found.chat().equals(Chat.NONE)
        ? save(found, found.chat()).mapEmpty()
        : Future.succeededFuture();
  }

  /** Stores another run sheet, and tells those who see what is different. */
  static Future<Void> save(Found found, RunSheet after) {
    Change change = found.change();
    RunSheet before = found.sheet();
    List<Prompt> changed =
        after.prompts().stream()
            .filter(prompt -> !before.find(prompt.id()).map(prompt::equals).orElse(false))
            .toList();
    List<Prompt> gone =
        before.prompts().stream().filter(prompt -> after.find(prompt.id()).isEmpty()).toList();
    Future<Void> deleted = Future.succeededFuture();
    for (Prompt prompt : gone) {
      deleted =
          deleted
              .compose(done -> ChatStore.delete(change.sql(), prompt.id()))
              .onSuccess(
                  done -> {
                    change.drop(prompt.key());
                    change.drop(runKey(prompt.id()));
                  });
    }
    return deleted
        .compose(done -> ChatStore.save(change.sql(), change.session(), changed))
        .compose(done -> OutboxStore.of(change.sql(), change.session()))
        .map(
            postings -> {
              changed.forEach(prompt -> put(change, prompt, postings));
              return null;
            });
  }

  /**
   * Tells of a prompt: everybody once it went out, moderators alone before.
   *
   * @param postings of the whole session
   */
  static void put(Change change, Prompt prompt, List<Posting> postings) {
    List<Posting> own =
        postings.stream().filter(posting -> posting.prompt().equals(prompt.id())).toList();
    change.put(prompt.key(), prompt.isOut() ? View.ALL : View.MODERATOR.bit(), body(prompt, own));
    change.put(runKey(prompt.id()), View.MODERATOR.bit(), run(prompt, own));
  }

  private static String runKey(UUID prompt) {
    return "run/" + prompt;
  }

  static JsonObject body(Prompt prompt, List<Posting> postings) {
    JsonArray posted = new JsonArray();
    postings.stream()
        .filter(posting -> posting.state() == Posting.State.SENT)
        .forEach(posting -> posted.add(posting.publicBody()));
    return prompt.body().put("posted", posted);
  }

  /** What moderators alone see of a prompt; the body of {@code run/…}. */
  static JsonObject run(Prompt prompt, List<Posting> postings) {
    JsonArray all = new JsonArray();
    postings.forEach(posting -> all.add(posting.body()));
    return new JsonObject().put("texts", prompt.textsBody()).put("postings", all);
  }

  /** The time of a patch or draft; null = by hand. */
  static @Nullable Instant at(JsonObject body) {
    return Times.read(body.getString("at"), "/at");
  }
}
