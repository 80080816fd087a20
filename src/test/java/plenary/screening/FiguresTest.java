package plenary.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * How well the rules do on texts that people labelled; docs/screening.md has the table it prints
 * for the whole files. The bounds hold for the excerpts too.
 */
class FiguresTest {
  private static final TextLimits LIMITS = TextLimits.question(20_000);
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  private static Context alone() {
    return new Context(new Author(new UUID(0, 1), 0, 0), NOW, new RecentTexts());
  }

  private static Set<String> held(String text) {
    Set<String> rules = new LinkedHashSet<>();
    for (Reason reason : Screening.verdict(text, LIMITS, alone()).reasons()) {
      if (reason.effect() != Reason.Effect.NOTE) {
        rules.add(reason.rule());
      }
    }
    return rules;
  }

  private static double share(String what, List<String> texts, Predicate<Set<String>> found) {
    long count = texts.stream().filter(text -> found.test(held(text))).count();
    double share = texts.isEmpty() ? 0 : (double) count / texts.size();
    System.out.printf("| %s | %d of %d | %.1f %% |%n", what, count, texts.size(), 100 * share);
    return share;
  }

  private static List<String> with(List<Corpus.Labelled> texts, String... kinds) {
    return texts.stream()
        .filter(text -> Arrays.stream(kinds).anyMatch(text.kinds()::contains))
        .map(Corpus.Labelled::text)
        .toList();
  }

  private static List<String> clean(List<Corpus.Labelled> texts) {
    return texts.stream()
        .filter(text -> text.kinds().isEmpty())
        .map(Corpus.Labelled::text)
        .toList();
  }

  @Test
  void hardlyAnyGenuineQuestionWaits() {
    Predicate<Set<String>> any = rules -> !rules.isEmpty();
    assertThat(share("MedQuAD, questions of the public", Corpus.questions(), any)).isLessThan(0.01);
    assertThat(share("PubMedQA, titles", Corpus.titles(), any)).isLessThan(0.01);
    Set<String> asked = new LinkedHashSet<>();
    Corpus.pairs().forEach(pair -> asked.addAll(List.of(pair.one(), pair.other())));
    assertThat(share("RQE, questions of physicians", List.copyOf(asked), any)).isLessThan(0.01);
    assertThat(share("ASQ-PHI, queries without identifiers", clean(Corpus.queries()), any))
        .isLessThan(0.02);
    assertThat(share("Presidio, sentences without", clean(Corpus.sentences()), any))
        .isLessThan(0.02);
  }

  @Test
  void plainlyVisibleIdentifiersWait() {
    List<Corpus.Labelled> queries = Corpus.queries();
    List<Corpus.Labelled> sentences = Corpus.sentences();
    Predicate<Set<String>> number =
        rules -> rules.contains("record-number") || rules.contains("identity-number");
    assertThat(share("ASQ-PHI, dates", with(queries, "DATE"), rule("exact-date")))
        .isGreaterThan(0.95);
    assertThat(
            share(
                "ASQ-PHI, record and plan numbers",
                with(queries, "MEDICAL_RECORD_NUMBER", "HEALTH_PLAN_BENEFICIARY_NUMBER"),
                number))
        .isGreaterThan(0.95);
    assertThat(share("ASQ-PHI, telephones", with(queries, "PHONE_NUMBER"), rule("phone")))
        .isGreaterThan(0.95);
    assertThat(share("ASQ-PHI, e-mail", with(queries, "EMAIL_ADDRESS"), rule("email")))
        .isGreaterThan(0.95);
    assertThat(
            share(
                "Presidio, cards, IBAN, SSN",
                with(sentences, "CREDIT_CARD", "IBAN_CODE", "US_SSN"),
                number))
        .isGreaterThan(0.95);
    assertThat(share("Presidio, telephones", with(sentences, "PHONE_NUMBER"), rule("phone")))
        .isGreaterThan(0.6);
    assertThat(share("Presidio, e-mail", with(sentences, "EMAIL_ADDRESS"), rule("email")))
        .isGreaterThan(0.95);
    assertThat(
            share(
                "MEDDOCAN, case reports",
                Corpus.reports().stream().map(Corpus.Labelled::text).toList(),
                rules -> !rules.isEmpty()))
        .isEqualTo(1);
  }

