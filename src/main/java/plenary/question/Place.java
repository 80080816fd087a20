package plenary.question;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.live.Change;
import plenary.problem.Failure;

/**
 * Where what was asked or found is to be shown once it is public.
 *
 * @param prompt of a chat, that an answer belongs to; only of answers
 * @param matched how the prompt was found
 */
public record Place(Kind kind, @Nullable UUID prompt, @Nullable Matched matched) {
  /** Among the questions. */
  public static final Place QUESTION = new Place(Kind.QUESTION, null, null);

  /** On the wall of posts. */
  public static final Place WALL = new Place(Kind.WALL, null, null);

  /** The three lists of a session. */
  public enum Kind {
    QUESTION,
    ANSWER,
    WALL;

    private final String id = name().toLowerCase(Locale.ROOT);

    public String id() {
      return id;
    }

    static Kind named(String id) {
      return valueOf(id.toUpperCase(Locale.ROOT));
    }
  }

  /** What an answer was known by; by time alone it is a guess. */
  public enum Matched {
    THREAD,
    LABEL,
    TIME,
    HAND;

    private final String id = name().toLowerCase(Locale.ROOT);

    public String id() {
      return id;
    }

    static Matched named(String id) {
      return valueOf(id.toUpperCase(Locale.ROOT));
    }
  }

  /** An answer to a prompt. */
  public static Place answer(UUID prompt, Matched matched) {
    return new Place(Kind.ANSWER, prompt, matched);
  }

  /**
   * What somebody chose: the contract's {@code as} and {@code prompt}; null when they said neither.
   * A prompt alone means an answer.
   */
  static @Nullable Place chosen(@Nullable String as, @Nullable String prompt) {
    if (prompt != null) {
      if (as != null && !as.equals(Kind.ANSWER.id())) {
        throw new Failure.Invalid("/prompt", "no-answer", "Only an answer belongs to a prompt.");
      }
      return answer(UUID.fromString(prompt), Matched.HAND);
    }
    return as == null ? null : new Place(Kind.named(as), null, null);
  }

  /** Refuses a prompt that is none of the session's. */
  Future<Void> check(Change change) {
    if (prompt == null) {
      return Future.succeededFuture();
    }
    return change
        .read("prompt/" + prompt)
        .map(
            found -> {
              if (found.isEmpty()) {
                throw new Failure.NotFound("prompt");
              }
              return null;
            });
  }

  boolean isQuestion() {
    return kind == Kind.QUESTION;
  }

  /** As the log and the bodies have it; nothing of a question's. */
  void put(JsonObject body) {
    if (!isQuestion()) {
      body.put("place", kind.id());
    }
    Question.put(body, "prompt", prompt);
  }
}
