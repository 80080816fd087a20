package plenary.meeting;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.text.Normalizer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import plenary.database.Outages;
import plenary.problem.Failure;

/** The meeting's part of erasing a meeting, in the transaction of whoever does the whole. */
public final class MeetingErasure {
  private MeetingErasure() {}

  /** Its sessions. */
  public static Future<List<UUID>> sessions(SqlConnection sql, UUID meeting) {
    return SessionStore.ids(sql, meeting);
  }

  /**
   * Sees that it is the one that is meant, and that nobody adds to it any more. Lock the heads of
   * its sessions before, as every command does.
   *
   * @param typed its name as somebody typed it
   * @throws Failure.Invalid when the name is another
   */
  public static Future<Void> hold(SqlConnection sql, UUID meeting, String typed) {
    return MeetingStore.lockForErasure(sql, meeting)
        .map(
            found -> {
              Meeting there = found.orElseThrow(() -> new Failure.NotFound("meeting"));
              if (!plain(typed).equals(plain(there.name()))) {
                throw new Failure.Invalid(
                    "?name",
                    "other-name",
                    "This is not the meeting's name. It is written: " + there.name(),
                    Map.of("name", there.name()));
              }
              return null;
            });
  }

  /** Sees that it is there, and that nobody adds to it any more. */
  public static Future<Void> hold(SqlConnection sql, UUID meeting) {
    return MeetingStore.lockForErasure(sql, meeting)
        .map(found -> found.orElseThrow(() -> new Failure.NotFound("meeting")))
        .mapEmpty();
  }

  /**
   * Meetings that their own rules keep no longer.
   *
   * @param most how many at most
   */
  public static Future<List<UUID>> outlived(SqlClient sql, Instant now, int most) {
    return MeetingStore.outlived(sql, now, most)
        .recover(error -> Future.failedFuture(Outages.told(error)));
  }

  /**
   * Those of some erased meetings that are there again, because a backup brought them back.
   *
   * @param erased when; one that was made later is another meeting
   */
  public static Future<List<UUID>> among(SqlClient sql, Map<UUID, Instant> erased) {
    return MeetingStore.madeBefore(sql, erased);
  }

  /** Every meeting that was erased, with the time when it got its last join code. */
  public static Future<Map<UUID, Instant>> gone(SqlClient sql) {
    return MeetingStore.gone(sql);
  }

  private static String plain(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).strip();
  }

  /** Deletes it with its sessions. Its join codes stay taken: they lead nowhere from now on. */
  public static Future<Void> of(SqlConnection sql, UUID meeting) {
    return SessionStore.erase(sql, meeting).compose(done -> MeetingStore.erase(sql, meeting));
  }
}
