package plenary.meeting;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plenary.database.Database;
import plenary.database.Ids;
import plenary.database.Outages;
import plenary.live.Command;
import plenary.meeting.LogoStore.Stored;
import plenary.problem.Failure;

/** The rules of meetings. */
public final class Meetings {
  private static final int LOGOS_MAX = 32;
  private static final Duration LOGO_AGE = Duration.ofMinutes(1);

  private final Database database;
  private final InstantSource time;
  private final Recent<String, Stored> logos;

  /** Rules over a database. */
  public Meetings(Database database, InstantSource time) {
    this.database = database;
    this.time = time;
    this.logos = new Recent<>(LOGOS_MAX, LOGO_AGE, time);
  }

  /** A meeting. */
  public Future<Meeting> get(UUID id) {
    return MeetingStore.find(database.pool(), id)
        .map(found -> found.orElseThrow(() -> new Failure.NotFound("meeting")))
        .recover(error -> Future.failedFuture(Outages.told(error)));
  }

  /**
   * A page of meetings, newest first.
   *
   * @param ids only these; empty = all of the server
   */
  Future<List<Meeting>> list(Optional<List<UUID>> ids, @Nullable UUID after, int limit) {
    UUID[] only = ids.map(list -> list.toArray(UUID[]::new)).orElse(null);
    return MeetingStore.list(database.pool(), only, after, limit)
        .recover(error -> Future.failedFuture(Outages.told(error)));
  }

  /** Makes a meeting of the contract's {@code MeetingDraft}; the same key makes the same one. */
  Future<Meeting> create(JsonObject draft, Command.@Nullable Once once) {
    return create(
        once == null ? Ids.next() : Ids.of("meeting " + once.principal() + " " + once.key()),
        draft);
  }

  /** Makes a meeting of a known id; the one that is there when it was made before. */
  public Future<Meeting> create(UUID id, JsonObject draft) {
    return insert(patched(blank(id, false), draft), sql -> Future.succeededFuture());
  }

  /** Makes the demo's meeting, of a known id. */
  public Future<Meeting> createSample(UUID id, JsonObject draft) {
    return insert(patched(blank(id, true), draft), sql -> Future.succeededFuture());
  }

  private Meeting blank(UUID id, boolean sample) {
    Instant now = time.instant().truncatedTo(ChronoUnit.MILLIS);
    return new Meeting(
        id,
        "",
        ZoneId.of("UTC"),
        null,
        null,
        List.of(),
        Rules.DEFAULT,
        Look.PLAIN,
        "",
        sample,
        now);
  }

  private Future<Meeting> insert(
      Meeting meeting, Function<SqlConnection, Future<Void>> alongWithIt) {
    return database.transaction(
        sql ->
            MeetingStore.find(sql, meeting.id())
                .compose(
                    found ->
                        found.isPresent()
                            ? again(found.get(), meeting)
                            : MeetingStore.takeCode(sql, meeting.id(), null, meeting.createdAt())
                                .compose(
                                    code ->
                                        MeetingStore.insert(sql, meeting.withCode(code))
                                            .compose(made -> alongWithIt.apply(sql))
                                            .map(meeting.withCode(code)))));
  }

  /**
   * Makes a meeting with the rules and the look of another one, its dates moved; the same key makes
   * the same one. People, questions and secrets stay where they are.
   */
  Future<Meeting> duplicate(
      Meeting of, String name, @Nullable LocalDate startsOn, Command.@Nullable Once once) {
    UUID id = once == null ? Ids.next() : Ids.of("meeting " + once.principal() + " " + once.key());
    LocalDate endsOn =
        startsOn == null || of.startsOn() == null || of.endsOn() == null
            ? startsOn
            : startsOn.plusDays(ChronoUnit.DAYS.between(of.startsOn(), of.endsOn()));
    Meeting meeting =
        new Meeting(
            id,
            Texts.line(name, "/name"),
            of.zone(),
            startsOn,
            endsOn,
            of.hashtags(),
            of.rules(),
            of.look(),
            "",
            false,
            time.instant().truncatedTo(ChronoUnit.MILLIS));
    return insert(meeting, sql -> LogoStore.copy(sql, of.id(), id, meeting.createdAt()));
  }

