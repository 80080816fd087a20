package plenary.demo;

import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.net.URI;
import java.time.InstantSource;
import plenary.access.Access;
import plenary.meeting.Meetings;

/**
 * A sample meeting for a newcomer: one session is live, attendees ask and vote in it, and nobody
 * moderates, because that is for the newcomer. Everything but the meeting itself and the first
 * invitation goes over the server's own API.
 */
public final class Demo {
  private static final System.Logger LOG = System.getLogger(Demo.class.getName());

  private Demo() {}

  /** What a newcomer opens. */
  public record Links(String attendee, String moderator, String speaker, String screen) {
    /** Says it, one link a line. */
    public void print(PrintStream out) {
      out.println("demo attendee  " + attendee);
      out.println("demo moderator " + moderator);
      out.println("demo speaker   " + speaker);
      out.println("demo screen    " + screen);
      out.println(
          "The last three sign a browser in, once each: open them in windows of their own"
              + " (private ones, or other browsers), for a browser is one person.");
      out.flush();
    }
  }

  /**
   * Makes the meeting, or finds the one of an earlier start and moves its times to now; then lets
   * people come until the server ends. Blocks while the meeting is prepared, some seconds.
   *
   * @param server where the server listens, as this process reaches it
   * @param address where browsers reach it, without a slash at the end
   */
  public static Links start(
      Vertx vertx,
      Meetings meetings,
      Access access,
      InstantSource time,
      URI server,
      String address,
      Pace pace) {
    Calls calls = new Calls(vertx, server);
    SampleMeeting meeting = SampleMeeting.prepare(calls, meetings, access, time);
    try {
      Crowd crowd = new Crowd(calls, meeting.session(), meeting.joinCode(), pace);
      crowd.open(meeting);
      Links links =
          new Links(
              address + "/s/" + meeting.joinCode(),
              address + "/invite#" + meeting.invite("moderator", "Demo moderator"),
              address + "/invite#" + meeting.invite("speaker", "Demo speaker"),
              address + "/invite#" + meeting.invite("screen", "Demo screen"));
      Thread.ofVirtual()
          .name("demo")
          .start(
              () -> {
                try {
                  crowd.run();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                } catch (Exception e) {
                  // Most often the server has ended, and with it the connection.
                  LOG.log(System.Logger.Level.INFO, "the demo's attendees have left: " + e);
                }
              });
      return links;
    } finally {
      meeting.leave();
    }
  }
}
