package plenary.chat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.chat.Chats.Found;
import plenary.chat.Prompt.Kind;
import plenary.chat.Prompt.State;
import plenary.database.Ids;
import plenary.live.Command;
import plenary.network.Account;
import plenary.network.Network;
import plenary.problem.Failure;
import plenary.screening.Screening;

/**
 * What a host does with prompts, and what their times do. A prompt goes out in one command: from
 * then on the hall has it, and what is to be sent is reserved with it, so that it is sent exactly
 * when it went out, whatever fails later.
 */
final class Prompts {
  /** How late a prompt may still go out, or be sent, by itself. */
  static final Duration LATE = Duration.ofMinutes(10);

  private final Outlets outlets;
  private final InstantSource time;

  Prompts(Outlets outlets, InstantSource time) {
    this.outlets = outlets;
    this.time = time;
  }

  /**
   * Adds a prompt to the run sheet.
   *
   * @param draft the contract's {@code PromptDraft}
   */
  Command add(UUID session, UUID meeting, JsonObject draft, Command.@Nullable Once once) {
    return Chats.change(
        session,
        meeting,
        "prompt-add",
        once,
        found -> {
          if (found.sheet().prompts().size() >= RunSheet.PROMPTS_MAX) {
            throw new Failure.Conflict(
                "too-many-prompts",
                "A chat has %d prompts at most.".formatted(RunSheet.PROMPTS_MAX),
                new JsonObject());
          }
          Prompt prompt =
              new Prompt(
                  Ids.next(),
                  Kind.named(draft.getString("kind", "prompt")),
                  null,
                  text(draft.getString("text"), "/text"),
                  texts(draft),
                  Chats.at(draft),
                  State.PLANNED,
                  null);
          return checked(found, prompt, found.sheet().with(prompt))
              .compose(
                  after -> Chats.begin(found).compose(done -> save(found, after, prompt.id())));
        });
  }

  /**
   * Changes what a prompt that did not go out says, or when.
   *
   * @param patch the contract's {@code PromptPatch}
   */
  Command patch(
      UUID session, UUID meeting, UUID id, JsonObject patch, Command.@Nullable Once once) {
    return Chats.change(
        session,
        meeting,
        "prompt-edit",
        once,
        found -> {
          Prompt before = notOut(found.prompt(id));
          Prompt said =
              before.saying(
                  patch.containsKey("text")
                      ? text(patch.getString("text"), "/text")
                      : before.text(),
                  patch.containsKey("texts") ? texts(patch) : before.texts());
          Prompt prompt = patch.containsKey("at") ? said.planned(Chats.at(patch)) : said;
          return checked(found, prompt, found.sheet().with(prompt))
              .compose(after -> save(found, after, id));
        });
  }

  /** Takes a prompt that did not go out from the run sheet. */
  Command remove(UUID session, UUID meeting, UUID id) {
    return Chats.change(
        session,
        meeting,
        "prompt-remove",
        null,
        found -> {
          Prompt prompt = notOut(found.prompt(id));
          return Chats.save(found, found.sheet().without(id)).map(Chats.body(prompt, List.of()));
        });
  }

  /**
   * Sends a prompt out now, or what of it did not arrive again; postpones it, with or without those
   * after it; skips it; or plans it again.
   *
   * @param move the contract's {@code PromptMove}
   */
  Command move(UUID session, UUID meeting, UUID id, JsonObject move, Command.@Nullable Once once) {
    return Chats.change(
        session,
        meeting,
        "prompt-move",
        once,
        found -> {
          Prompt prompt = found.prompt(id);
          return switch (move.getString("to")) {
            case "now" -> prompt.isOut() ? again(found, prompt) : out(found, prompt);
            case "postponed" -> postpone(found, notOut(prompt), move);
            case "skipped" ->
                save(found, found.sheet().with(notOut(prompt).now(State.SKIPPED)), id);
            default -> {
              Instant at = move.containsKey("at") ? Chats.at(move) : prompt.plannedAt();
              yield save(found, found.sheet().with(notOut(prompt).planned(at)), id);
            }
          };
        });
  }

  private Future<JsonObject> again(Found found, Prompt prompt) {
    return OutboxStore.again(found.change().sql(), prompt.id(), time.instant())
        .compose(tried -> told(found, prompt.id()));
  }

  private Future<JsonObject> postpone(Found found, Prompt prompt, JsonObject move) {
    Integer minutes = move.getInteger("minutes");
    if (minutes == null) {
      throw new Failure.Invalid("/minutes", "minutes-needed", "Say by how many minutes.");
    }
    Duration by = Duration.ofMinutes(minutes);
    boolean following = move.getBoolean("following", false);
    Instant from = prompt.plannedAt() == null ? time.instant() : prompt.plannedAt();
    RunSheet after = found.sheet().with(prompt.planned(from.plus(by)));
    if (following) {
      for (Prompt other : found.sheet().prompts()) {
        Instant at = other.plannedAt();
        boolean waits = other.state() == State.PLANNED && !other.id().equals(prompt.id());
        if (waits && at != null && !at.isBefore(from)) {
          after = after.with(other.planned(at.plus(by)));
        }
      }
    }
    return save(found, after, prompt.id());
  }

