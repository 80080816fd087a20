package plenary.network;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What operators see of the networks. Labels are networks, never accounts: of several the worst
 * shows. Any thread.
 */
public final class NetworkMeters {
  private final MeterRegistry registry;
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();
  private final Map<String, AtomicReference<Double>> gauges = new ConcurrentHashMap<>();

  public NetworkMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  void posts(Network network, int fresh, int changed) {
    count("plenary.network.posts", "posts that were stored", network, "new", fresh);
    count("plenary.network.posts", "posts that were stored", network, "changed", changed);
  }

  void gap(Network network) {
    counter("plenary.network.gaps", "stretches in which posts may be missing", network).increment();
  }

  void reconnected(Network network) {
    counter("plenary.network.reconnects", "connections that were made again", network).increment();
  }

  void delivered(Network network, String outcome, int posts) {
    count("plenary.network.delivered", "posts that sessions were told", network, outcome, posts);
  }

  void lag(Account account, Duration lag) {
    gauge("plenary.network.lag.seconds", "age of the newest post when it arrived", account)
        .set(lag.toMillis() / 1000.0);
  }

  void headroom(Account account, long remaining) {
    gauge("plenary.network.ratelimit.remaining", "calls that the network still allows", account)
        .set((double) remaining);
  }

  void spent(Account account, long micros) {
    gauge("plenary.network.spend.dollars", "spent this month", account).set(micros / 1e6);
  }

  private Counter counter(String name, String description, Network network) {
    return counters.computeIfAbsent(
        name + network,
        any ->
            Counter.builder(name)
                .description(description)
                .tag("network", network.id())
                .register(registry));
  }

  private void count(String name, String description, Network network, String outcome, int by) {
    counters
        .computeIfAbsent(
            name + network + outcome,
            any ->
                Counter.builder(name)
                    .description(description)
                    .tags("network", network.id(), "outcome", outcome)
                    .register(registry))
        .increment(by);
  }

  private AtomicReference<Double> gauge(String name, String description, Account account) {
    String network = account.network().id();
    return gauges.computeIfAbsent(
        name + network,
        any -> {
          AtomicReference<Double> value = new AtomicReference<>(0.0);
          Gauge.builder(name, value, AtomicReference::get)
              .description(description)
              .tag("network", network)
              .strongReference(true)
              .register(registry);
          return value;
        });
  }
}
