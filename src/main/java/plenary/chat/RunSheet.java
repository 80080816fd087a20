package plenary.chat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.chat.Prompt.Kind;
import plenary.chat.Prompt.State;

/**
 * The prompts of a chat, in the order in which they go out. Questions are numbered by that order;
 * what went out keeps its number, and what does not go out has none. Pure.
 */
record RunSheet(List<Prompt> prompts) {
  /** More than any chat has; it bounds what is read under a session's lock. */
  static final int PROMPTS_MAX = 40;

  private static final Comparator<Prompt> ORDER =
      Comparator.comparing((Prompt prompt) -> prompt.isOut() ? 0 : 1)
          .thenComparing(RunSheet::time)
          .thenComparing(Prompt::kind)
          .thenComparing(prompt -> prompt.number() == null ? 100 : prompt.number())
          .thenComparing(Prompt::id);

  RunSheet {
    prompts = numbered(prompts.stream().sorted(ORDER).toList());
  }

  private static Instant time(Prompt prompt) {
    Instant at = prompt.isOut() ? prompt.outAt() : prompt.plannedAt();
    return at == null ? Instant.MAX : at;
  }

  private static List<Prompt> numbered(List<Prompt> ordered) {
    List<Prompt> numbered = new ArrayList<>(ordered.size());
    int last = lastOut(ordered);
    for (Prompt prompt : ordered) {
      if (prompt.isOut()) {
        numbered.add(prompt);
      } else {
        boolean counts = prompt.kind() == Kind.PROMPT && prompt.state() == State.PLANNED;
        numbered.add(prompt.numbered(counts ? ++last : null));
      }
    }
    return List.copyOf(numbered);
  }

  private static int lastOut(List<Prompt> prompts) {
    int last = 0;
    for (Prompt prompt : prompts) {
      Integer kept = prompt.number();
      if (prompt.isOut() && kept != null) {
        last = Math.max(last, kept);
      }
    }
    return last;
  }

  /** The number of the question that goes out next. */
  int nextNumber() {
    return lastOut(prompts) + 1;
  }

  Optional<Prompt> find(UUID id) {
    return prompts.stream().filter(prompt -> prompt.id().equals(id)).findFirst();
  }

  /** With a prompt that is new, or instead of what it was. */
  RunSheet with(Prompt changed) {
    RunSheet others = without(changed.id());
    List<Prompt> all = new ArrayList<>(others.prompts);
    all.add(changed);
    return new RunSheet(all);
  }

  RunSheet without(UUID id) {
    return new RunSheet(prompts.stream().filter(prompt -> !prompt.id().equals(id)).toList());
  }

  /** The prompt that people answer now: the newest question that went out. */
  static @Nullable Prompt current(List<Prompt> prompts) {
    return prompts.stream()
        .filter(prompt -> prompt.isOut() && prompt.kind() == Kind.PROMPT)
        .max(Comparator.comparing(RunSheet::time))
        .orElse(null);
  }
}