  /** A meeting's logo; one whose content the caller names comes from memory when a hall asks. */
  Future<Optional<Stored>> logo(UUID meeting, Optional<String> tag) {
    Future<Optional<Stored>> found =
        tag.isEmpty()
            ? LogoStore.find(database.pool(), meeting, null)
            : logos.get(
                meeting + " " + tag.get(),
                () -> LogoStore.find(database.pool(), meeting, tag.get()));
    return found.recover(error -> Future.failedFuture(Outages.told(error)));
  }

  /** Sets the logo; the sessions show it by the clock, like every change of a meeting. */
  Future<Meeting> putLogo(UUID id, Image image) {
    String tag = image.tag();
    return changeLogo(id, tag, sql -> LogoStore.put(sql, id, image, time.instant()));
  }

  /** Takes the logo away; nothing happens without one. */
  Future<Meeting> deleteLogo(UUID id) {
    return changeLogo(id, null, sql -> LogoStore.delete(sql, id));
  }

  private Future<Meeting> changeLogo(
      UUID id, @Nullable String tag, Function<SqlConnection, Future<Void>> change) {
    Instant now = time.instant();
    return database.transaction(
        sql ->
            MeetingStore.lock(sql, id)
                .map(found -> found.orElseThrow(() -> new Failure.NotFound("meeting")))
                .compose(
                    meeting ->
                        change
                            .apply(sql)
                            .compose(done -> LogoStore.name(sql, id, tag, now))
                            .compose(done -> SessionStore.lookAgain(sql, id, now))
                            .map(meeting.with(meeting.look().withLogo(tag)))));
  }

  private static Future<Meeting> again(Meeting there, Meeting wanted) {
    return there.name().equals(wanted.name()) && there.zone().equals(wanted.zone())
        ? Future.succeededFuture(there)
        : Future.failedFuture(
            new Failure.Invalid(
                "key-reused",
                "This Idempotency-Key was used before for another request.",
                List.of(
                    new Failure.Field(
                        "Idempotency-Key", "key-reused", "used before with another body"))));
  }

  /**
   * Applies a merge patch of the contract's {@code MeetingPatch}. What sessions show of their
   * meeting follows by the clock, within a second or as soon as somebody lets it tick.
   */
  Future<Meeting> patch(UUID id, JsonObject patch) {
    Instant now = time.instant();
    return database.transaction(
        sql ->
            MeetingStore.lock(sql, id)
                .map(found -> found.orElseThrow(() -> new Failure.NotFound("meeting")))
                .compose(
                    before -> {
                      Meeting after = patched(before, patch);
                      if (after.equals(before)) {
                        return Future.succeededFuture(before);
                      }
                      return MeetingStore.update(sql, after, now)
                          .compose(
                              done ->
                                  after.showsLike(before)
                                      ? Future.succeededFuture()
                                      : SessionStore.lookAgain(sql, id, now))
                          .map(after);
                    }));
  }

  static Meeting patched(Meeting meeting, JsonObject patch) {
    LocalDate startsOn =
        patch.containsKey("startsOn") ? date(patch, "startsOn") : meeting.startsOn();
    LocalDate endsOn = patch.containsKey("endsOn") ? date(patch, "endsOn") : meeting.endsOn();
    if (startsOn != null && endsOn != null && endsOn.isBefore(startsOn)) {
      throw new Failure.Invalid(
          "/endsOn", "ends-before", "A meeting ends on the day it starts, or later.");
    }
    return new Meeting(
        meeting.id(),
        patch.containsKey("name") ? Texts.line(patch.getString("name"), "/name") : meeting.name(),
        patch.containsKey("timeZone") ? zone(patch.getString("timeZone")) : meeting.zone(),
        startsOn,
        endsOn,
        patch.containsKey("hashtags")
            ? Hashtags.read(patch.getJsonArray("hashtags"), "/hashtags")
            : meeting.hashtags(),
        meeting.rules().with(patch.getJsonObject("rules")),
        meeting.look().with(patch.getJsonObject("look")),
        meeting.joinCode(),
        meeting.sample(),
        meeting.createdAt());
  }

  static @Nullable LocalDate date(JsonObject body, String name) {
    String text = body.getString(name);
    try {
      return text == null ? null : LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new Failure.Invalid("/" + name, "no-date", "This is no date such as 2026-08-28.");
    }
  }

  /** Offsets are no time zones: they do not know of summer. */
  private static ZoneId zone(String id) {
    if (!ZoneId.getAvailableZoneIds().contains(id)) {
      throw new Failure.Invalid(
          "/timeZone", "no-zone", "This is no IANA time zone such as Europe/Berlin.");
    }
    return ZoneId.of(id);
  }
}
