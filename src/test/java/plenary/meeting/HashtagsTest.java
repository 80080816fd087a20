package plenary.meeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import java.util.List;
import org.junit.jupiter.api.Test;
import plenary.problem.Failure;

class HashtagsTest {
  @Test
  void hashtagsAreKeptWithoutTheirSignEachOnce() {
    JsonArray list = JsonArray.of("#ESCCongress", "＃心臓", "esccongress", " heart_failure ");
    assertThat(Hashtags.read(list, "/hashtags"))
        .isEqualTo(List.of("ESCCongress", "心臓", "heart_failure"));
  }

  @Test
  void hashtagsOfEveryScriptAreTaken() {
    JsonArray list = JsonArray.of("#हृदय", "#قلب", "#сердце");
    assertThat(Hashtags.read(list, "/hashtags")).containsExactly("हृदय", "قلب", "сердце");
  }

  @Test
  void somethingElseIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> Hashtags.read(JsonArray.of("ok", "not-a-tag!"), "/hashtags"))
        .isInstanceOfSatisfying(
            Failure.Invalid.class,
            refused -> assertThat(refused.members().toString()).contains("/hashtags/1"));
  }
}
