package plenary.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plenary.problem.Failure;

class NamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Moderator",
        "  MODERATOR ",
        "M o d e r a t o r",
        "Мoderаtor",
        "m0derator",
        "Modérateur",
        "Moderator 2",
        "Moderator\u200b",
        "\u202eModerator",
        "Organizer",
        "staff!"
      })
  void aNameThatLooksLikeARoleIsRefused(String name) {
    assertThatThrownBy(() -> Names.participant(name)).isInstanceOf(Failure.Invalid.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Anna Lindqvist", "李小龍", "Žofia", "Анна", "Mod", "Ann-Marie O'Neil", "Anna Host"})
  void namesOfPeopleAreTaken(String name) {
    assertThat(Names.participant(name)).isEqualTo(name);
  }

  @Test
  void anEmptyNameIsRefused() {
    assertThatThrownBy(() -> Names.participant(" \u200b ")).isInstanceOf(Failure.Invalid.class);
  }

  @Test
  void aLongNameIsRefused() {
    assertThatThrownBy(() -> Names.participant("ab ".repeat(30)))
        .isInstanceOf(Failure.Invalid.class);
  }
}
