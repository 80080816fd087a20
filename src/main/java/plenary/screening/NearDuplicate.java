package plenary.screening;

import java.util.Optional;

/**
 * Much the same was asked a little while ago. That is a hint to merge, and no fault; the third such
 * text of one author waits.
 */
final class NearDuplicate implements Rule {
  private static final int OWN_MAX = 2;

  @Override
  public Optional<Reason> look(ScreenedText text) {
    Context context = text.context();
    if (context == null) {
      return Optional.empty();
    }
    RecentTexts.Before before =
        context
            .recent()
            .like(text.reading().sketch(), RecentTexts.ALIKE, context.author().id(), context.now());
    if (before.own() >= OWN_MAX) {
      return Reason.hold("near-duplicate", "Its author has sent much the same several times.");
    }
    return before.others() + before.own() > 0
        ? Reason.note("near-duplicate", "Much the same was asked a little while ago.")
        : Optional.empty();
  }
}