  private static Prompt notOut(Prompt prompt) {
    if (prompt.isOut()) {
      throw new Failure.Conflict(
          "prompt-out", "This prompt went out already.", Chats.body(prompt, List.of()));
    }
    return prompt;
  }

  private Future<JsonObject> out(Found found, Prompt prompt) {
    Instant now = time.instant();
    Prompt out =
        prompt.numbered(prompt.kind() == Kind.PROMPT ? found.sheet().nextNumber() : null).out(now);
    return found
        .change()
        .read("session")
        .compose(
            session ->
                found
                    .hashtag()
                    .compose(hashtag -> reserved(found, out, hashtag, language(session), now)))
        .compose(
            postings ->
                OutboxStore.reserve(found.change().sql(), found.change().session(), postings))
        .compose(done -> save(found, found.sheet().with(out), out.id()));
  }

  private Future<List<Posting>> reserved(
      Found found, Prompt out, @Nullable String hashtag, @Nullable String language, Instant now) {
    return Outlets.of(found.change().sql(), found.meeting(), found.chat())
        .compose(
            accounts -> {
              Set<UUID> gone = Outlets.gone(found.chat(), accounts);
              Future<List<Posting>> before =
                  gone.isEmpty()
                      ? Future.succeededFuture(List.of())
                      : OutboxStore.of(found.change().sql(), found.change().session());
              return before.map(
                  postings ->
                      outlets.reserve(
                          out, accounts, Outlets.lastOf(gone, postings), hashtag, language, now));
            });
  }

  private static @Nullable String language(Optional<JsonObject> session) {
    return session
        .map(body -> body.getString("language"))
        .map(languages -> languages.split(",", 2)[0].strip())
        .filter(language -> !language.isEmpty())
        .orElse(null);
  }

  /** What the clock does: what is due goes out, unless it is too late or the session is closed. */
  Command due(UUID session, UUID meeting) {
    return Chats.change(
        session,
        meeting,
        "prompt-due",
        null,
        found -> {
          Instant now = time.instant();
          Prompt due =
              found.sheet().prompts().stream()
                  .filter(prompt -> isDue(prompt, now))
                  .findFirst()
                  .orElse(null);
          if (due == null) {
            return Future.succeededFuture(new JsonObject());
          }
          return found
              .change()
              .read("session")
              .compose(
                  body -> {
                    boolean closed =
                        body.map(each -> "closed".equals(each.getString("state"))).orElse(true);
                    boolean late = Objects.requireNonNull(due.plannedAt()).plus(LATE).isBefore(now);
                    return closed || late
                        ? save(found, found.sheet().with(due.now(State.MISSED)), due.id())
                        : out(found, due);
                  });
        });
  }

  private static boolean isDue(Prompt prompt, Instant now) {
    Instant at = prompt.plannedAt();
    return prompt.state() == State.PLANNED && at != null && !at.isAfter(now);
  }

  /** Refuses what is too long for where it is to go. */
  private Future<RunSheet> checked(Found found, Prompt prompt, RunSheet after) {
    return found
        .hashtag()
        .compose(
            hashtag ->
                Outlets.of(found.change().sql(), found.meeting(), found.chat())
                    .map(
                        accounts -> {
                          outlets.check(after.find(prompt.id()).orElse(prompt), accounts, hashtag);
                          return after;
                        }));
  }

  private static Future<JsonObject> save(Found found, RunSheet after, UUID prompt) {
    return Chats.save(found, after)
        .compose(done -> OutboxStore.of(found.change().sql(), found.change().session(), prompt))
        .map(
            postings -> {
              Prompt now = after.find(prompt).orElseThrow();
              return Chats.body(now, postings).mergeIn(Chats.run(now, postings));
            });
  }

  /** Tells of a prompt whose postings changed. */
  static Future<JsonObject> told(Found found, UUID prompt) {
    return OutboxStore.of(found.change().sql(), found.change().session(), prompt)
        .map(
            postings -> {
              Prompt now = found.prompt(prompt);
              Chats.put(found.change(), now, postings);
              return Chats.body(now, postings).mergeIn(Chats.run(now, postings));
            });
  }

  private static String text(String raw, String pointer) {
    return Screening.verdict(raw, Outlets.TEXT).orRefuse(pointer).text();
  }

  /** The contract's {@code texts}, of which empty ones count as none. */
  static Map<Network, String> texts(JsonObject body) {
    Map<Network, String> texts = new EnumMap<>(Network.class);
    JsonObject given = body.getJsonObject("texts", new JsonObject());
    given.forEach(
        each -> {
          if (each.getValue() instanceof String raw && !raw.isBlank()) {
            texts.put(Network.named(each.getKey()), text(raw, "/texts/" + each.getKey()));
          }
        });
    return texts;
  }

  /** Accounts and their lengths for a draft that is not stored. */
  JsonObject measured(
      JsonObject draft, List<Account> accounts, @Nullable String hashtag, int number) {
    boolean counts = draft.getString("kind", "prompt").equals("prompt");
    Prompt prompt =
        new Prompt(
            Ids.next(),
            Kind.named(draft.getString("kind", "prompt")),
            counts ? number : null,
            draft.getString("text"),
            texts(draft),
            null,
            State.PLANNED,
            null);
    return new JsonObject().put("lengths", outlets.measured(prompt, accounts, hashtag));
  }
}
