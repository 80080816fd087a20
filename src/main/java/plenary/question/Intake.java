package plenary.question;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plenary.database.Database;
import plenary.database.Ids;
import plenary.live.Change;
import plenary.live.Command;
import plenary.live.View;
import plenary.problem.Failure;
import plenary.screening.Author;
import plenary.screening.Context;
import plenary.screening.Reason;
import plenary.screening.RecentTexts;
import plenary.screening.Reviewed;
import plenary.screening.Screening;
import plenary.screening.TextLimits;
import plenary.screening.Verdict;

/**
 * How posts of the networks come into a session's queue: many at once, each as a question that was
 * found. They pass the same screening as what is asked here. Told twice it ends the same, so
 * whoever tells it need not know what was told already. Safe for use from any thread.
 */
public final class Intake {
  /** Posts of one command; others wait while it runs. */
  public static final int BATCH_MAX = 100;

  /** Longer posts are shown as far as this, in graphemes; the whole of it is where it was found. */
  private static final int TEXT_MAX = 1_000;

  /** In a flood nobody merges by hand, and the search for each costs a statement. */
  private static final int SEARCHED_MAX = 10;

  private final Database database;
  private final Recently recently;

  /** An intake that reads which sessions have a post from a database. */
  public Intake(Database database) {
    this.database = database;
    this.recently = new Recently();
  }

  /** What a session is told of a post. */
  public sealed interface Told {
    UUID post();

    /**
     * It stands.
     *
     * @param network its source
     * @param writer who wrote it, the same for all their posts on the network
     * @param name as they give it
     * @param place where it is to go once it is approved
     */
    record Stands(
        UUID post,
        String network,
        String writer,
        String handle,
        @Nullable String name,
        @Nullable String url,
        String text,
        Instant postedAt,
        Place place)
        implements Told {}

    /** It was deleted, or has nothing to do with the session any more. */
    record Gone(UUID post) implements Told {}
  }

  /** The sessions whose queue has posts. */
  public Future<Map<UUID, Set<UUID>>> sessionsOf(Set<UUID> posts) {
    return FoundStore.sessions(database.pool(), posts);
  }

  /** How many posts wait in a session beyond those in the moderators' stream. */
  public Future<Integer> waiting(UUID session) {
    return FoundStore.waitingBeyond(database.pool(), session, View.MODERATOR);
  }

  /**
   * Tells a session about posts, at most {@link #BATCH_MAX}, each once.
   *
   * @param current says, under the session's lock, of which posts what is told is still true: two
   *     nodes may tell at once, and the slower one must not bring back what was deleted
   */
  public Command tell(
      UUID session, List<Told> told, Function<SqlConnection, Future<Set<UUID>>> current) {
    // Outside the session's lock: others wait for what is done under it.
    Map<UUID, Reviewed> reviewed = new HashMap<>();
    for (Told each : told) {
      if (each instanceof Told.Stands stands) {
        reviewed.put(stands.post(), Screening.review(Excerpt.of(stands.text(), TEXT_MAX)));
      }
    }
    // A picture without a word is nothing that could be asked or read aloud.
    List<Told> readable =
        told.stream()
            .map(
                each ->
                    each instanceof Told.Stands stands && !Excerpt.isReadable(stands.text())
                        ? new Told.Gone(stands.post())
                        : each)
            .toList();
    return SessionRules.command(
        session,
        "posts",
        Command.Lane.CROWD,
        null,
        change ->
            current
                .apply(change.sql())
                .compose(
                    still ->
                        new Telling(change, recently, reviewed)
                            .of(
                                readable.stream()
                                    .filter(each -> still.contains(each.post()))
                                    .toList())));
  }

  /** One command's work. */
  private record Telling(Change change, Recently recently, Map<UUID, Reviewed> reviewed) {
    Future<JsonObject> of(List<Told> told) {
      Set<UUID> posts = new LinkedHashSet<>();
      Set<UUID> writers = new LinkedHashSet<>();
      for (Told each : told) {
        posts.add(each.post());
        if (each instanceof Told.Stands stands) {
          writers.add(writer(stands));
        }
      }
      Future<Map<UUID, Question>> known = FoundStore.byPost(change.sql(), change.session(), posts);
      Future<SessionRules> rules = SessionRules.of(change);
      Future<Map<UUID, Question.Standing>> standings =
          QuestionStore.standings(change.sql(), change.session(), writers);
      Future<Map<UUID, Integer>> unsuitable =
          FoundStore.unsuitable(change.sql(), change.session(), writers);
      Future<RecentTexts> recent = recently.of(change);
      return Future.all(known, rules, standings, unsuitable, recent)
          .compose(
              read ->
                  apply(
                      told,
                      known.result(),
                      new Read(
                          rules.result(),
                          standings.result(),
                          unsuitable.result(),
                          recent.result())));
    }

