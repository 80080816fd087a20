package plenary.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import plenary.support.Client;
import plenary.support.Fold;
import plenary.support.Nodes;
import plenary.support.Room;
import plenary.support.StreamClient;

/** Hundreds of random commands in four sessions at once. */
class FoldWalkIT {
  private static final int SESSIONS = 4;
  private static final int COMMANDS = 400;

  @Test
  void afterAnyCommandsReplayedIsRefetchedAndNothingPrivateIsInAPublicFrame() {
    long seed = Long.getLong("plenary.seed", System.nanoTime());
    System.out.println("walk seed: " + seed);
    Random random = new Random(seed);
    Client organiser = Nodes.organiser();
    List<Walk> walks = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      walks.add(new Walk(Room.open(organiser), i, random));
    }
    for (int i = 0; i < COMMANDS; i++) {
      walks.get(random.nextInt(SESSIONS)).step();
    }
    for (Walk walk : walks) {
      Map<String, Fold> last = walk.watchers().check("walk of seed " + seed);
      walk.watchers().resume("walk of seed " + seed, Nodes.first().port(), walk.middle(), last);
      walk.expectNothingPrivateInPublic();
      walk.expectTheHallIsNotToldWhatThePodiumIs();
      walk.expectTheScreenHasPublicQuestionsAlone();
      walk.expectOneOnStage();
      walk.watchers().close();
    }
    assertThat(walks.stream().mapToInt(Walk::done).sum())
        .as("commands that changed something")
        .isGreaterThan(COMMANDS / 3);
  }

  /** Replays a stream and looks after every frame. */
  static void replay(StreamClient stream, Consumer<Fold> look) {
    Fold fold = new Fold();
    stream
        .frames()
        .forEach(
            frame -> {
              fold.apply(frame);
              look.accept(fold);
            });
  }
}
