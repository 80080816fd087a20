package plenary.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * What the edge measures; the live engine has meters of its own, and {@code docs/operations.md}
 * lists all of them. Labels have few values, which the code names: never an id, a path, an address
 * or a text. Any thread.
 */
public final class Meters {
  /** Around the targets: a question reaches the moderator in 10 ms, a vote is durable in 150 ms. */
  private static final Duration[] TIMES = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(150),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5)
  };

  /** The operations by which somebody comes in, and what the log-in is called. */
  private static final Map<String, String> LOGINS =
      Map.of("setup", "setup", "acceptInvitation", "invitation", "join", "join");

  private final MeterRegistry registry;
  private final Map<String, Counter> commands = new ConcurrentHashMap<>();
  private final Map<String, Counter> refusals = new ConcurrentHashMap<>();
  private final Map<String, Counter> logins = new ConcurrentHashMap<>();
  private final Map<String, Timer> times = new ConcurrentHashMap<>();

  public Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * An operation of the contract was answered.
   *
   * @param operation its id in the contract
   * @param status of the answer
   * @param nanos from the request to the answer
   */
  public void answered(String operation, int status, long nanos) {
    String outcome = outcome(status);
    commands
        .computeIfAbsent(operation + '|' + outcome, key -> commandCounter(operation, outcome))
        .increment();
    times.computeIfAbsent(operation, this::commandTimer).record(nanos, TimeUnit.NANOSECONDS);
    if (status == 429 || status == 503) {
      refused(outcome);
    }
    String login = LOGINS.get(operation);
    if (login != null) {
      login(login, status < 400 ? "ok" : "failed");
    }
  }

  /** Something was refused to protect the rest; the reason is the name of the limit. */
  public void refused(String reason) {
    refusals
        .computeIfAbsent(
            reason,
            key ->
                Counter.builder("plenary.refusals")
                    .description("requests and streams that were refused to protect the rest")
                    .tag("reason", reason)
                    .register(registry))
        .increment();
  }

  /** Whether the database answers, as a gauge of 1 and 0. */
  public void databaseUp(BooleanSupplier up) {
    Gauge.builder("plenary.database.up", up, answers -> answers.getAsBoolean() ? 1 : 0)
        .description("1 while the database answers")
        .strongReference(true)
        .register(registry);
  }

  private void login(String kind, String outcome) {
    logins
        .computeIfAbsent(
            kind + '|' + outcome,
            key ->
                Counter.builder("plenary.logins")
                    .description("people who came in, or tried to")
                    .tags("kind", kind, "outcome", outcome)
                    .register(registry))
        .increment();
  }

  private Counter commandCounter(String operation, String outcome) {
    return Counter.builder("plenary.commands")
        .description("operations of the contract that were answered")
        .tags("kind", operation, "outcome", outcome)
        .register(registry);
  }

  private Timer commandTimer(String operation) {
    return Timer.builder("plenary.command.time")
        .description("from the request to the answer")
        .tag("kind", operation)
        .serviceLevelObjectives(TIMES)
        .register(registry);
  }

  private static String outcome(int status) {
    return switch (status) {
      case 400, 413, 415, 422 -> "invalid";
      case 401, 403 -> "forbidden";
      case 404 -> "not-found";
      case 409 -> "conflict";
      case 429 -> "too-many";
      case 503 -> "unavailable";
      default -> status < 400 ? "ok" : status < 500 ? "refused" : "failed";
    };
  }
}
