package plenary.live;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who watches.
 *
 * @param owner the participant whose private entities go to this stream; absent for staff
 * @param principals the grants and the participant the right to watch rests on: when one is
 *     revoked, the stream ends
 */
public record Viewer(View view, @Nullable UUID owner, Set<UUID> principals) {}
