package plenary.meeting.agenda;

import static org.assertj.core.api.Assertions.assertThat;
import static plenary.meeting.agenda.AgendaFiles.BERLIN;
import static plenary.meeting.agenda.AgendaFiles.excerpt;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import plenary.problem.Failure;

/** Whatever the bytes are, the answer is a valid agenda or a failure, and it comes soon. */
class BrokenAgendasTest {
  private static final int TRUNCATIONS = 100;
  private static final int MUTATIONS = 150;
  private static final long NANOS_MAX = 1_000_000_000L;

  @SuppressWarnings("unused")
  private static final List<String> AGENDAS = AgendaFiles.AGENDAS;

  @ParameterizedTest
  @FieldSource("AGENDAS")
  void aTruncatedFileIsRefusedWithItsPlace(String name) {
    byte[] whole = excerpt(name);
    int step = Math.max(1, whole.length / TRUNCATIONS);
    for (int length = 1; length < whole.length - 2; length += step) {
      Failure failure = readOrRefuse(Arrays.copyOf(whole, length), name, "length " + length);
      if (!name.endsWith(".csv")) {
        assertThat(failure).as("%s cut at %d", name, length).isNotNull();
        assertThat(failure.status()).as("%s cut at %d", name, length).isEqualTo(400);
        assertThat(failure.detail()).matches("(?s).*([Ll]ine|Byte|byte) \\d.*");
      }
    }
  }

  @ParameterizedTest
  @FieldSource("AGENDAS")
  void aMutatedFileIsReadOrRefused(String name) {
    long seed = Long.getLong("plenary.seed", System.nanoTime());
    System.out.println("BrokenAgendasTest " + name + " -Dplenary.seed=" + seed);
    Random random = new Random(seed);
    byte[] whole = excerpt(name);
    for (int i = 0; i < MUTATIONS; i++) {
      readOrRefuse(mutated(whole, random), name, "seed " + seed + ", mutation " + i);
    }
  }

  private static byte[] mutated(byte[] whole, Random random) {
    byte[] body = whole.clone();
    int changes = 1 + random.nextInt(4);
    byte[] marks = "\"{}[]<>&;:,\\/=-+T0919 \n\0\ufffd".getBytes(StandardCharsets.UTF_8);
    for (int c = 0; c < changes; c++) {
      int at = random.nextInt(body.length);
      switch (random.nextInt(4)) {
        case 0 -> body[at] = (byte) random.nextInt(256);
        case 1 -> body[at] = marks[random.nextInt(marks.length)];
        case 2 -> {
          int to = Math.min(body.length, at + 1 + random.nextInt(40));
          byte[] shorter = new byte[body.length - (to - at)];
          System.arraycopy(body, 0, shorter, 0, at);
          System.arraycopy(body, to, shorter, at, body.length - to);
          body = shorter;
        }
        default -> {
          int from = random.nextInt(body.length);
          int length = Math.min(random.nextInt(60), body.length - Math.max(from, at));
          System.arraycopy(body, from, body, at, length);
        }
      }
    }
    return body;
  }

  /** Null when it was read; anything but a failure of the right kinds fails the test. */
  private static Failure readOrRefuse(byte[] body, String name, String what) {
    var threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    Failure refused = null;
    try {
      assertValid(AgendaReader.read(body, null, name, BERLIN));
    } catch (Failure failure) {
      assertThat(failure.status()).as("%s, %s", name, what).isIn(400, 415, 422);
      assertThat(failure.detail()).isNotBlank().hasSizeLessThan(700);
      refused = failure;
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(name + ", " + what, e);
    }
    assertThat(threads.getCurrentThreadCpuTime() - before).isLessThan(NANOS_MAX);
    return refused;
  }

  static void assertValid(Agenda agenda) {
    assertThat(agenda.items()).hasSizeLessThanOrEqualTo(AgendaReader.ITEMS_MAX);
    assertThat(agenda.warnings()).hasSizeLessThanOrEqualTo(AgendaReader.WARNINGS_MAX);
    Set<String> ids = new HashSet<>();
    for (Item item : agenda.items()) {
      assertThat(ids.add(item.externalId())).as("unique id %s", item.externalId()).isTrue();
      assertThat(item.title()).isNotBlank().hasSizeLessThanOrEqualTo(AgendaReader.TITLE_CHARS_MAX);
      if (item.abstractText() != null) {
        assertThat(item.abstractText()).hasSizeLessThanOrEqualTo(AgendaReader.ABSTRACT_CHARS_MAX);
        assertThat(item.abstractText()).doesNotContain("<script", "<img", "\0", "\r");
      }
      if (item.endsAt() != null) {
        assertThat(item.endsAt()).isAfter(item.startsAt());
      }
    }
  }
}
