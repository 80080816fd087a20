package plenary.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import plenary.support.Client;
import plenary.support.Nodes;
import plenary.support.Room;

/** What a merged group counts. */
class MergeIT {
  private final Room room = Room.open(Nodes.organiser());
  private final Client organiser = room.organiser();

  private int votes(String question) {
    return room.state(organiser, "moderator").body("tally/" + question).getInteger("votes");
  }

  private String merge(String question, String into) {
    return organiser
        .post(room.path(question, "/merge"), new JsonObject().put("into", into))
        .ok()
        .getString("entry");
  }

  private String approved(Client asker, String text) {
    String question = room.ask(asker, text);
    room.move(organiser, question, "approved").ok();
    return question;
  }

  @Test
  void whoVotedForBothCountsOnceAndUndoPartsThemAgain() {
    String root = approved(room.join(""), "Is it safe?");
    String other = approved(room.join(""), "Can we use it safely?");
    Client both = room.join("");
    Client one = room.join("");
    room.vote(both, root).ok();
    room.vote(both, other).ok();
    room.vote(one, other).ok();

    String entry = merge(other, root);
    assertThat(votes(root)).isEqualTo(2);

    room.undo(organiser, entry).ok();
    assertThat(votes(root)).isEqualTo(1);
    assertThat(votes(other)).isEqualTo(2);
  }

  @Test
  void whoAskedTheRootDoesNotCountForItByWayOfAnotherQuestion() {
    Client asker = room.join("");
    String root = approved(asker, "Is it safe?");
    String other = approved(room.join(""), "Can we use it safely?");
    room.vote(asker, other).ok();

    String entry = merge(other, root);
    assertThat(votes(root)).isZero();
    assertThat(room.vote(asker, other).status()).isEqualTo(403);

    room.undo(organiser, entry).ok();
    assertThat(votes(other)).isEqualTo(1);
  }
}
