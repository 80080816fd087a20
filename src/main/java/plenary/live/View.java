package plenary.live;

import java.util.Locale;
import java.util.Optional;

/** What a connection may see of a session. Sets of views are bit masks of {@link #bit()}. */
public enum View {
  ATTENDEE,
  SPEAKER,
  MODERATOR,
  SCREEN;

  /** Every view. */
  public static final int ALL = of(values());

  /** No view: the entity is gone for those who saw it. */
  public static final int NONE = 0;

  private final String id = name().toLowerCase(Locale.ROOT);

  /** The name in addresses and frames: {@code attendee}, {@code speaker} … */
  public String id() {
    return id;
  }

  /** This view's bit in a mask. */
  public int bit() {
    return 1 << ordinal();
  }

  /** Whether the mask holds this view. */
  public boolean in(int mask) {
    return (mask & bit()) != 0;
  }

  /** The mask of some views. */
  public static int of(View... views) {
    int mask = 0;
    for (View view : views) {
      mask |= view.bit();
    }
    return mask;
  }

  /** The view of that {@link #id()}. */
  public static Optional<View> named(String id) {
    for (View view : values()) {
      if (view.id.equals(id)) {
        return Optional.of(view);
      }
    }
    return Optional.empty();
  }
}
