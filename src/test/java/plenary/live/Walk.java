package plenary.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import plenary.support.Client;
import plenary.support.Client.Reply;
import plenary.support.Fold;
import plenary.support.Room;

/**
 * A random walk through one session. Every text has a word of its own, so that any frame tells
 * whose text it carries; two participants ask without their name, which is such a word too.
 */
final class Walk {
  private static final List<String> TARGETS =
      List.of(
          "approved", "approved", "queued", "queued", "stage", "answered", "dismissed", "incoming");

  private static final Set<String> PUBLIC = Set.of("approved", "queued", "stage", "answered");

  private final Room room;
  private final Random random;
  private final int number;
  private final List<Client> people = new ArrayList<>();
  private final List<Client> moderators = new ArrayList<>();
  private final List<String> questions = new ArrayList<>();
  private final List<String> entries = new ArrayList<>();
  private final Set<String> words = new HashSet<>();
  private final Set<String> publicWords = new HashSet<>();
  private final Set<String> told = new HashSet<>();
  private final Client speaker;
  private final Watchers watchers;
  private Map<String, Fold> middle;
  private int done;
  private int asked;

  Walk(Room room, int number, Random random) {
    this.room = room;
    this.number = number;
    this.random = random;
    for (int i = 0; i < 4; i++) {
      // The first two always ask without their name.
      people.add(room.join((i < 2 ? "Geheim" : "Name") + number + "x" + i));
    }
    moderators.add(room.staff("moderator", "Mo Derator"));
    moderators.add(room.staff("moderator", "Nora Derator"));
    speaker = room.staff("speaker", "Spencer");
    message().ok();
    watchers = new Watchers(room, people);
    middle = watchers.fetch();
  }

  Watchers watchers() {
    return watchers;
  }

  /** What was there at some moment of the walk. */
  Map<String, Fold> middle() {
    return middle;
  }

  int done() {
    return done;
  }

  void step() {
    Reply reply = questions.size() < 3 ? ask() : command();
    assertThat(reply.status()).as("%s", reply.json()).isLessThan(500);
    if (reply.status() < 300) {
      done++;
      String entry = reply.json().getString("entry");
      if (entry != null) {
        entries.add(entry);
      }
      seePublicWords();
    }
    if (random.nextInt(40) == 0) {
      middle = watchers.fetch();
    }
  }

  private Reply command() {
    return switch (random.nextInt(26)) {
      case 0, 1, 2 -> ask();
      case 3 -> pick(people).delete(room.path(pick(questions), ""));
      case 4, 5 -> room.vote(pick(people), pick(questions));
      case 6 -> pick(people).delete(room.path(pick(questions), "/vote"));
      case 7, 8, 9, 10, 11 -> move();
      case 12, 13 -> bulk();
      case 14, 15 -> edit();
      case 16 ->
          moderator().post(room.path(pick(questions), "/merge"), json("into", pick(questions)));
      case 17, 18 -> entries.isEmpty() ? move() : room.undo(moderator(), pick(entries));
      case 19, 20, 21, 22 -> stage();
      case 23 ->
          pick(moderators).put(room.path(pick(questions), "/claim?take=" + random.nextBoolean()));
      case 24 -> askForTheHall();
      default -> session();
    };
  }

  private Reply askForTheHall() {
    JsonObject body = json("text", "Whose " + word() + "?").put("author", new JsonObject());
    Reply reply = moderator().post(room.path("/questions"), body);
    if (reply.status() == 201) {
      questions.add(reply.json().getString("id"));
    }
    return reply;
  }

  /** Most often with a frozen picture, for that is where old text could stay. */
  private Reply stage() {
    JsonObject act =
        switch (random.nextInt(8)) {
          case 0 -> json("cue", pick(questions));
          case 1 -> json("go", true);
          case 2, 3 -> json("go", pick(questions)).put("freeze", true);
          case 4 -> json("freeze", true);
          case 5 -> json("freeze", false).put("scene", pick(List.of("join", "stage", "top")));
          case 6 -> json("blackout", random.nextBoolean()).put("chair", true);
          default -> json("cue", pick(questions)).put("freeze", true);
        };
    return switch (random.nextInt(8)) {
      case 0 -> speaker.post(room.path("/stage/next"), json("skip", random.nextBoolean()));
      case 1 -> message();
      default -> moderator().post(room.path("/stage"), act);
    };
  }

  private Reply ask() {
    int who = random.nextInt(people.size());
    Reply reply =
        people
            .get(who)
            .post(
                room.path("/questions"),
                json("text", "Why " + word() + "?").put("anonymous", who < 2));
    if (reply.status() == 201) {
      questions.add(reply.json().getString("id"));
    }
    return reply;
  }

