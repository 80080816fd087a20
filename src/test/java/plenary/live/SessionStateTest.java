package plenary.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import plenary.live.EntityStore.Reading;
import plenary.live.SessionState.Delta;

class SessionStateTest {
  private static final UUID ANN = new UUID(0, 1);
  private static final UUID BEN = new UUID(0, 2);

  private static SessionState empty() {
    return new SessionState(new Reading(0, 0, "e", List.of()));
  }

  private static Entity seen(String key, long version, int views, int shown) {
    return new Entity(key, version, views, shown, null, "{}");
  }

  private static Entity own(String key, long version, UUID owner) {
    return new Entity(key, version, View.NONE, View.NONE, owner, "{}");
  }

  private static List<String> keys(List<Entity> entities) {
    return entities.stream().map(Entity::key).toList();
  }

  @Test
  void aViewIsToldWhatItSeesAndWhatItSeesNoLonger() {
    SessionState state = empty();
    int all = View.ALL;
    int moderators = View.MODERATOR.bit();
    state.apply(List.of(seen("a", 1, moderators, moderators), seen("b", 2, all, all)), 2);
    assertThat(keys(state.since(View.ATTENDEE, 0).put())).containsExactly("b");
    assertThat(keys(state.since(View.MODERATOR, 0).put())).containsExactly("a", "b");
    state.apply(List.of(seen("b", 3, moderators, all)), 3);
    Delta attendee = state.since(View.ATTENDEE, 2);
    assertThat(attendee.put()).isEmpty();
    assertThat(keys(attendee.drop())).containsExactly("b");
    assertThat(keys(state.since(View.MODERATOR, 2).put())).containsExactly("b");
    assertThat(state.since(View.ATTENDEE, 3).isEmpty()).isTrue();
    // What never was shown is not dropped either: a drop would tell that it is there.
    assertThat(state.since(View.ATTENDEE, 0).drop()).extracting(Entity::key).doesNotContain("a");
  }

  @Test
  void tombstonesTellUntilTheyArePurgedAndThenPositionsBelowCannotResume() {
    SessionState state = empty();
    state.apply(List.of(seen("a", 1, View.ALL, View.ALL)), 1);
    state.apply(List.of(new Entity("a", 2, View.NONE, View.ALL, null, null)), 2);
    assertThat(keys(state.since(View.SCREEN, 1).drop())).containsExactly("a");
    assertThat(state.seenBy(View.SCREEN)).isEmpty();
    assertThat(state.canResume("e", 1)).isTrue();
    state.purged(2);
    assertThat(state.canResume("e", 1)).isFalse();
    assertThat(state.canResume("e", 2)).isTrue();
    assertThat(state.since(View.SCREEN, 0).isEmpty()).isTrue();
  }

  @Test
  void anotherEpochAndAPositionBeyondTheHeadCannotResume() {
    SessionState state = empty();
    state.apply(List.of(seen("a", 7, View.ALL, View.ALL)), 7);
    assertThat(state.canResume("e", 7)).isTrue();
    assertThat(state.canResume("e", 8)).isFalse();
    assertThat(state.canResume("f", 7)).isFalse();
    assertThat(state.canResume("", 0)).isFalse();
  }

  @Test
  void whatOnePersonSeesIsInNoViewAndBounded() {
    SessionState state = empty();
    for (int i = 1; i <= 300; i++) {
      state.apply(List.of(own("mine/" + i, i, i % 3 == 0 ? BEN : ANN)), i);
    }
    for (View view : View.values()) {
      assertThat(state.since(view, 0).isEmpty()).isTrue();
      assertThat(state.seenBy(view)).isEmpty();
    }
    assertThat(state.ownedBy(BEN, 200)).hasSize(100);
    assertThat(state.ownedBy(ANN, 150))
        .hasSize(150)
        .last()
        .extracting(Entity::version)
        .isEqualTo(299L);
    assertThat(state.ownedBy(new UUID(0, 3), 200)).isEmpty();
    List<Entity> since = new java.util.ArrayList<>();
    state.forEachOwnedSince(297, since::add);
    assertThat(since).extracting(Entity::version).containsExactlyInAnyOrder(298L, 299L, 300L);
  }

  @Test
  void anyDeltaOnAnyEarlierStateIsTheStateNow() {
    Random random = new Random(3);
    SessionState state = empty();
    TreeMap<Long, TreeMap<String, Long>> history = new TreeMap<>();
    int[] shown = new int[12];
    history.put(0L, new TreeMap<>());
    for (long version = 1; version <= 400; version++) {
      int n = random.nextInt(shown.length);
      int views = random.nextInt(View.ALL + 1);
      boolean dropped = random.nextInt(5) == 0;
      shown[n] |= dropped ? 0 : views;
      state.apply(
          List.of(
              new Entity(
                  "k" + n, version, dropped ? 0 : views, shown[n], null, dropped ? null : "{}")),
          version);
      history.put(version, seen(state, View.SCREEN));
    }
    history.forEach(
        (since, then) -> {
          TreeMap<String, Long> folded = new TreeMap<>(then);
          Delta delta = state.since(View.SCREEN, since);
          delta.put().forEach(entity -> folded.put(entity.key(), entity.version()));
          delta.drop().forEach(entity -> folded.remove(entity.key()));
          assertThat(folded).as("since %d", since).isEqualTo(seen(state, View.SCREEN));
        });
  }

  private static TreeMap<String, Long> seen(SessionState state, View view) {
    TreeMap<String, Long> seen = new TreeMap<>();
    state.seenBy(view).forEach(entity -> seen.put(entity.key(), entity.version()));
    return seen;
  }
}
