package plenary.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The overlays, rendered as an operator would; skipped without kubectl 1.27 or newer. */
class KustomizeTest {
  private static final Pattern VERSION = Pattern.compile("Client Version: v1\\.(\\d+)");

  @BeforeAll
  static void kubectl() throws Exception {
    Matcher version = VERSION.matcher(versionOf());
    assumeTrue(
        version.find() && Integer.parseInt(version.group(1)) >= 27,
        "overlays not rendered: kubectl 1.27 or newer is not on the PATH");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "prod"})
  void theOverlayLoadsStrictlyAndKeepsTheRules(String overlay) throws Exception {
    List<Manifest> rendered =
        Manifest.load(run("kubectl", "kustomize", Path.of("k8s/overlays", overlay).toString()));

    assertThat(rendered).hasSizeGreaterThanOrEqualTo(8);
    assertThat(Policy.violations(rendered)).isEmpty();
    assertThat(rendered)
        .allSatisfy(
            manifest ->
                assertThat(manifest.json().getJsonObject("metadata").getString("namespace"))
                    .startsWith("plenary"));
  }

  private static String versionOf() throws Exception {
    try {
      return run("kubectl", "version", "--client");
    } catch (IOException e) {
      return "";
    }
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(out).isZero();
      return out;
    } finally {
      process.destroyForcibly();
    }
  }
}
