/** What organisers see of all sessions at once: the overview while they run, exports afterwards. */
@NullMarked
package plenary.report;

import org.jspecify.annotations.NullMarked;