  private Reply move() {
    JsonObject body = json("to", pick(TARGETS));
    if (random.nextInt(3) == 0) {
      body.put(random.nextBoolean() ? "before" : "after", pick(questions));
    }
    return moderator().post(room.path(pick(questions), "/moves"), body);
  }

  private Reply bulk() {
    Set<String> chosen = new HashSet<>();
    for (int i = 0; i < 4; i++) {
      chosen.add(pick(questions));
    }
    JsonArray array = new JsonArray();
    chosen.forEach(question -> array.add(json("id", question)));
    String to =
        List.of("approved", "queued", "queued", "dismissed", "incoming").get(random.nextInt(5));
    return moderator().post(room.path("/moves"), json("to", to).put("questions", array));
  }

  private Reply edit() {
    JsonObject patch =
        switch (random.nextInt(5)) {
          case 0 -> json("text", "How " + word() + "?");
          case 1 -> json("labels", new JsonArray().add("l" + random.nextInt(3)));
          case 2 -> json("pinned", random.nextBoolean());
          case 3 -> json("note", "note " + noteWord());
          default -> json("assignee", "Maria Okafor");
        };
    return moderator().patch(room.path(pick(questions), ""), patch);
  }

  private Reply session() {
    String state = random.nextInt(8) == 0 ? "closed" : "live";
    return room.organiser()
        .patch(room.path(""), json("state", state).put("title", "Title " + random.nextInt(9)));
  }

  private Reply message() {
    return moderator().post(room.path("/messages"), json("text", "Please " + noteWord()));
  }

  private String word() {
    String word = "wort" + number + "x" + asked++ + "y";
    words.add(word);
    return word;
  }

  private String noteWord() {
    String word = "vermerk" + number + "x" + told.size() + "y";
    told.add(word);
    return word;
  }

  private void seePublicWords() {
    for (JsonObject question : room.state(room.organiser(), "moderator").all("question")) {
      if (PUBLIC.contains(question.getString("status"))) {
        String text = question.getString("text");
        words.stream().filter(text::contains).forEach(publicWords::add);
      }
    }
  }

  void expectNothingPrivateInPublic() {
    String frames = String.join("\n", watchers.publicFrames());
    Set<String> leaked = new HashSet<>(words);
    leaked.removeAll(publicWords);
    assertThat(leaked).as("texts that never were public").isNotEmpty();
    leaked.removeIf(word -> !frames.contains(word));
    assertThat(leaked).as("texts that never were public, in public frames").isEmpty();
    assertThat(frames)
        .doesNotContain("Geheim")
        .doesNotContain("triage/")
        .doesNotContain("mine/")
        .doesNotContain("\"desk\"")
        .doesNotContain("claim/");
    assertThat(String.join("", publicWords)).as("texts that were public").isNotEmpty();
  }

  /** Notes and messages are for the podium; the hall and its phones never see them. */
  void expectTheHallIsNotToldWhatThePodiumIs() {
    assertThat(told).isNotEmpty();
    String hall = String.join("\n", watchers.publicFrames("speaker"));
    assertThat(told).allSatisfy(word -> assertThat(hall).doesNotContain(word));
    assertThat(hall).doesNotContain("note/").doesNotContain("message/");
  }

  /**
   * Whatever the screen has of questions, at any moment, is the text of one that is public at that
   * moment: also in a picture that is kept.
   */
  void expectTheScreenHasPublicQuestionsAlone() {
    FoldWalkIT.replay(
        watchers.views().get("screen"),
        fold -> {
          Set<String> texts = new HashSet<>();
          fold.all("question").forEach(each -> texts.add(each.getString("text")));
          JsonObject picture = fold.body("frozen");
          JsonArray shown = picture.getJsonArray("top", new JsonArray()).copy();
          if (picture.containsKey("question")) {
            shown.add(picture.getJsonObject("question"));
          }
          shown.forEach(each -> assertThat(texts).contains(((JsonObject) each).getString("text")));
        });
  }

  void expectOneOnStage() {
    watchers
        .views()
        .values()
        .forEach(
            stream ->
                FoldWalkIT.replay(
                    stream,
                    fold ->
                        assertThat(
                                fold.all("question").stream()
                                    .filter(each -> each.getString("status").equals("stage")))
                            .as("on stage")
                            .hasSizeLessThanOrEqualTo(1)));
  }

  private Client moderator() {
    return pick(moderators);
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static JsonObject json(String name, Object value) {
    return new JsonObject().put(name, value);
  }
}