    private Future<JsonObject> apply(List<Told> told, Map<UUID, Question> known, Read read) {
      List<Question> fresh = new ArrayList<>();
      List<Edited> edited = new ArrayList<>();
      for (Told each : told) {
        Question before = known.get(each.post());
        switch (each) {
          case Told.Stands stands when before == null -> fresh.add(found(stands, read));
          case Told.Stands stands -> {
            Question after = rewritten(before, stands, read);
            if (after != before) {
              edited.add(new Edited(before, after));
            }
          }
          case Told.Gone _ when before != null && before.status() != Status.WITHDRAWN ->
              edited.add(new Edited(before, taken(before)));
          case Told.Gone _ -> {}
        }
      }
      return searched(fresh)
          .compose(all -> FoundStore.insert(change.sql(), all).map(all))
          .compose(all -> shown(all, read))
          .compose(ignored -> edit(edited))
          .map(ignored -> new JsonObject().put("new", fresh.size()).put("changed", edited.size()));
    }

    /** With their near-duplicates, as far as somebody could act on them. */
    private Future<List<Question>> searched(List<Question> fresh) {
      if (fresh.size() > SEARCHED_MAX) {
        return Future.succeededFuture(fresh);
      }
      List<Future<Question>> searches = new ArrayList<>();
      for (Question question : fresh) {
        searches.add(
            Lookalike.of(
                    change.sql(),
                    change.session(),
                    Wording.of(question.fields().text()),
                    Lookalike.ANYWHERE)
                .map(
                    similar ->
                        question.alike(
                            new JsonArray(similar.stream().map(Lookalike::hint).toList()))));
      }
      return Future.all(searches).map(all -> all.list());
    }

    private Future<Void> shown(List<Question> fresh, Read read) {
      for (Question question : fresh) {
        Entities.show(change, question);
        Question.Standing before =
            read.standings().getOrDefault(question.asker(), new Question.Standing(0, 0, 0));
        Entities.triage(change, question, before.oneMore());
      }
      return Future.succeededFuture();
    }

    private Future<Void> edit(List<Edited> edited) {
      Future<Void> done = Future.succeededFuture();
      for (Edited each : edited) {
        Question after = each.after();
        done =
            done.compose(ignored -> FoundStore.update(change.sql(), after))
                .compose(
                    ignored ->
                        after.status() == Status.WITHDRAWN
                            ? Entities.drop(change, each.before(), after)
                            : back(each))
                .compose(ignored -> regroup(each));
      }
      List<UUID> gone =
          edited.stream()
              .filter(each -> each.after().status() == Status.WITHDRAWN)
              .map(each -> each.after().id())
              .toList();
      return done.compose(ignored -> LogStore.forgetWords(change.sql(), change.session(), gone));
    }

    private Future<Void> back(Edited edited) {
      if (edited.before().status() == Status.WITHDRAWN) {
        Entities.show(change, edited.after());
      }
      return Entities.put(change, edited.before(), edited.after());
    }

    private Future<Void> regroup(Edited edited) {
      return edited.before().fields().mergedInto() == null
          ? Future.succeededFuture()
          : VoteStore.regroup(change.sql(), change.session(), List.of(edited.after().id()))
              .map(
                  tallies -> {
                    tallies.stream()
                        .filter(tally -> !edited.isGone(tally))
                        .forEach(tally -> tally.put(change));
                    return null;
                  });
    }

    private Question found(Told.Stands stands, Read read) {
      UUID id = Ids.next();
      Verdict verdict = verdict(stands, read);
      boolean direct = read.rules().openly(verdict);
      // So that others of the same batch are judged beside it.
      read.recent().add(id, writer(stands), change.now(), verdict.text());
      return new Question(
          id,
          change.session(),
          writer(stands),
          name(stands),
          null,
          stands.network(),
          stands.postedAt(),
          verdict.text(),
          rules(verdict),
          new JsonArray(),
          new Found(stands.post(), handle(stands), stands.url()),
          null,
          Fields.asked(verdict.text(), direct ? Status.APPROVED : Status.INCOMING, stands.place()),
          null,
          change.now(),
          change.version(),
          id,
          0,
          0);
    }

