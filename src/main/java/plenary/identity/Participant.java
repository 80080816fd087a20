package plenary.identity;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An attendee's identity in one meeting.
 *
 * @param name what the attendee calls themself; absent for the anonymous
 */
public record Participant(UUID id, UUID meeting, @Nullable String name) {}