  private static Predicate<Set<String>> rule(String id) {
    return rules -> rules.contains(id);
  }

  @Test
  void mostAdvertisingWaits() {
    List<Corpus.Labelled> messages = Corpus.messages();
    Predicate<Set<String>> any = rules -> !rules.isEmpty();
    assertThat(share("SMS, spam, any rule", with(messages, "spam"), any)).isGreaterThan(0.75);
    assertThat(share("SMS, spam, by `spam`", with(messages, "spam"), rule("spam")))
        .isGreaterThan(0.65);
    assertThat(share("SMS, ham, by `spam`", clean(messages), rule("spam"))).isLessThan(0.01);
    share("SMS, ham, any rule", clean(messages), any);
  }

  @Test
  void rewordedQuestionsAreAlikeAndOthersAreNot() {
    int[] found = new int[2];
    int[] all = new int[2];
    for (Corpus.Pair pair : Corpus.pairs()) {
      Sketch one = Sketch.of(Token.of(pair.one()));
      Sketch other = Sketch.of(Token.of(pair.other()));
      int label = pair.same() ? 1 : 0;
      all[label]++;
      found[label] += one.likeness(other) >= RecentTexts.ALIKE ? 1 : 0;
    }
    System.out.printf("| RQE, reworded: alike | %d of %d |%n", found[1], all[1]);
    System.out.printf("| RQE, unrelated: alike | %d of %d |%n", found[0], all[0]);
    assertThat((double) found[1] / all[1]).isGreaterThan(0.4);
    assertThat((double) found[0] / all[0]).isLessThan(0.01);
  }

  @Test
  void manyQuestionsOfOneMouldAreNoCampaign() {
    RecentTexts recent = new RecentTexts();
    int coordinated = 0;
    long second = 0;
    for (String text : Corpus.questions()) {
      UUID author = new UUID(1, second);
      Instant now = NOW.plusSeconds(second++);
      Context context = new Context(new Author(author, 0, 0), now, recent);
      coordinated +=
          Screening.verdict(text, LIMITS, context).reasons().stream()
                  .anyMatch(reason -> reason.rule().equals("coordinated"))
              ? 1
              : 0;
      recent.add(author, author, now, text);
    }
    System.out.printf("| MedQuAD, one each: coordinated | %d of %d |%n", coordinated, second);
    assertThat((double) coordinated / second).isLessThan(0.01);
  }

  /** Printed, not judged: a machine may be busy. */
  @Test
  void theTimeOfAVerdict() {
    RecentTexts full = new RecentTexts();
    List<String> texts = new ArrayList<>(Corpus.questions());
    Corpus.queries().forEach(query -> texts.add(query.text()));
    for (int i = 0; i < texts.size(); i++) {
      full.add(new UUID(1, i), new UUID(2, i), NOW, texts.get(i));
    }
    Context context = new Context(new Author(new UUID(0, 1), 0, 0), NOW, full);
    var threads = ManagementFactory.getThreadMXBean();
    for (int round = 0; round < 3; round++) {
      long[] nanos = new long[texts.size()];
      for (int i = 0; i < nanos.length; i++) {
        long start = threads.getCurrentThreadCpuTime();
        Screening.verdict(texts.get(i), LIMITS, context);
        nanos[i] = threads.getCurrentThreadCpuTime() - start;
      }
      Arrays.sort(nanos);
      System.out.printf(
          "| Time of a verdict, round %d: median, p99 | %d µs, %d µs |%n",
          round, nanos[nanos.length / 2] / 1_000, nanos[nanos.length * 99 / 100] / 1_000);
    }
  }
}
