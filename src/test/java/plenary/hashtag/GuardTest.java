package plenary.hashtag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Posts that mean something else by the same hashtag. */
class GuardTest {
  private static final List<String> TAGS = List.of("acc26");

  private static Guard topics(String... topics) {
    return new Guard(List.of(), false, List.of(topics));
  }

  @Test
  void withoutAGuardEverythingIsLetIn() {
    assertThat(Guard.OPEN.admits(TAGS, false, "Go Tar Heels! #ACC26")).isTrue();
  }

  @Test
  void oneOfTheThreeIsEnough() {
    Guard guard = new Guard(List.of("#CardioTwitter"), true, List.of("heart"));
    assertThat(guard.admits(TAGS, false, "Go Tar Heels!")).isFalse();
    assertThat(guard.admits(List.of("acc26", "cardiotwitter"), false, "Go!")).isTrue();
    assertThat(guard.admits(TAGS, true, "Go!")).isTrue();
    assertThat(guard.admits(TAGS, false, "Heart failure")).isTrue();
  }

  @Test
  void aKnownWriterIsNotEnoughWhereThatIsNotAskedFor() {
    assertThat(topics("heart").admits(TAGS, true, "Go!")).isFalse();
  }

  @Test
  void aTopicIsAWholeWordOfAnyScript() {
    assertThat(topics("art").admits(TAGS, false, "heart")).isFalse();
    assertThat(topics("heart failure").admits(TAGS, false, "HEART FAILURE!")).isTrue();
    assertThat(topics("cardio*").admits(TAGS, false, "(Cardiology)")).isTrue();
    assertThat(topics("cardio").admits(TAGS, false, "Cardiology")).isFalse();
    assertThat(topics("herzgröße").admits(TAGS, false, "HERZGRÖSSE")).isTrue();
    assertThat(topics("心不全").admits(TAGS, false, "今日は心不全の話")).isTrue();
    assertThat(topics("قلب").admits(TAGS, false, "فشل القلب")).isFalse();
    assertThat(topics("*").admits(TAGS, false, "anything")).isFalse();
  }
}
