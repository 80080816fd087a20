package plenary.meeting.agenda;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a format found for one session, raw as it stands in the file; {@link Programme} tidies. */
final class Draft {
  /** Where in the file, for messages. */
  final String place;

  @Nullable String id;
  @Nullable String title;
  @Nullable String subtitle;
  @Nullable String summary;
  @Nullable String description;
  final List<String> speakers = new ArrayList<>();
  @Nullable String room;
  @Nullable String track;
  @Nullable String language;
  @Nullable String url;
  @Nullable Instant startsAt;
  @Nullable Instant endsAt;

  Draft(String place) {
    this.place = place;
  }
}
