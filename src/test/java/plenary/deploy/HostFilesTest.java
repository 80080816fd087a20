package plenary.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plenary.config.KnownVariables;

/** The systemd unit, the Dockerfile and the documents agree with the configuration. */
class HostFilesTest {
  private static final String UNIT = "src/main/dist/systemd/plenary.service";
  private static final String DOCKERFILE = "Dockerfile";
  private static final Map<String, String> KNOWN = KnownVariables.all();

  @ParameterizedTest
  @ValueSource(
      strings = {
        UNIT,
        DOCKERFILE,
        "src/main/dist/bin/plenary",
        "docs/operations.md",
        "SECURITY.md"
      })
  void onlyVariablesThatTheServerKnows(String file) throws IOException {
    List<String> unknown =
        Pattern.compile("\\bPLENARY_[A-Z_]*[A-Z]\\b")
            .matcher(Files.readString(Path.of(file)))
            .results()
            .map(MatchResult::group)
            .filter(name -> !name.equals("PLENARY_SERVICE_HOST"))
            .filter(name -> !KNOWN.containsKey(name))
            .toList();

    assertThat(unknown).isEmpty();
  }

  @Test
  void systemdWaitsForTheDrainAndTheLastCommands() throws IOException {
    int seconds = Integer.parseInt(value("TimeoutStopSec=(\\d+)"));

    assertThat(seconds * 1000)
        .isGreaterThan(number("PLENARY_LIVE_DRAIN_MS") + number("PLENARY_COMMIT_DEADLINE_MS"));
  }

  @Test
  void systemdAllowsAsManyDescriptorsAsThereMayBeConnections() throws IOException {
    assertThat(Integer.parseInt(value("LimitNOFILE=(\\d+)")))
        .isGreaterThan(number("PLENARY_LIMITS_CONNECTION_NODE_MAX"));
  }

  @Test
  void theContainerIsNotRootAndItsImagesAreFixed() throws IOException {
    String dockerfile = Files.readString(Path.of(DOCKERFILE));

    assertThat(dockerfile.substring(dockerfile.lastIndexOf("FROM ")))
        .containsPattern("(?m)^USER [1-9]\\d+$")
        .contains("EXPOSE " + KNOWN.get("PLENARY_HTTP_PORT"));
    assertThat(Pattern.compile("(?m)^FROM (\\S+)").matcher(dockerfile).results())
        .hasSize(2)
        .allMatch(from -> from.group(1).matches(".+:.+") && !from.group(1).endsWith(":latest"));
    assertThat(dockerfile.lines().findFirst().orElseThrow()).contains("Untested");
  }

  private static int number(String variable) {
    return Integer.parseInt(KNOWN.get(variable));
  }

  private static String value(String pattern) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(Path.of(UNIT)))
        .results()
        .findFirst()
        .orElseThrow()
        .group(1);
  }
}
