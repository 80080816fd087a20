package plenary.screening;

import java.util.List;

/** A text from the audience and what it tells alone. Its limits and context are still to come. */
public final class Reviewed {
  private final String text;
  private final Reading reading;
  private final List<Reason> reasons;

  Reviewed(String text, Reading reading, List<Reason> reasons) {
    this.text = text;
    this.reading = reading;
    this.reasons = reasons;
  }

  /** As it would be shown. Whether it may be, a verdict says. */
  public String text() {
    return text;
  }

  Reading reading() {
    return reading;
  }

  List<Reason> reasons() {
    return reasons;
  }
}
