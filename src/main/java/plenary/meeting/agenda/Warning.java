package plenary.meeting.agenda;

/**
 * Something odd that was imported all the same.
 *
 * @param place where in the file: a line, a JSON path, the number of a VEVENT
 * @param message one sentence
 */
public record Warning(String place, String message) {}
