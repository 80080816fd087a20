package plenary.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.impl.driver.Driver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the pages that need no browser, run by the Node in Playwright's driver. */
class JavaScriptTest {
  @Test
  void theRulesOfThePagesHold() throws IOException, InterruptedException {
    Map<String, String> environment = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    String node =
        Driver.ensureDriverInstalled(environment, false)
            .createProcessBuilder()
            .command()
            .getFirst();
    List<String> command = new ArrayList<>(List.of(node, "--test"));
    try (Stream<Path> tests = Files.list(Path.of("src/test/js"))) {
      tests
          .map(Path::toString)
          .filter(name -> name.endsWith(".test.js"))
          .sorted()
          .forEach(command::add);
    }

    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(command).hasSizeGreaterThan(5);
  }
}
