package plenary.chat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Database;
import plenary.meeting.Agendas;
import plenary.meeting.Agendas.Listed;
import plenary.meeting.Anonymity;
import plenary.network.Gaps;
import plenary.question.AnswerReport;
import plenary.question.QuestionReport;

/** What is told of a chat as a whole: figures for its host, and the transcript. */
final class ChatReports {
  private static final Set<String> PUBLIC = Set.of("approved", "queued", "stage", "answered");
  private static final int PAGE = 500;

  /** Far more than any chat; one that has more is cut there, and says so. */
  static final int ENTRIES_MAX = 20_000;

  private final SqlClient sql;
  private final Agendas agendas;
  private final QuestionReport questions;
  private final AnswerReport answers;
  private final InstantSource time;

  ChatReports(Database database, InstantSource time) {
    this.sql = database.pool();
    this.agendas = new Agendas(database);
    this.questions = new QuestionReport(database);
    this.answers = new AnswerReport(database);
    this.time = time;
  }

  /** The contract's {@code ChatFigures}. */
  Future<JsonObject> figures(UUID session) {
    return ChatStore.prompts(sql, session)
        .compose(
            sheet -> {
              List<JsonObject> out =
                  sheet.prompts().stream().filter(Prompt::isOut).map(Prompt::body).toList();
              Future<JsonArray> prompts = answers.prompts(session, out);
              Future<JsonObject> people = answers.people(session);
              Future<JsonArray> unanswered = answers.unanswered(session);
              return Future.all(prompts, people, unanswered)
                  .map(
                      all ->
                          people
                              .result()
                              .put("prompts", prompts.result())
                              .put("unanswered", unanswered.result()));
            });
  }

  /** A chat's transcript. */
  Future<Transcript> transcript(UUID meeting, UUID session) {
    Future<Chat> chat = ChatStore.find(sql, session);
    Future<RunSheet> sheet = ChatStore.prompts(sql, session);
    Future<List<Posting>> postings = OutboxStore.of(sql, session);
    Future<Listed> listed = agendas.one(meeting, session);
    return Future.all(chat, sheet, postings, listed)
        .compose(
            read -> {
              boolean names = listed.result().meeting().rules().anonymity() != Anonymity.ANONYMOUS;
              return entries(session, names, null, new ArrayList<>());
            })
        .compose(
            entries ->
                gaps(meeting, sheet.result(), entries)
                    .map(
                        gaps ->
                            new Transcript(
                                listed.result().meeting().name(),
                                listed.result().sessions().getFirst().slot().title(),
                                Objects.requireNonNullElse(
                                    listed.result().sessions().getFirst().slot().language(), ""),
                                listed.result().meeting().zone(),
                                listed.result().hashtag(session),
                                chat.result().guests(),
                                sheet.result().prompts(),
                                postings.result(),
                                entries,
                                gaps,
                                false,
                                time.instant())));
  }

  private Future<List<Transcript.Entry>> entries(
      UUID session, boolean names, @Nullable UUID after, List<Transcript.Entry> entries) {
    return questions
        .questions(session, names, after, PAGE)
        .compose(
            page -> {
              page.stream()
                  .filter(each -> PUBLIC.contains(each.getString("status")))
                  .forEach(each -> entries.add(Transcript.Entry.of(each)));
              return page.size() < PAGE || entries.size() > ENTRIES_MAX
                  ? Future.succeededFuture(entries)
                  : entries(
                      session, names, UUID.fromString(page.getLast().getString("id")), entries);
            });
  }

  /** Those from the first to the last that was said, and a while before and after. */
  private Future<List<Gaps.Gap>> gaps(
      UUID meeting, RunSheet sheet, List<Transcript.Entry> entries) {
    List<Instant> times = new ArrayList<>();
    sheet.prompts().stream().map(Prompt::outAt).filter(at -> at != null).forEach(times::add);
    entries.forEach(entry -> times.add(entry.at()));
    if (times.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    Duration around = Duration.ofMinutes(15);
    Instant from = times.stream().min(Instant::compareTo).orElseThrow().minus(around);
    Instant to = times.stream().max(Instant::compareTo).orElseThrow().plus(around);
    return Gaps.of(sql, meeting, from, to);
  }
}
