package plenary.meeting;

import static org.assertj.core.api.Assertions.assertThat;
import static plenary.meeting.SessionState.CLOSED;
import static plenary.meeting.SessionState.LIVE;
import static plenary.meeting.SessionState.OPEN;
import static plenary.meeting.SessionState.SCHEDULED;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import plenary.meeting.Session.Slot;

class TimetableTest {
  private static final Timetable TIMES = Timetable.DEFAULT;
  private static final Instant START = at("2026-08-28T09:00:00Z");
  private static final Instant END = at("2026-08-28T10:00:00Z");

  @Test
  void aSessionOpensADayBeforeGoesLiveAtItsStartAndClosesHalfAnHourAfterItsEnd() {
    Session session = session(START, END, SCHEDULED, null);
    assertThat(TIMES.due(session, at("2026-08-27T08:59:59Z"))).isEmpty();
    assertThat(TIMES.due(session, at("2026-08-27T09:00:00Z"))).contains(OPEN);
    assertThat(TIMES.due(session, START)).contains(LIVE);
    assertThat(TIMES.due(session, at("2026-08-28T10:29:59Z"))).contains(LIVE);
    assertThat(TIMES.due(session, at("2026-08-28T10:30:00Z"))).contains(CLOSED);
  }

  @Test
  void aDraftWithoutATimeStaysScheduled() {
    Session draft = session(null, null, SCHEDULED, null);
    assertThat(TIMES.due(draft, START)).isEmpty();
    assertThat(TIMES.next(draft, START)).isNull();
  }

  @Test
  void aSessionWithoutAnEndIsNeverClosedByItself() {
    Session session = session(START, null, LIVE, null);
    assertThat(TIMES.due(session, START.plusSeconds(1_000_000))).isEmpty();
  }

  @Test
  void whoClosesEarlyIsNotOverruledByTheClock() {
    Session closed = session(START, END, CLOSED, START.plusSeconds(600));
    assertThat(TIMES.due(closed, START.plusSeconds(601))).isEmpty();
    assertThat(TIMES.due(closed, END.plusSeconds(7_200))).isEmpty();
  }

  @Test
  void whoReopensLateIsNotOverruledByTheClock() {
    Instant reopened = END.plusSeconds(7_200);
    Session session = session(START, END, LIVE, reopened);
    assertThat(TIMES.due(session, reopened.plusSeconds(86_400))).isEmpty();
    assertThat(TIMES.next(session, reopened)).isNull();
  }

  @Test
  void whoStartsEarlyIsStillClosedInTime() {
    Session early = session(START, END, LIVE, START.minusSeconds(300));
    assertThat(TIMES.due(early, START)).isEmpty();
    assertThat(TIMES.due(early, END.plusSeconds(1_800))).contains(CLOSED);
  }

  @Test
  void aSessionThatIsMovedToTomorrowOpensAgain() {
    Session closed = session(START.plusSeconds(86_400), END.plusSeconds(86_400), CLOSED, null);
    assertThat(TIMES.due(closed, END.plusSeconds(3_600))).contains(OPEN);
  }

  @Test
  void aSessionThatIsMovedFarAwayKeepsItsDoorOpen() {
    Session open = session(START.plusSeconds(30 * 86_400), null, OPEN, null);
    assertThat(TIMES.due(open, START)).isEmpty();
  }

  @Test
  void theClockLooksAgainAtTheNextBoundary() {
    Session session = session(START, END, SCHEDULED, null);
    assertThat(TIMES.next(session, START.minusSeconds(90_000)))
        .isEqualTo(START.minusSeconds(86_400));
    assertThat(TIMES.next(session, START.minusSeconds(1))).isEqualTo(START);
    assertThat(TIMES.next(session, START)).isEqualTo(END.plusSeconds(1_800));
    assertThat(TIMES.next(session, END.plusSeconds(1_800))).isNull();
  }

  @Test
  void aServerThatSleptThroughASessionClosesItAtOnce() {
    Session settled = TIMES.settle(session(START, END, SCHEDULED, null), END.plusSeconds(86_400));
    assertThat(settled.state()).isEqualTo(CLOSED);
    assertThat(settled.nextChange()).isNull();
  }

  @Test
  void theNightTheClocksChangeHasTheHoursItHas() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    Instant start = LocalDateTime.parse("2026-10-25T01:30:00").atZone(berlin).toInstant();
    Instant end = LocalDateTime.parse("2026-10-25T03:30:00").atZone(berlin).toInstant();
    Session session = session(start, end, LIVE, null);
    assertThat(TIMES.due(session, start.plusSeconds(3 * 3_600 + 1_799))).isEmpty();
    assertThat(TIMES.due(session, start.plusSeconds(3 * 3_600 + 1_800))).contains(CLOSED);
  }

  @Test
  void aSessionPastMidnightClosesOnTheNextDay() {
    Session party = session(at("2026-08-28T21:30:00Z"), at("2026-08-29T00:30:00Z"), LIVE, null);
    assertThat(TIMES.due(party, at("2026-08-29T00:59:59Z"))).isEmpty();
    assertThat(TIMES.due(party, at("2026-08-29T01:00:00Z"))).contains(CLOSED);
  }

  private static Instant at(String text) {
    return Instant.parse(text);
  }

  private static Session session(
      @Nullable Instant start,
      @Nullable Instant end,
      SessionState state,
      @Nullable Instant byHand) {
    return new Session(
        new UUID(1, 1),
        new UUID(2, 2),
        null,
        new Slot("Talk", null, List.of(), null, null, null, null, start, end),
        List.of(),
        state,
        byHand,
        null,
        "ABCDEF",
        null,
        false);
  }
}
