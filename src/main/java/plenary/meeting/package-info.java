/** Meetings, their sessions and join codes, the clock that opens and closes, agenda imports. */
@NullMarked
package plenary.meeting;

import org.jspecify.annotations.NullMarked;
