package plenary.meeting.agenda;

/** One kind of agenda file. */
interface Format {
  /** Whether the file is of this kind, by its content; may fail when it plainly is, but broken. */
  boolean recognises(Source source);

  /** Reads a recognised file; fails with the place of what cannot be read. */
  Agenda read(Source source);
}