    /**
     * A post that its writer changed, or that came back. What was public waits for a moderator
     * again, for they approved other words.
     */
    private Question rewritten(Question before, Told.Stands stands, Read read) {
      Verdict verdict = verdict(stands, read);
      // Only its source took the words of one that is to come back; others withdrew it for good.
      boolean gone = before.status() == Status.WITHDRAWN;
      boolean back = gone && before.originalText().isEmpty();
      if (gone && !back) {
        return before;
      }
      if (before.originalText().equals(verdict.text())) {
        return renamed(before, stands);
      }
      Status status = before.status();
      if (back || (status.isPublic() && !read.rules().openly(verdict))) {
        status = read.rules().openly(verdict) ? Status.APPROVED : Status.INCOMING;
      }
      Fields fields =
          status == before.status() ? before.fields() : before.fields().movedTo(status, null, null);
      JsonArray reasons = rules(verdict);
      reasons.add("edited");
      return before.rewritten(
          verdict.text(),
          name(stands),
          new Found(stands.post(), handle(stands), stands.url()),
          reasons,
          fields.worded(verdict.text()),
          change.now(),
          change.version());
    }

    /** The same words, by somebody who may be called something else now, or read elsewhere. */
    private Question renamed(Question before, Told.Stands stands) {
      String name = name(stands);
      Found found = new Found(stands.post(), handle(stands), stands.url());
      return name.equals(before.authorName()) && found.equals(before.found())
          ? before
          : before.rewritten(
              before.originalText(),
              name,
              found,
              before.reasons(),
              before.fields(),
              change.now(),
              change.version());
    }

    /** Without its text and its author: whoever deletes a post means all of it. */
    private Question taken(Question before) {
      return before.rewritten(
          "",
          null,
          new Found(before.found() == null ? Ids.next() : before.found().post(), "", null),
          new JsonArray(),
          before.fields().movedTo(Status.WITHDRAWN, null, null).worded(""),
          change.now(),
          change.version());
    }

    private Verdict verdict(Told.Stands stands, Read read) {
      Reviewed text = reviewed.get(stands.post());
      if (text == null) {
        throw new IllegalStateException("a post that was not reviewed");
      }
      UUID writer = writer(stands);
      Question.Standing standing =
          read.standings().getOrDefault(writer, new Question.Standing(0, 0, 0));
      Context context =
          new Context(
              new Author(writer, standing.taken(), read.unsuitable().getOrDefault(writer, 0)),
              change.now(),
              read.recent());
      Verdict verdict = Screening.verdict(text, TextLimits.question(TEXT_MAX + 1), context);
      return verdict;
    }
  }

  private record Edited(Question before, Question after) {
    boolean isGone(Tally tally) {
      return after.status() == Status.WITHDRAWN && tally.question().equals(after.id());
    }
  }

  private record Read(
      SessionRules rules,
      Map<UUID, Question.Standing> standings,
      Map<UUID, Integer> unsuitable,
      RecentTexts recent) {}

  private static JsonArray rules(Verdict verdict) {
    return new JsonArray(
        new ArrayList<>(verdict.reasons().stream().map(Reason::rule).distinct().toList()));
  }

  private static String name(Told.Stands stands) {
    String raw = stands.name() == null || stands.name().isBlank() ? stands.handle() : stands.name();
    try {
      return Screening.verdict(Excerpt.of(raw, TextLimits.NAME.graphemesMax()), TextLimits.NAME)
          .orRefuse("/name")
          .text();
    } catch (Failure.Invalid unusable) {
      return handle(stands);
    }
  }

  /** Without what could turn the text around it. */
  private static String handle(Told.Stands stands) {
    return stands
        .handle()
        .codePoints()
        .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** A number for a writer, so that their record here is kept as an asker's is. */
  private static UUID writer(Told.Stands stands) {
    return UUID.nameUUIDFromBytes(
        (stands.network() + ' ' + stands.writer()).getBytes(StandardCharsets.UTF_8));
  }
}
