package plenary.database;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import plenary.problem.Failure;

/** Times between bodies, records and the database: UTC, ISO 8601 with milliseconds. */
public final class Times {
  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private Times() {}

  public static String text(Instant at) {
    return MILLIS.format(at);
  }

  /** Reads what a client sent; finer than a millisecond is cut. */
  public static @Nullable Instant read(@Nullable String text, String pointer) {
    if (text == null) {
      return null;
    }
    try {
      Instant at = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
      int year = at.atOffset(ZoneOffset.UTC).getYear();
      if (year >= 1970 && year <= 9999) {
        return at;
      }
    } catch (DateTimeParseException e) {
      // Answered below, like a year that nobody means.
    }
    throw new Failure.Invalid(
        pointer, "no-time", "This is no time such as 2026-08-28T09:30:00.000Z.");
  }

  public static @Nullable OffsetDateTime sql(@Nullable Instant at) {
    return at == null ? null : at.atOffset(ZoneOffset.UTC);
  }

  public static @Nullable Instant instant(@Nullable OffsetDateTime at) {
    return at == null ? null : at.toInstant();
  }
}
