package plenary.stage;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Times;
import plenary.identity.Grant;
import plenary.identity.Role;
import plenary.live.Change;
import plenary.live.Command;
import plenary.live.Task;
import plenary.live.View;
import plenary.problem.Failure;
import plenary.question.Picture;
import plenary.question.Staging;
import plenary.stage.Stage.Cue;
import plenary.stage.Stage.Shown;

/**
 * What moderators and the podium do with the stage. Two entities tell of it: {@code stage} to the
 * podium and the screens, {@code desk} to moderators alone. While the hall is frozen, what its
 * screens show is an entity too ({@link Picture#KEY}), so that a reload shows the same.
 */
final class Stages {
  private static final int TOLD = View.of(View.SPEAKER, View.MODERATOR, View.SCREEN);

  private Stages() {}

  /**
   * Any of cue, go, freeze, blackout, scene, chair and clock, all or none.
   *
   * @param act the contract's {@code StageAct}
   * @param seen the version of {@code desk} the moderator saw, when they said so
   */
  static Command act(
      UUID session, Grant by, JsonObject act, @Nullable Long seen, Command.@Nullable Once once) {
    return Task.ofStaff(
        session,
        "stage",
        once,
        change ->
            StageStore.find(change.sql(), session)
                .compose(before -> act(change, by, act, refuseStale(before, seen, change.now()))));
  }

  private static Stage refuseStale(Stage stage, @Nullable Long seen, Instant now) {
    Stage.Last last = stage.last();
    if (seen == null || last == null || last.version() == seen) {
      return stage;
    }
    long seconds = Math.max(0, Duration.between(last.at(), now).toSeconds());
    throw new Failure.Conflict(
        "stale-version",
        last.by() + " changed the stage " + seconds + " s ago.",
        stage.body().mergeIn(stage.desk()).put("version", last.version()));
  }

  private static Future<JsonObject> act(Change change, Grant by, JsonObject act, Stage before) {
    return counted(change, before, act.getJsonObject("clock"))
        .compose(stage -> cued(change, by, act, stage))
        .compose(stage -> went(change, by, act, shown(act, stage)))
        .compose(
            went ->
                pictured(change, before, went.stage())
                    .compose(ignored -> save(change, by, before, went.stage(), went.isMove()))
                    .map(stage -> stage.body().mergeIn(stage.desk()).mergeIn(went.moved())));
  }

  private static Future<Stage> counted(Change change, Stage stage, @Nullable JsonObject act) {
    return act == null
        ? Future.succeededFuture(stage)
        : sessionEnd(change)
            .map(end -> stage.with(stage.clock().after(act, change.now(), end.orElse(null))));
  }

  private static Future<Optional<Instant>> sessionEnd(Change change) {
    return change
        .read("session")
        .map(found -> found.map(session -> Times.read(session.getString("endsAt"), "/endsAt")));
  }

  private static Future<Stage> cued(Change change, Grant by, JsonObject act, Stage stage) {
    if (!act.containsKey("cue")) {
      return Future.succeededFuture(stage);
    }
    UUID question = id(act.getString("cue"));
    if (question == null) {
      return Future.succeededFuture(stage.with((Cue) null));
    }
    Long version = act.getValue("go") instanceof String ? null : act.getLong("version");
    return Staging.check(change, question, version)
        .map(ignored -> stage.with(new Cue(question, by.name(), change.now())));
  }

  private static Stage shown(JsonObject act, Stage stage) {
    Shown shown = stage.shown();
    return stage.with(
        new Shown(
            act.containsKey("scene") ? act.getString("scene") : shown.scene(),
            act.getBoolean("blackout", shown.blackout()),
            act.getBoolean("freeze", shown.frozen()),
            act.getBoolean("chair", shown.chair())));
  }

  /** A stage after a question may have gone on it, and what the answer says of that. */
  private record Went(Stage stage, JsonObject moved) {
    boolean isMove() {
      return moved.containsKey("entry");
    }
  }

