package plenary.live;

import java.util.List;
import java.util.UUID;

/**
 * What one batch did to one session.
 *
 * @param from the version before the batch
 * @param to the version after it
 * @param entities as they are now, in order of version
 */
record Committed(UUID session, long from, long to, List<Entity> entities) {}
