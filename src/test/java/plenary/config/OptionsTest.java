package plenary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import plenary.config.Options.Action;

class OptionsTest {
  @Test
  void withoutArgumentsTheServerStarts() {
    assertThat(parse()).isEqualTo(new Options(Action.SERVE, false, null));
  }

  @Test
  void eachOptionIsUnderstood() {
    assertThat(parse("--demo")).isEqualTo(new Options(Action.SERVE, true, null));
    assertThat(parse("--check-config").action()).isEqualTo(Action.CHECK_CONFIG);
    assertThat(parse("--sign-in-link").action()).isEqualTo(Action.SIGN_IN_LINK);
    assertThat(parse("--help").action()).isEqualTo(Action.HELP);
    assertThat(parse("--backup", "a")).isEqualTo(new Options(Action.BACKUP, false, Path.of("a")));
    assertThat(parse("--restore", "a")).isEqualTo(new Options(Action.RESTORE, false, Path.of("a")));
  }

  @Test
  void anUnknownOptionIsRefusedWithTheNearestOne() {
    assertRefused("did you mean --restore?", "--restor", "x");
    assertRefused("There is no option serve", "serve");
  }

  @Test
  void anArchiveNeedsAName() {
    assertRefused("--backup needs the name of a file", "--backup");
    assertRefused("--restore needs the name of a file", "--restore", "--demo");
  }

  @Test
  void twoActionsDoNotGoTogether() {
    assertRefused("one thing at a time", "--backup", "a", "--restore", "a");
    assertRefused("--demo only goes with starting", "--demo", "--check-config");
  }

  @Test
  void helpNamesEveryOption() {
    assertThat(Options.HELP)
        .contains("--demo", "--check-config", "--sign-in-link", "--backup", "--restore");
  }

  private static Options parse(String... args) {
    return Options.parse(args);
  }

  private static void assertRefused(String sentence, String... args) {
    assertThatThrownBy(() -> parse(args))
        .isInstanceOf(Mistakes.class)
        .hasMessageContaining(sentence);
  }
}
