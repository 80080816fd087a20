package plenary.web;

import plenary.live.View;

/** Uses every meter once, so that a scrape shows every name. */
public final class AllMeters {
  private AllMeters() {}

  public static void touch(Meters meters) {
    meters.sockets(View.MODERATOR, 1);
    meters.command("ask", "ok", 1);
    meters.committed(5, 1);
    meters.guilty("ask");
    meters.fanout(1);
    meters.sent("change", 1, 1);
    meters.caughtUp();
    meters.hardClosed("stalled");
    meters.refused("queue-full");
    meters.login("join");
    meters.commitQueue("0", "staff", () -> 1);
    meters.databaseUp(() -> 1);
  }
}
