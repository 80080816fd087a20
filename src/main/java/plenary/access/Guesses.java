package plenary.access;

import java.time.Duration;
import java.util.function.LongSupplier;
import plenary.problem.Failure;
import plenary.web.RateLimits;

/**
 * The price of wrong join codes. All addresses together have a budget of wrong codes per second,
 * because an attacker has many addresses and a hall has one. When it is used up, those who guessed
 * wrong lately wait, longer and longer while it lasts; an address without a wrong guess still gets
 * its answer, so that nobody can close a hall's door from outside. Thread-safe.
 */
final class Guesses {
  private static final int ADDRESSES_MAX = 20_000;

  /**
   * Look-ups of one address per second and at once. Codes in use are remembered, so a hall costs a
   * few look-ups a second and those of its people who mistype.
   */
  private static final double PER_ADDRESS = 10;

  private static final double BURST_PER_ADDRESS = 60;

  /** How long an address that guessed wrong is one that did so lately. */
  private static final double LATELY_SECONDS = 10;

  private static final double BURST_SECONDS = 3;
  private static final long DELAY_SECONDS_MAX = 60;

  private final double perSecond;
  private final LongSupplier nanos;
  private final RateLimits perAddress;
  private final RateLimits lately;
  private double tokens;
  private long at;
  private long refused;

  Guesses(double perSecond, LongSupplier nanos) {
    this.perSecond = perSecond;
    this.nanos = nanos;
    this.perAddress = new RateLimits(PER_ADDRESS, BURST_PER_ADDRESS, ADDRESSES_MAX, nanos);
    this.lately = new RateLimits(1 / LATELY_SECONDS, 1, ADDRESSES_MAX, nanos);
    this.tokens = perSecond * BURST_SECONDS;
    this.at = nanos.getAsLong();
  }

  /**
   * Whether somebody may try a code.
   *
   * @param network the address, or the network it stands for
   * @throws Failure.TooMany when not now
   */
  void admit(String network) {
    long wait = perAddress.waitFor(network);
    if (wait > 0) {
      throw refusal(wait);
    }
    if (isUsedUp() && lately.waitFor(network) > 0) {
      throw refusal(0);
    }
  }

  /**
   * A code has to be looked up. Until it is found it counts as wrong, so that many guesses at once
   * get no more than many in a row.
   *
   * @throws Failure.TooMany when there is no budget left for it
   */
  void begin(String network) {
    if (isUsedUp() && lately.waitFor(network) > 0) {
      throw refusal(0);
    }
    long wait = perAddress.take(network);
    if (wait > 0) {
      throw refusal(wait);
    }
    spend();
  }

  private synchronized void spend() {
    refill();
    tokens -= 1;
  }

  /** The code exists after all. */
  synchronized void right() {
    tokens += 1;
  }

  /** The code was wrong. */
  void wrong(String network) {
    lately.take(network);
  }

  private synchronized boolean isUsedUp() {
    refill();
    return tokens < 1;
  }

  private void refill() {
    long now = nanos.getAsLong();
    double back = (now - at) / 1e9 * perSecond;
    at = now;
    tokens = Math.min(perSecond * BURST_SECONDS, tokens + back);
    if (tokens >= perSecond) {
      refused = 0;
    }
  }

  private synchronized Failure.TooMany refusal(long wait) {
    refused++;
    double seconds = Math.max(wait / 1e9, 1 + refused / perSecond);
    return new Failure.TooMany(
        "Too many codes were wrong. Check the code on the screen and try again in a moment.",
        Duration.ofSeconds(Math.min(DELAY_SECONDS_MAX, Math.round(Math.ceil(seconds)))));
  }
}
