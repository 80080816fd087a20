package plenary.hashtag;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import plenary.hashtag.TagRule.Found;

/** Says where a hashtag of a text that is being written would not count on a network. */
public final class Composing {
  private Composing() {}

  /** Why a network does not take a hashtag for the one that is meant. */
  public enum Reason {
    /** Something other than white space stands before its sign. */
    BEFORE,
    /** An apostrophe follows, which the network takes for a part of it. */
    APOSTROPHE,
    /** An emoji follows, which the network takes for a part of it. */
    EMOJI,
    /** Another hashtag follows without a space. */
    JOINED,
    /** What follows without a space is taken for a part of it. */
    AFTER,
    /** The network ends it at a character that nobody sees, such as a zero-width non-joiner. */
    UNSEEN,
    /** The network knows no hashtag of such characters or of such a length. */
    NEVER;

    private final String id = name().toLowerCase(Locale.ROOT);

    public String id() {
      return id;
    }
  }

  /**
   * A hashtag that does not count.
   *
   * @param network {@code x}, {@code mastodon} or {@code bluesky}
   * @param tag as it is written in the text
   * @param at where its sign stands, in UTF-16 units
   * @param read the hashtag that the network reads there instead; null when none
   */
  public record Warning(String network, String tag, int at, Reason reason, @Nullable String read) {}

  /**
   * What somebody should know before they send it.
   *
   * @param warnings by where they are in the text
   * @param reads the hashtags that each network reads
   */
  public record Checked(List<Warning> warnings, Map<String, List<String>> reads) {
    public Checked {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Reads a text as each network would.
   *
   * @param followed the hashtags that are to count. One that counts somewhere in the text for a
   *     network is not warned of there.
   */
  public static Checked check(String text, List<String> followed) {
    Map<TagRule, List<Found>> found = new EnumMap<>(TagRule.class);
    Map<String, List<String>> reads = new LinkedHashMap<>();
    for (TagRule rule : TagRule.values()) {
      found.put(rule, rule.find(text));
      reads.put(rule.id(), rule.find(text).stream().map(Found::tag).distinct().toList());
    }
    List<Warning> warnings = new ArrayList<>();
    for (Found meant : meant(text, followed)) {
      String key = Tags.key(meant.tag());
      found.forEach(
          (rule, tags) -> {
            if (tags.stream().noneMatch(tag -> Tags.key(tag.tag()).equals(key))) {
              warnings.add(warning(rule, tags, text, meant));
            }
          });
    }
    return new Checked(warnings, reads);
  }

  /** The networks on which nobody can type this tag as a hashtag. */
  public static List<String> untypable(String tag) {
    List<String> networks = new ArrayList<>();
    for (TagRule rule : TagRule.values()) {
      if (!rule.takes(tag)) {
        networks.add(rule.id());
      }
    }
    return networks;
  }

  /** Where the text has a sign and a followed tag behind it, whatever a network makes of it. */
  private static List<Found> meant(String text, List<String> followed) {
    Set<String> keys = followed.stream().map(Tags::key).collect(Collectors.toSet());
    int length = followed.stream().mapToInt(String::length).max().orElse(0);
    List<Found> meant = new ArrayList<>();
    for (int at = 0; at < text.length(); at++) {
      if (isSign(text.charAt(at))) {
        int end = end(text, at + 1, keys, at + 2 * length + 2);
        if (end > 0) {
          meant.add(new Found(at, end, text.substring(at + 1, end)));
        }
      }
    }
    return meant;
  }

  /** Where the longest of the tags ends that begins here as a word of its own; -1 without one. */
  private static int end(String text, int start, Set<String> keys, int limit) {
    int found = -1;
    int end = start;
    while (end < text.length() && end < limit && !breaks(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
      if ((end == text.length() || !goesOn(text.codePointAt(end)))
          && keys.contains(Tags.key(text.substring(start, end)))) {
        found = end;
      }
    }
    return found;
  }

  private static boolean isSign(int c) {
    return c == '#' || c == '\uff03';
  }

  private static boolean breaks(int c) {
    return isSign(c) || Character.isWhitespace(c);
  }

  private static boolean goesOn(int c) {
    return Character.isLetterOrDigit(c)
        || c == '_'
        || Character.getType(c) == Character.NON_SPACING_MARK && !isVariation(c)
        || Character.getType(c) == Character.COMBINING_SPACING_MARK;
  }

  private static Warning warning(TagRule rule, List<Found> tags, String text, Found meant) {
    String read =
        tags.stream()
            .filter(tag -> tag.start() == meant.start())
            .map(Found::tag)
            .findFirst()
            .orElse(null);
    return new Warning(
        rule.id(), meant.tag(), meant.start(), reason(rule, read, text, meant), read);
  }

  private static Reason reason(TagRule rule, @Nullable String read, String text, Found meant) {
    if (!rule.takes(meant.tag())) {
      boolean cut = read != null && meant.tag().startsWith(read);
      return cut && meant.tag().codePoints().anyMatch(Composing::isUnseen)
          ? Reason.UNSEEN
          : Reason.NEVER;
    }
    if (read == null && !beginsWord(text, meant.start())) {
      return Reason.BEFORE;
    }
    if (meant.end() == text.length()) {
      return Reason.NEVER;
    }
    int next = text.codePointAt(meant.end());
    if (next == '\'' || next == '\u2019') {
      return Reason.APOSTROPHE;
    }
    if (isSign(next) || text.startsWith(",#", meant.end())) {
      return Reason.JOINED;
    }
    return isEmoji(next) ? Reason.EMOJI : Reason.AFTER;
  }

  private static boolean beginsWord(String text, int at) {
    return at == 0 || Character.isWhitespace(text.codePointBefore(at));
  }

  private static boolean isUnseen(int c) {
    return Character.getType(c) == Character.FORMAT;
  }

  private static boolean isVariation(int c) {
    return c >= 0xfe00 && c <= 0xfe0f;
  }

  private static boolean isEmoji(int c) {
    return Character.isEmoji(c) || isVariation(c);
  }
}
