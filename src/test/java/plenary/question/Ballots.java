package plenary.question;

import java.util.UUID;
import plenary.live.Command;

/** Votes without HTTP around them, for the benchmark of the commit path. */
public final class Ballots {
  private final Votes votes = new Votes();

  /** The command of one vote. */
  public Command cast(UUID session, UUID question, UUID participant) {
    return votes.command(session, question, participant, true);
  }
}
