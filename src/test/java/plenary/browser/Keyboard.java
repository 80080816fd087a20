package plenary.browser;

import com.microsoft.playwright.Page;

/** Somebody without a mouse. */
final class Keyboard {
  private static final int STEPS_MAX = 60;

  private Keyboard() {}

  /** Presses Tab until the focus is at what the selector names. */
  static void tabTo(Page page, String selector) {
    for (int i = 0; i < STEPS_MAX; i++) {
      page.keyboard().press("Tab");
      if ((Boolean)
          page.evaluate("selector => document.activeElement.matches(selector)", selector)) {
        return;
      }
    }
    throw new AssertionError("no way to " + selector + " by keyboard");
  }

  /** Goes to a button or a link and presses it. */
  static void press(Page page, String selector) {
    tabTo(page, selector);
    page.keyboard().press("Enter");
  }
}
