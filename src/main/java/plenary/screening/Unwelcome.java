package plenary.screening;

import java.util.Optional;

/** Moderators turned several texts of this author down as unsuitable, and the hall took up none. */
final class Unwelcome implements Rule {
  private static final int UNSUITABLE_MIN = 2;

  @Override
  public Optional<Reason> look(ScreenedText text) {
    Context context = text.context();
    return context != null
            && context.author().taken() == 0
            && context.author().unsuitable() >= UNSUITABLE_MIN
        ? Reason.hold("author", "Texts of this author were turned down as unsuitable.")
        : Optional.empty();
  }
}
