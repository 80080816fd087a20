package plenary.question;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.live.Change;
import plenary.live.Gathered;
import plenary.live.Gathered.Done;
import plenary.live.Gathered.Outcome;
import plenary.live.Gathered.Refused;
import plenary.problem.Failure;

/** Votes of one session that wait together are written together, and share one version. */
final class Votes implements Gathered.Crowd {
  /** Casts or takes back; both are idempotent. */
  Gathered command(UUID session, UUID question, UUID participant, boolean cast) {
    return new Vote(session, question, participant, cast, this);
  }

  @Override
  public Future<List<Outcome>> run(Change change, List<Gathered> commands) {
    List<Vote> votes = commands.stream().map(Vote.class::cast).toList();
    Set<UUID> questions = new HashSet<>();
    votes.forEach(vote -> questions.add(vote.question()));
    return SessionRules.of(change)
        .compose(
            rules -> {
              rules.orClosed();
              return VoteStore.targets(change.sql(), change.session(), questions);
            })
        .compose(targets -> write(change, votes, targets));
  }

  private record Ballot(UUID root, UUID participant) {}

  private static Future<List<Outcome>> write(
      Change change, List<Vote> votes, Map<UUID, VoteStore.Target> targets) {
    Map<Ballot, Boolean> last = new LinkedHashMap<>();
    for (Vote vote : votes) {
      VoteStore.Target target = targets.get(vote.question());
      if (target != null && refusal(vote, target) == null) {
        last.put(new Ballot(target.root(), vote.participant()), vote.cast());
      }
    }
    Map<UUID, Tally> roots = new HashMap<>();
    Set<UUID> grouped = new HashSet<>();
    for (VoteStore.Target target : targets.values()) {
      roots.put(target.root(), target.tally());
      if (target.grouped()) {
        grouped.add(target.root());
      }
    }
    Map<UUID, Integer> differences = new HashMap<>();
    return write(change, last, true, grouped, differences)
        .compose(ignored -> write(change, last, false, grouped, differences))
        .map(
            ignored -> {
              List<Tally> changed = new ArrayList<>();
              differences.forEach(
                  (root, difference) -> {
                    if (difference != 0) {
                      Tally tally = Objects.requireNonNull(roots.get(root)).plus(difference);
                      tally.put(change);
                      roots.put(root, tally);
                      changed.add(tally);
                    }
                  });
              if (!changed.isEmpty()) {
                change.beforeCommit(VoteStore.write(change.sql(), changed));
              }
              return votes.stream().map(vote -> outcome(vote, targets, roots)).toList();
            });
  }

  private static Future<Void> write(
      Change change,
      Map<Ballot, Boolean> last,
      boolean cast,
      Set<UUID> grouped,
      Map<UUID, Integer> differences) {
    List<Ballot> ballots =
        last.entrySet().stream()
            .filter(entry -> entry.getValue() == cast)
            .map(Map.Entry::getKey)
            .toList();
    if (ballots.isEmpty()) {
      return Future.succeededFuture();
    }
    UUID[] roots = ballots.stream().map(Ballot::root).toArray(UUID[]::new);
    UUID[] participants = ballots.stream().map(Ballot::participant).toArray(UUID[]::new);
    Future<Map<UUID, Integer>> counted =
        cast
            ? VoteStore.cast(
                change.sql(), change.session(), change.now(), roots, participants, grouped)
            : VoteStore.takeBack(change.sql(), roots, participants);
    return counted.map(
        counts -> {
          counts.forEach(
              (root, count) -> differences.merge(root, cast ? count : -count, Integer::sum));
          return null;
        });
  }

  private static Outcome outcome(
      Vote vote, Map<UUID, VoteStore.Target> targets, Map<UUID, Tally> roots) {
    VoteStore.Target target = targets.get(vote.question());
    if (target == null) {
      return new Refused(new Failure.NotFound("question"));
    }
    Failure refusal = refusal(vote, target);
    return refusal != null
        ? new Refused(refusal)
        : new Done(
            new JsonObject()
                .put("votes", Objects.requireNonNull(roots.get(target.root())).votes()));
  }

  private static @Nullable Failure refusal(Vote vote, VoteStore.Target target) {
    if (!target.isPublic()) {
      return new Failure.NotFound("question");
    }
    if (target.isOwn(vote.participant())) {
      return new Failure.Forbidden("own-question", "Nobody votes for their own question.");
    }
    return null;
  }
}
