package plenary.network.mastodon;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Times and numbers as servers write them; null, or -1, for what is none. */
final class Times {
  private Times() {}

  static @Nullable Instant instant(@Nullable String text) {
    try {
      return text == null
          ? null
          : DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  static @Nullable Instant date(@Nullable String text) {
    try {
      return text == null ? null : DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  static long number(@Nullable String text) {
    return text != null && text.matches("\\d{1,9}") ? Long.parseLong(text) : -1;
  }
}
