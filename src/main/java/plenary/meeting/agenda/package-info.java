/**
 * Agenda files: bytes in, sessions and warnings out. Pure functions without I/O; {@link
 * plenary.meeting.agenda.AgendaReader} is the way in, and there is one class per format.
 */
@NullMarked
package plenary.meeting.agenda;

import org.jspecify.annotations.NullMarked;
