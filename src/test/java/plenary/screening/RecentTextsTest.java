package plenary.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rules that look at several texts of a session. */
class RecentTextsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final String CAMPAIGN =
      "Why does the society still refuse to publish the industry payments of its guideline"
          + " authors?";

  private final RecentTexts recent = new RecentTexts();
  private int sent;

  private void said(int author, String text) {
    recent.add(new UUID(1, sent++), new UUID(2, author), NOW, text);
  }

  private Verdict verdict(int author, String text, Instant at) {
    Context context = new Context(new Author(new UUID(2, author), 0, 0), at, recent);
    return Screening.verdict(text, TextLimits.question(500), context);
  }

  private static List<String> rules(Verdict verdict) {
    return verdict.reasons().stream().map(Reason::rule).toList();
  }

  @Test
  void aRewordedQuestionIsNotedAndDoesNotWait() {
    said(1, "Does the SGLT2 inhibitor benefit hold in dialysis patients?");
    Verdict verdict =
        verdict(2, "does the benefit of SGLT2 inhibitors hold in dialysis patients", NOW);
    assertThat(rules(verdict)).containsExactly("near-duplicate");
    assertThat(verdict.holds()).isFalse();
    assertThat(rules(verdict(2, "Does the benefit hold in children with asthma?", NOW))).isEmpty();
  }

  @Test
  void theThirdOfOneAuthorWaits() {
    said(1, "When will we hear about iron in heart failure?");
    assertThat(verdict(1, "When will we hear about iron in heart failure??", NOW).holds())
        .isFalse();
    said(1, "When will we hear about iron in heart failure??");
    assertThat(verdict(1, "when will we hear about iron in heart failure!", NOW).holds()).isTrue();
  }

  @Test
  void theSameWordsOfThreePeopleWait() {
    said(1, CAMPAIGN);
    said(2, CAMPAIGN + " #shame");
    assertThat(rules(verdict(3, CAMPAIGN.replace("Why does", "why does"), NOW)))
        .containsExactly("near-duplicate", "coordinated");
    assertThat(verdict(3, CAMPAIGN, NOW).holds()).isTrue();
    assertThat(verdict(2, CAMPAIGN, NOW).holds()).as("one other is no campaign").isFalse();
  }

  @Test
  void whatComesToEverybodysMindIsNoCampaign() {
    for (int author = 0; author < 8; author++) {
      said(author, "Will the slides be online?");
    }
    assertThat(verdict(9, "Will the slides be online?", NOW).holds()).isFalse();
  }

  @Test
  void aLinkNobodyHadSeenWaitsFromTheThirdPersonOn() {
    said(1, "Look at https://miracle-cure.example.com/a");
    said(2, "So much better: www.miracle-cure.example.com/b?x=1");
    said(1, "https://doi.org/10.1000/1");
    said(2, "see https://doi.org/10.1000/2");
    assertThat(rules(verdict(3, "Have you seen miracle-cure.example.com already", NOW)))
        .containsExactly("shared-link");
    assertThat(rules(verdict(3, "And doi.org/10.1000/3 ?", NOW))).doesNotContain("shared-link");
    assertThat(rules(verdict(2, "miracle-cure.example.com again", NOW)))
        .doesNotContain("shared-link");
  }

  @Test
  void pagesOfSharedSitesAreToldApart() {
    said(1, "https://youtu.be/aaa is good");
    said(2, "the film https://youtu.be/bbb");
    assertThat(rules(verdict(3, "my talk https://youtu.be/ccc", NOW)))
        .doesNotContain("shared-link");
  }

  @Test
  void afterTheWindowAllIsForgiven() {
    said(1, CAMPAIGN);
    said(2, CAMPAIGN);
    said(1, "https://news.example.org/x is out");
    said(2, "read https://news.example.org/y today");
    Instant later = NOW.plus(RecentTexts.WINDOW).plusSeconds(1);
    assertThat(verdict(3, CAMPAIGN, later).reasons()).isEmpty();
    assertThat(verdict(3, "https://news.example.org/z as well", later).reasons()).isEmpty();
  }

  @Test
  void whomTheHallKnowsMayRepeatAndLink() {
    said(1, CAMPAIGN);
    said(2, CAMPAIGN);
    Context known = new Context(new Author(new UUID(2, 3), 1, 0), NOW, recent);
    assertThat(Screening.verdict(CAMPAIGN, TextLimits.question(500), known).holds()).isFalse();
  }

  @Test
  void aTextIsRememberedOnce() {
    UUID id = new UUID(1, 99);
    recent.add(id, new UUID(2, 1), NOW, CAMPAIGN);
    recent.add(id, new UUID(2, 2), NOW, CAMPAIGN);
    assertThat(rules(verdict(3, CAMPAIGN, NOW))).containsExactly("near-duplicate");
    recent.clear();
    assertThat(verdict(3, CAMPAIGN, NOW).reasons()).isEmpty();
  }

  @Test
  void aFloodStaysWithinItsBoundAndOldestGoesFirst() {
    said(1, CAMPAIGN);
    for (int i = 0; i < 10_000; i++) {
      recent.add(
          new UUID(3, i),
          new UUID(4, i),
          NOW.plus(Duration.ofMillis(i)),
          "flood" + i + " of" + i * 7 + " words https://host" + i + ".example.com/" + i);
    }
    assertThat(recent.size()).isLessThanOrEqualTo(256 + 256 + 1_024);
    assertThat(verdict(2, CAMPAIGN, NOW.plusSeconds(20)).reasons()).isEmpty();
  }

  @Test
  void aFloodOfCopiesPushesNothingOut() {
    said(1, "Does the benefit hold in dialysis patients?");
    for (int i = 0; i < 2_000; i++) {
      said(100 + i, CAMPAIGN);
    }
    assertThat(rules(verdict(2, "does the benefit hold in dialysis patients", NOW)))
        .containsExactly("near-duplicate");
  }
}
