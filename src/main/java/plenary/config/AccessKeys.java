package plenary.config;

import static plenary.config.Key.key;
import static plenary.config.Key.secret;

import java.util.List;

/** Who gets in and for how long, and when sessions open and close. */
final class AccessKeys {
  static final Key SETUP_TOKEN =
      secret(
          "setup.token",
          Check.TOKEN,
          "token",
          "presets the one-time token of the first organiser, for automation; unset, a random one"
              + " is printed while nobody is organiser");
  static final Key SETUP_HOURS =
      key(
          "setup.hours",
          Check.between(1, 168),
          "24",
          "hours",
          "a one-time link of setup or --sign-in-link is good for");
  static final Key INVITATION_DAYS =
      key(
          "access.invitation-days",
          Check.between(1, 365),
          "30",
          "days",
          "an invitation can be accepted; weeks before a meeting is when they are sent");
  static final Key STAFF_HOURS =
      key(
          "access.staff-idle-hours",
          Check.between(1, 24 * 365),
          "12",
          "hours",
          "after which a member of staff who did nothing has to sign in again: longer than a day of"
              + " talks");
  static final Key OPENS_BEFORE =
      key(
          "session.opens-before-minutes",
          Check.between(0, 60 * 24 * 60),
          "1440",
          "minutes",
          "before its start a session takes questions");
  static final Key CLOSES_AFTER =
      key(
          "session.closes-after-minutes",
          Check.between(0, 60 * 24 * 60),
          "30",
          "minutes",
          "after its end a session closes; talks run late");

  static final List<Key> ACCESS = List.of(SETUP_TOKEN, SETUP_HOURS, INVITATION_DAYS, STAFF_HOURS);
  static final List<Key> SESSION = List.of(OPENS_BEFORE, CLOSES_AFTER);

  private AccessKeys() {}
}