  private static Future<Went> went(Change change, Grant by, JsonObject act, Stage stage) {
    Object go = act.getValue("go");
    if (go == null) {
      return Future.succeededFuture(new Went(stage, new JsonObject()));
    }
    Cue cue = stage.cue();
    UUID question =
        go instanceof String text ? UUID.fromString(text) : cue == null ? null : cue.question();
    if (question == null) {
      throw new Failure.Conflict(
          "nothing-cued", "Nothing is cued; name the question, or cue one first.", stage.desk());
    }
    boolean another =
        act.getString("cue") != null && cue != null && !cue.question().equals(question);
    return Staging.go(change, by, question, act.getLong("version"))
        .map(moved -> new Went(lit(act, another ? stage : stage.with((Cue) null)), moved));
  }

  /** Whoever goes wants it seen; but a frozen hall stays as it is, black too. */
  private static Stage lit(JsonObject act, Stage stage) {
    Shown shown = stage.shown();
    return shown.frozen() || act.containsKey("blackout")
        ? stage
        : stage.with(new Shown(shown.scene(), false, false, shown.chair()));
  }

  /** What the hall keeps while it is frozen; taken after everything else was done. */
  private static Future<Void> pictured(Change change, Stage before, Stage after) {
    if (after.shown().frozen() == before.shown().frozen()) {
      return Future.succeededFuture();
    }
    if (!after.shown().frozen()) {
      change.drop(Picture.KEY);
      return Future.succeededFuture();
    }
    return Picture.of(change)
        .map(
            picture -> {
              picture.put("at", Times.text(change.now()));
              if (after.shown().scene() != null) {
                picture.put("scene", after.shown().scene());
              }
              change.put(Picture.KEY, View.of(View.SCREEN, View.MODERATOR), picture);
              return null;
            });
  }

  /**
   * @param moved whether a question moved with it: then moderators are told who did, whatever else
   *     stayed, so that the next to act knows of it
   */
  private static Future<Stage> save(
      Change change, Grant by, Stage before, Stage after, boolean moved) {
    if (after.isSame(before) && !moved) {
      return Future.succeededFuture(before);
    }
    Stage changed = after.changed(by.name(), change.now(), change.version());
    return StageStore.save(change.sql(), change.session(), changed)
        .map(
            ignored -> {
              if (!changed.body().equals(before.body()) || before.last() == null) {
                change.put("stage", TOLD, changed.body());
              }
              change.put("desk", View.MODERATOR.bit(), changed.desk());
              return changed;
            });
  }

  /** Starts, pauses, resumes, extends or resets the clock; also from the podium. */
  static Command clock(UUID session, Grant by, JsonObject act, Command.@Nullable Once once) {
    return Task.ofStaff(
        session,
        "clock",
        once,
        change ->
            StageStore.find(change.sql(), session)
                .compose(
                    before ->
                        counted(change, before, act)
                            .compose(after -> save(change, by, before, after, false)))
                .map(Stage::body));
  }

  /**
   * A chair's next and skip: the first of the queue goes on stage, and what was there becomes
   * answered, or approved again. The podium may only while moderators have given it to them.
   *
   * @param act the contract's {@code NextAct}
   */
  static Command next(UUID session, Grant by, JsonObject act, Command.@Nullable Once once) {
    return Task.ofStaff(
        session,
        "next",
        once,
        change ->
            StageStore.find(change.sql(), session)
                .compose(
                    before -> {
                      if (by.role() == Role.SPEAKER && !before.shown().chair()) {
                        throw new Failure.Forbidden(
                            "not-chair", "The moderators have not given you next and skip.");
                      }
                      Staging.Next wanted =
                          new Staging.Next(
                              act.getBoolean("skip", false),
                              act.containsKey("from"),
                              id(act.getString("from")));
                      return Staging.next(change, by, wanted)
                          .compose(moved -> passed(change, by, before, moved));
                    }));
  }

  private static Future<JsonObject> passed(
      Change change, Grant by, Stage before, JsonObject moved) {
    Cue cue = before.cue();
    boolean cued = cue != null && cue.question().toString().equals(moved.getString("question"));
    Stage after = lit(new JsonObject(), cued ? before.with((Cue) null) : before);
    boolean move = moved.containsKey("entry");
    return save(change, by, before, after, move).map(stage -> stage.body().mergeIn(moved));
  }

  private static @Nullable UUID id(@Nullable String text) {
    return text == null ? null : UUID.fromString(text);
  }
}
