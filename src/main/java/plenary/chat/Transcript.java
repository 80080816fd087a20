package plenary.chat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import plenary.database.Times;
import plenary.network.Gaps.Gap;
import plenary.network.Network;

/**
 * What is kept of a chat: its prompts, what was answered, and when something may be missing. What
 * was deleted, dismissed or never approved is not in it, and posts of a network that does not let
 * others publish them are named by their links alone.
 *
 * @param language of the session, or several; empty when unknown
 * @param hashtag without its sign
 * @param cut whether there was more than is kept
 */
record Transcript(
    String meeting,
    String title,
    String language,
    ZoneId zone,
    @Nullable String hashtag,
    List<String> guests,
    List<Prompt> prompts,
    List<Posting> postings,
    List<Entry> entries,
    List<Gap> gaps,
    boolean cut,
    Instant madeAt) {

  Transcript {
    guests = List.copyOf(guests);
    prompts = List.copyOf(prompts);
    postings = List.copyOf(postings);
    cut = cut || entries.size() > ChatReports.ENTRIES_MAX;
    entries =
        entries.stream()
            .limit(ChatReports.ENTRIES_MAX)
            .sorted(Comparator.comparing(Entry::at))
            .toList();
    gaps = List.copyOf(gaps);
  }

  /**
   * Something that somebody wrote.
   *
   * @param place as {@link plenary.question.Place.Kind#id}
   * @param matched how its prompt was found
   * @param source what it came through
   * @param text null where its network does not let others publish it
   */
  record Entry(
      String id,
      Instant at,
      String place,
      @Nullable UUID prompt,
      @Nullable String matched,
      String source,
      @Nullable String author,
      @Nullable String url,
      @Nullable String text,
      int votes) {

    /** One of a session's public questions, as reports have them. */
    static Entry of(JsonObject question) {
      String source = question.getString("source");
      boolean open =
          Stream.of(Network.values())
              .filter(network -> network.id().equals(source))
              .allMatch(Network::publishesBodies);
      String author = question.getString("author");
      String handle = question.getString("handle");
      String prompt = question.getString("prompt");
      return new Entry(
          question.getString("id"),
          Instant.parse(question.getString("askedAt")),
          question.getString("place", "question"),
          prompt == null ? null : UUID.fromString(prompt),
          question.getString("matched"),
          source,
          open ? (handle == null || handle.isEmpty() ? author : handle) : null,
          question.getString("url"),
          open ? question.getString("text") : null,
          question.getInteger("votes"));
    }

    boolean isGuessed() {
      return "time".equals(matched);
    }
  }

  /** Prompts that went out, in their order. */
  List<Prompt> out() {
    return prompts.stream().filter(Prompt::isOut).toList();
  }

  List<Entry> answers(Prompt prompt) {
    return entries.stream().filter(entry -> prompt.id().equals(entry.prompt())).toList();
  }

  /** What belongs to no prompt. */
  List<Entry> others(String place) {
    return entries.stream()
        .filter(entry -> entry.prompt() == null && entry.place().equals(place))
        .toList();
  }

  /** Where a prompt was posted. */
  List<Posting> posted(Prompt prompt) {
    return postings.stream()
        .filter(each -> each.prompt().equals(prompt.id()) && each.url() != null)
        .toList();
  }

  @Nullable Integer number(@Nullable UUID prompt) {
    return prompts.stream()
        .filter(each -> each.id().equals(prompt))
        .map(Prompt::number)
        .filter(number -> number != null)
        .findFirst()
        .orElse(null);
  }

  /** A row of the timeline. */
  private record Told(Instant at, JsonObject row) {}

  /** Prompts, what was written, and gaps, by time; the rows of a sheet. */
  List<JsonObject> timeline() {
    Stream<Told> said =
        out().stream()
            .map(
                prompt -> {
                  Instant at = prompt.outAt() == null ? madeAt : prompt.outAt();
                  return new Told(
                      at,
                      row(at, prompt.kind().id())
                          .put("prompt", prompt.number())
                          .put("text", prompt.text())
                          .put("source", "host"));
                });
    Stream<Told> written =
        entries.stream()
            .map(
                entry ->
                    new Told(
                        entry.at(),
                        row(entry.at(), entry.place())
                            .put("prompt", number(entry.prompt()))
                            .put("matched", entry.matched())
                            .put("source", entry.source())
                            .put("author", entry.author())
                            .put("text", entry.text())
                            .put("url", entry.url())
                            .put("votes", entry.votes())));
    Stream<Told> missing =
        gaps.stream()
            .map(
                gap ->
                    new Told(
                        gap.since(),
                        row(gap.since(), "gap")
                            .put("until", Times.text(gap.until()))
                            .put("source", gap.network().id())
                            .put("text", gap.why())));
    return Stream.of(said, written, missing)
        .flatMap(each -> each)
        .sorted(Comparator.comparing(Told::at))
        .map(Told::row)
        .toList();
  }

  private static JsonObject row(Instant at, String what) {
    return new JsonObject().put("at", Times.text(at)).put("what", what);
  }
}
