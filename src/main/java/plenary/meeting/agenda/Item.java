package plenary.meeting.agenda;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One session of an agenda file. Every text is plain: no HTML, no control characters.
 *
 * @param externalId the same session has the same id in the next export of the same file; unique
 *     within one agenda, at most 200 characters
 * @param title one line, 1 to 300 characters
 * @param abstractText paragraphs, at most 20,000 characters
 * @param speakers names in the order of the file, without repetition
 * @param language tags such as {@code en}, or {@code de, en} for several
 * @param startsAt absent for a draft without a time
 * @param endsAt after {@code startsAt}; absent when the file gives neither end nor duration
 * @param url an absolute http or https address
 */
public record Item(
    String externalId,
    String title,
    @Nullable String abstractText,
    List<String> speakers,
    @Nullable String room,
    @Nullable String track,
    @Nullable String language,
    @Nullable Instant startsAt,
    @Nullable Instant endsAt,
    @Nullable String url) {
  public Item {
    speakers = List.copyOf(speakers);
  }
}
