package plenary.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PhrasesTest {
  private static final JsonObject FORMS =
      new JsonObject(
          """
          {"n": {"zero": "zero", "one": "one", "two": "two", "few": "few", "many": "many",
                 "other": "other"},
           "votes": {"one": "{n} vote", "other": "{n} votes"},
           "age.now": "now", "age.minutes": "{n} min", "age.hours": "{n} h",
           "age.days": {"one": "{n} day", "other": "{n} days"}}
          """);

  @Test
  void eachLanguageHasThePluralFormsOfItsBrowsers() {
    assertThat(forms("en", 0, 1, 2)).isEqualTo("other one other");
    assertThat(forms("de", 0, 1, 2)).isEqualTo("other one other");
    assertThat(forms("fr", 0, 1, 2)).isEqualTo("one one other");
    assertThat(forms("ar", 0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111))
        .isEqualTo("zero one two few few many many other other few many");
  }

  @Test
  void numbersAreWrittenAsTheLanguageDoesWithOneKindOfDigits() {
    assertThat(new Phrases(FORMS, "en").of("votes", 1_200)).isEqualTo("1,200 votes");
    assertThat(new Phrases(FORMS, "de").of("votes", 1_200)).isEqualTo("1.200 votes");
    assertThat(new Phrases(FORMS, "ar").number(27)).isEqualTo("27");
  }

  @Test
  void agesAreNoMorePreciseThanPeopleNeed() {
    Phrases words = new Phrases(FORMS, "en");

    assertThat(words.age(Duration.ofSeconds(-5))).isEqualTo("now");
    assertThat(words.age(Duration.ofSeconds(59))).isEqualTo("now");
    assertThat(words.age(Duration.ofMinutes(59))).isEqualTo("59 min");
    assertThat(words.age(Duration.ofHours(47))).isEqualTo("47 h");
    assertThat(words.age(Duration.ofHours(49))).isEqualTo("2 days");
  }

  private static String forms(String language, long... numbers) {
    Phrases phrases = new Phrases(FORMS, language);
    return String.join(" ", LongStream.of(numbers).mapToObj(n -> phrases.of("n", n)).toList());
  }
}
