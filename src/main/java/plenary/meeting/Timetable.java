package plenary.meeting;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When sessions open, go live and close by themselves. A boundary acts only if it is later than the
 * last change by hand: who closes early or reopens late is not overruled by a clock.
 *
 * @param openBefore how long before its start a session opens
 * @param closeAfter how long after its end it closes
 */
public record Timetable(Duration openBefore, Duration closeAfter) {

  /** As product and contract say. */
  public static final Timetable DEFAULT =
      new Timetable(Duration.ofHours(24), Duration.ofMinutes(30));

  /** A moment at which the times of a session change its state. */
  private record Boundary(Instant at, SessionState to) {}

  /**
   * The state that the times ask for, when they ask for one. Never {@code scheduled}: a session
   * that was open and is moved to next month keeps its door open. Without a start there is no time.
   */
  public Optional<SessionState> due(Session session, Instant now) {
    SessionState due = null;
    for (Boundary boundary : boundaries(session)) {
      if (!boundary.at().isAfter(now)) {
        due = boundary.to();
      }
    }
    return Optional.ofNullable(due).filter(state -> state != session.state());
  }

  /** When the times change its state next; null when they do not any more. */
  public @Nullable Instant next(Session session, Instant now) {
    for (Boundary boundary : boundaries(session)) {
      if (boundary.at().isAfter(now)) {
        return boundary.at();
      }
    }
    return null;
  }

  /** The session as it has to be now: in the state its times ask for, with its next boundary. */
  Session settle(Session session, Instant now) {
    Session settled =
        due(session, now).map(state -> session.with(state, session.stateSetAt())).orElse(session);
    return settled.due(next(settled, now));
  }

  private List<Boundary> boundaries(Session session) {
    Instant start = session.slot().startsAt();
    if (start == null) {
      return List.of();
    }
    Instant end = session.slot().endsAt();
    Boundary open = new Boundary(start.minus(openBefore), SessionState.OPEN);
    Boundary live = new Boundary(start, SessionState.LIVE);
    List<Boundary> all =
        end == null
            ? List.of(open, live)
            : List.of(open, live, new Boundary(end.plus(closeAfter), SessionState.CLOSED));
    Instant byHand = session.stateSetAt();
    return byHand == null
        ? all
        : all.stream().filter(boundary -> boundary.at().isAfter(byHand)).toList();
  }
}
