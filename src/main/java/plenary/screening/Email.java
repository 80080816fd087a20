package plenary.screening;

import java.util.Optional;
import java.util.regex.Pattern;

/** An e-mail address: somebody's, whatever it is there for. */
final class Email implements Rule {
  /** One character before the sign is enough, and what follows is bounded. */
  private static final Pattern ADDRESS =
      Pattern.compile("[\\p{L}\\d_%+-]@(?:[\\p{L}\\d-]{1,63}+\\.){1,8}[\\p{L}-]{2,24}+");

  @Override
  public Optional<Reason> look(ScreenedText text) {
    return ADDRESS.matcher(text.reading().plain()).find()
        ? Reason.hold("email", "It seems to hold an e-mail address.")
        : Optional.empty();
  }
}
