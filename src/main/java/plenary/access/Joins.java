package plenary.access;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import plenary.database.Database;
import plenary.database.Ids;
import plenary.database.Outages;
import plenary.identity.Participant;
import plenary.identity.Principal;
import plenary.meeting.Anonymity;
import plenary.meeting.JoinCodes;
import plenary.meeting.Places;
import plenary.meeting.Places.Place;
import plenary.problem.Failure;

/** How a hall gets in: by a code, without an account, each browser as one participant. */
final class Joins {
  private final Database database;
  private final Places places;
  private final Principals principals;
  private final SignIns signIns;
  private final Guesses guesses;
  private final Newcomers newcomers;
  private final InstantSource time;

  Joins(
      Database database,
      Places places,
      Principals principals,
      SignIns signIns,
      Guesses guesses,
      InstantSource time) {
    this.database = database;
    this.places = places;
    this.principals = principals;
    this.signIns = signIns;
    this.guesses = guesses;
    this.newcomers = new Newcomers(database);
    this.time = time;
  }

  /**
   * Where a code leads.
   *
   * @param typed as somebody typed it
   * @param network whose wrong codes are counted together
   */
  Future<Place> find(String typed, String network) {
    Optional<String> code = JoinCodes.read(typed);
    if (code.isEmpty()) {
      return Future.failedFuture(new Failure.NotFound("code"));
    }
    guesses.admit(network);
    AtomicBoolean lookedUp = new AtomicBoolean();
    return places
        .at(
            code.get(),
            () -> {
              guesses.begin(network);
              lookedUp.set(true);
            })
        .map(
            found -> {
              if (found.isEmpty()) {
                guesses.wrong(network);
                throw new Failure.NotFound("code");
              }
              if (lookedUp.get()) {
                guesses.right();
              }
              return found.get();
            });
  }

  /**
   * Somebody who joined.
   *
   * @param token the caller's from now on
   * @param issued the token with its life, when it is a new one
   */
  record Joined(
      Place place, Participant participant, String token, SignIns.@Nullable Issued issued) {}

  /**
   * Joins the meeting of a place, or says who the caller is there already.
   *
   * @param name what the caller wants to be called; kept where the meeting allows names
   * @param presented the token the caller came with
   * @param caller who that is
   */
  Future<Joined> join(
      Place place, @Nullable String name, @Nullable String presented, Principal caller) {
    if (place.isAhead()) {
      return Future.failedFuture(
          new Failure.Conflict(
              "not-open",
              "This session is not open yet.",
              place.sessions().getFirst().toJson(place.meeting())));
    }
    Anonymity anonymity = place.meeting().rules().anonymity();
    String called =
        name == null || anonymity == Anonymity.ANONYMOUS ? null : Names.participant(name);
    UUID meeting = place.meeting().id();
    Optional<Participant> there = caller.participant(meeting);
    if (called == null && anonymity == Anonymity.NAMED && there.map(Participant::name).isEmpty()) {
      throw new Failure.Invalid("/name", "name-needed", "This meeting asks everybody for a name.");
    }
    if (there.isPresent() && presented != null) {
      return again(place, there.get(), called, presented, caller);
    }
    Participant wanted = new Participant(Ids.next(), meeting, called);
    return told(
        caller.isNobody()
            ? newcomer(place, wanted)
            : also(place, wanted, Objects.requireNonNull(presented), caller));
  }

  private Future<Joined> again(
      Place place, Participant there, @Nullable String called, String presented, Principal caller) {
    if (called == null || called.equals(there.name())) {
      return Future.succeededFuture(new Joined(place, there, presented, null));
    }
    Participant renamed = new Participant(there.id(), there.meeting(), called);
    return told(ParticipantStore.rename(database.pool(), there.id(), called))
        .map(
            done -> {
              principals.forget(Objects.requireNonNull(caller.signIn()));
              return new Joined(place, renamed, presented, null);
            });
  }

  private Future<Joined> newcomer(Place place, Participant wanted) {
    Instant now = time.instant();
    UUID signIn = Ids.next();
    String token = Token.random();
    SignIns.Issued issued = new SignIns.Issued(token, signIn, place.participantsUntil(now), true);
    return newcomers
        .store(new Newcomers.Newcomer(wanted, signIn, Token.hash(token), now, issued.expiresAt()))
        .map(
            done -> {
              principals.expect(
                  token, new Principal(signIn, List.of(), Map.of(wanted.meeting(), wanted)));
              return new Joined(place, wanted, token, issued);
            });
  }

  private Future<Joined> also(Place place, Participant wanted, String presented, Principal caller) {
    Instant now = time.instant();
    return database
        .transaction(
            sql ->
                signIns
                    .forParticipant(sql, presented, now, place.participantsUntil(now))
                    .compose(
                        issued ->
                            ParticipantStore.join(sql, wanted, issued.signIn(), now)
                                .map(
                                    participant ->
                                        new Joined(place, participant, issued.token(), issued))))
        .map(
            joined -> {
              principals.forget(Objects.requireNonNull(caller.signIn()));
              return joined;
            });
  }

  private static <T> Future<T> told(Future<T> result) {
    return result.recover(error -> Future.failedFuture(Outages.told(error)));
  }
}
