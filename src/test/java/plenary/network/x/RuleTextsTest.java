package plenary.network.x;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import plenary.hashtag.Tags;

class RuleTextsTest {
  @Test
  void hashtagsAreOneRuleWithoutReposts() {
    assertThat(RuleTexts.of(List.of("esc26", "acc26"), List.of(), 1_024))
        .containsExactly("(#acc26 OR #esc26) -is:retweet");
    assertThat(RuleTexts.of(List.of(), List.of(), 1_024)).isEmpty();
  }

  @Test
  void manyHashtagsAreSeveralRulesOfTheLengthThatXTakes() {
    List<String> keys = IntStream.range(0, 300).mapToObj(i -> "hashtag" + i).toList();
    List<String> texts = RuleTexts.of(keys, List.of(), RuleTexts.QUERY_MAX);

    assertThat(texts)
        .hasSizeGreaterThan(5)
        .allSatisfy(text -> assertThat(text.length()).isLessThanOrEqualTo(512));
    assertThat(String.join(" ", texts))
        .contains(keys.stream().map(key -> "#" + key + " ").toList().get(299).strip());
    assertThat(texts.stream().mapToLong(text -> text.chars().filter(c -> c == '#').count()).sum())
        .isEqualTo(300);
  }

  @Test
  void hashtagsAreAskedForAsTheyWereWritten() {
    Set<String> tags =
        Tags.spellings(List.of("Straße", "STRASSE", "Müller", "İstanbul", "心臓", "قلب", "ＡＣＣ26"));
    assertThat(RuleTexts.of(tags, List.of(), 1_024))
        .containsExactly(
            "(#ACC26 OR #Müller OR #STRASSE OR #Straße OR #İstanbul OR #قلب OR #心臓 OR #ＡＣＣ26)"
                + " -is:retweet");
  }

  @Test
  void answersAreAskedForByTheConversation() {
    assertThat(RuleTexts.of(List.of("acc26"), List.of("200", "100"), 1_024))
        .containsExactly("(#acc26 OR conversation_id:100 OR conversation_id:200) -is:retweet");
  }

  @Test
  void whatIsNoHashtagOnXBecomesNoOperator() {
    List<String> tags = List.of("a b", "x) OR from:me", "2026", "straße", "心臓");
    assertThat(RuleTexts.of(tags, List.of("1 OR from:me"), 1_024))
        .containsExactly("(#straße OR #心臓) -is:retweet");
  }

  /** The example of X's page "Creating a signature". */
  @Test
  void aRequestIsSignedAsXShowsIt() {
    OAuth1.Keys keys =
        new OAuth1.Keys(
            "xvz1evFS4wEEPTGEFPHBog",
            "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
            "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
            "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE");
    OAuth1 signer =
        new OAuth1(
            keys,
            () -> Instant.ofEpochSecond(1_318_622_958),
            () -> "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg");

    assertThat(
            signer.authorization(
                HttpMethod.POST,
                "https://api.twitter.com/1.1/statuses/update.json",
                Map.of(
                    "include_entities", "true",
                    "status", "Hello Ladies + Gentlemen, a signed OAuth request!")))
        .contains("oauth_signature=\"hCtSmYh%2BiHYCEqBWrE7C7hYmtUk%3D\"");
    assertThat(keys.toString()).doesNotContain("Lsww");
  }
}
