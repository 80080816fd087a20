package plenary.network.x;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** social.md section 1.1, row Cost. */
class MeterTest {
  private static final Instant NOW = Instant.parse("2026-08-29T23:00:00Z");

  private long spent;
  private long limit = 1_000_000;

  private final Meter meter = new Meter(this::spend);
  private final Meter.Pot pot = meter.pot();

  @Test
  void moneyIsReservedBeforeItIsSpent() {
    assertThat(pot.ensure(150_000).result()).isTrue();
    assertThat(spent).isEqualTo(150_000);

    pot.post("1", NOW);
    pot.user("5", NOW);
    assertThat(pot.left()).isEqualTo(135_000);
    assertThat(spent).isEqualTo(150_000);

    assertThat(pot.ensure(150_000).result()).isTrue();
    assertThat(spent).as("what is left counts").isEqualTo(165_000);
  }

  @Test
  void nothingIsReservedBeyondTheLimit() {
    limit = 100_000;
    assertThat(pot.ensure(100_001).result()).isFalse();
    assertThat(spent).isZero();
    assertThat(pot.left()).isZero();
  }

  @Test
  void theSameAgainOnTheSameDayIsFreeForAllPots() {
    pot.post("1", NOW);
    pot.user("5", NOW);
    meter.pot().post("1", NOW.plusSeconds(60));
    assertThat(meter.price(Set.of("1", "2"), NOW)).isEqualTo(5_000);

    pot.post("1", NOW.plusSeconds(60));
    assertThat(pot.left()).isEqualTo(-15_000);

    pot.post("1", NOW.plusSeconds(3_600));
    assertThat(pot.left()).as("another day").isEqualTo(-20_000);
  }

  private Future<Boolean> spend(long micros) {
    boolean within = spent + micros <= limit;
    spent += within ? micros : 0;
    return Future.succeededFuture(within);
  }
}
