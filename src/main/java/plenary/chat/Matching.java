package plenary.chat;

import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import plenary.chat.Prompt.Kind;
import plenary.question.Place;
import plenary.question.Place.Matched;

/**
 * Which prompt a post answers: the one in whose thread it is; the one it names at its beginning
 * (A1, Q1:, 1); and else, as a guess, the newest one. Who names a prompt means it, also in the
 * thread of another. Pure.
 *
 * @param prompts that went out
 * @param posts the prompts of the network's posts, by their ids
 * @param texts what was sent, for a post may come back before its id is known
 */
record Matching(List<Prompt> prompts, Map<String, UUID> posts, Set<String> texts) {
  /** How long the newest prompt is taken for what people answer. */
  private static final Duration GUESSED = Duration.ofHours(1);

  /** People go on answering for a while after the host said good-bye. */
  private static final Duration GRACE = Duration.ofMinutes(15);

  /** A label after more mentions than this is none. */
  private static final int LOOKED_AT = 400;

  /** Mentions, hashtags and signs before the label. */
  private static final Pattern BEFORE =
      Pattern.compile("^(?:[\\s\\p{P}\\p{So}\\p{Sk}&&[^@#]]+|[@#][^\\s:：]+[:：]?)*");

  /**
   * A letter that stands for answer, question or topic in the languages of the pages, and a number
   * that no word goes on after ("A1c" is a laboratory value); after T, or after no letter, only
   * with a sign, for "T1 mapping" and "1 mg" begin a sentence.
   */
  private static final Pattern LABEL =
      Pattern.compile(
          "^(?:(?:[aqrdجس]|answer|question|antwort|frage)\\s?(\\p{Nd}{1,2})"
              + "(?=$|[\\s:.)\\]/،]|[-–—](?:\\s|$))"
              + "|(?:t|topic)?\\s?(\\p{Nd}{1,2})\\s?(?=[:)\\]]|\\.(?:\\s|$)))");

  Matching {
    prompts = List.copyOf(prompts);
    posts = Map.copyOf(posts);
    texts = texts.stream().map(Matching::words).collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a post is one of the host's own prompts. */
  boolean isPrompt(String post, String text) {
    return posts.containsKey(post) || texts.contains(words(text));
  }

  private static String words(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  /**
   * Where a post belongs; empty when the chat has nothing to say of it.
   *
   * @param replyTo the post it answers, and {@code thread} the first of that thread
   */
  Optional<Place> place(
      String text, @Nullable String replyTo, @Nullable String thread, Instant postedAt) {
    Prompt labelled = byNumber(label(text));
    Prompt threaded = inThread(replyTo, thread);
    if (labelled != null && labelled != threaded) {
      return Optional.of(Place.answer(labelled.id(), Matched.LABEL));
    }
    if (threaded != null) {
      return Optional.of(
          threaded.kind() == Kind.PROMPT
              ? Place.answer(threaded.id(), Matched.THREAD)
              : Place.WALL);
    }
    Prompt newest = newest(postedAt);
    return newest == null ? Optional.empty() : Optional.of(Place.answer(newest.id(), Matched.TIME));
  }

  /** The number that a text begins with as the label of an answer; 0 without one. */
  static int label(String text) {
    String begins = text.substring(0, Math.min(LOOKED_AT, text.length()));
    String plain = Normalizer.normalize(begins, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    Matcher before = BEFORE.matcher(plain);
    String rest = before.lookingAt() ? plain.substring(before.end()) : plain;
    Matcher label = LABEL.matcher(rest);
    if (!label.find()) {
      return 0;
    }
    String digits = label.group(1) == null ? label.group(2) : label.group(1);
    return digits.codePoints().reduce(0, (sum, digit) -> 10 * sum + Character.digit(digit, 10));
  }

  private @Nullable Prompt byNumber(int number) {
    return prompts.stream()
        .filter(prompt -> prompt.number() != null && prompt.number() == number)
        .findFirst()
        .orElse(null);
  }

  private @Nullable Prompt inThread(@Nullable String replyTo, @Nullable String thread) {
    UUID direct = replyTo == null ? null : posts.get(replyTo);
    UUID id = direct == null && thread != null ? posts.get(thread) : direct;
    return prompts.stream().filter(prompt -> prompt.id().equals(id)).findFirst().orElse(null);
  }

  private @Nullable Prompt newest(Instant at) {
    Prompt last =
        prompts.stream()
            .filter(prompt -> prompt.kind() != Kind.WELCOME && !out(prompt).isAfter(at))
            .max(Comparator.comparing(Matching::out))
            .orElse(null);
    if (last == null) {
      return null;
    }
    if (last.kind() == Kind.PROMPT) {
      return out(last).plus(GUESSED).isBefore(at) ? null : last;
    }
    return out(last).plus(GRACE).isBefore(at)
        ? null
        : prompts.stream()
            .filter(prompt -> prompt.kind() == Kind.PROMPT && !out(prompt).isAfter(out(last)))
            .max(Comparator.comparing(Matching::out))
            .orElse(null);
  }

  private static Instant out(Prompt prompt) {
    Instant at = prompt.outAt();
    return at == null ? Instant.MAX : at;
  }
}
