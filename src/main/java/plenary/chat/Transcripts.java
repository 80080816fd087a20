package plenary.chat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import plenary.problem.Failure;

/**
 * Transcripts that were asked for a moment ago, so that a hall that downloads one costs what one
 * person does: each is put together once for a version of its session, at most once a second, and
 * written once for each form. Safe for use by several threads.
 */
final class Transcripts {
  /** Gaps and the meeting's name have no version. */
  private static final Duration FRESH = Duration.ofSeconds(30);

  /** In a lively chat each second is another version. */
  private static final Duration PACE = Duration.ofSeconds(1);

  private static final int SESSIONS_MAX = 20;

  private final Vertx vertx;
  private final SqlClient sql;
  private final ChatReports reports;
  private final Map<UUID, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

  Transcripts(Vertx vertx, SqlClient sql, ChatReports reports) {
    this.vertx = vertx;
    this.sql = sql;
    this.reports = reports;
  }

  /** A transcript and the files that were made of it. */
  private record Kept(
      long version, long at, Future<Transcript> transcript, Map<String, Future<Buffer>> files) {
    boolean isGood(long now) {
      boolean works = !transcript.isComplete() || transcript.succeeded();
      Duration age = Duration.ofNanos(System.nanoTime() - at);
      return works && age.compareTo(version == now ? FRESH : PACE) < 0;
    }
  }

  /** A file, and the transcript that it was made of. */
  record File(Transcript transcript, Buffer content) {}

  /**
   * A transcript as a file.
   *
   * @param staff whether the caller may have it before everybody may
   * @param words for the session's languages
   */
  Future<File> file(
      UUID meeting,
      UUID session,
      boolean staff,
      TranscriptFormat format,
      Function<String, TranscriptWords> words) {
    return ChatStore.standing(sql, session)
        .compose(
            standing -> {
              if (!staff && !standing.published()) {
                throw new Failure.NotFound("transcript");
              }
              Kept now = kept(meeting, session, standing.version());
              return now.transcript()
                  .compose(
                      transcript ->
                          written(now, transcript, format, words)
                              .map(content -> new File(transcript, content)));
            });
  }

  private Kept kept(UUID meeting, UUID session, long version) {
    Promise<Transcript> made = Promise.promise();
    Kept fresh = new Kept(version, System.nanoTime(), made.future(), new LinkedHashMap<>());
    synchronized (kept) {
      Kept there = kept.get(session);
      if (there != null && there.isGood(version)) {
        return there;
      }
      kept.put(session, fresh);
      if (kept.size() > SESSIONS_MAX) {
        kept.remove(kept.keySet().iterator().next());
      }
    }
    reports.transcript(meeting, session).onComplete(made);
    return fresh;
  }

  /** Long ones take a while to write, which no event loop has. */
  private Future<Buffer> written(
      Kept from,
      Transcript transcript,
      TranscriptFormat format,
      Function<String, TranscriptWords> words) {
    TranscriptWords said = words.apply(transcript.language());
    synchronized (kept) {
      return from.files()
          .computeIfAbsent(
              format + said.language(),
              key ->
                  vertx.executeBlocking(
                      () -> Buffer.buffer(format.write(transcript, said)), false));
    }
  }
}
