package plenary.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** In a process of its own, as the server is. */
class LogsIT {
  @Test
  void theLinesOfTheStopAreNotLostAndVertxLogsTheSameWay() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath(),
                Stopping.class.getName())
            .redirectError(ProcessBuilder.Redirect.PIPE)
            .start();
    try {
      process.getOutputStream().close();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      List<String> lines =
          new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .toList();

      assertThat(lines).allSatisfy(line -> assertThat(new JsonObject(line).getMap()).isNotEmpty());
      assertThat(lines.stream().map(line -> new JsonObject(line).getString("msg")))
          .contains("serving", "stopped")
          .anyMatch(message -> message.contains("Unhandled exception"));
    } finally {
      process.destroyForcibly();
    }
  }

  /** The server's, without what only tests bring: with SLF4J there, Vert.x would log to it. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("slf4j"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** A server that logs when it is stopped, after the JDK's own hook surely ran. */
  static final class Stopping {
    private static final long HOOKS_DONE_NANOS = 300_000_000L;

    public static void main(String[] args) throws Exception {
      Logs.begin();
      Vertx vertx = Vertx.vertx();
      vertx.runOnContext(
          nothing -> {
            throw new IllegalStateException("from a handler");
          });
      Logger.getLogger("plenary").info("serving");
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    // The JDK's own hook would take the handlers away; nothing tells when it ran.
                    long deadline = System.nanoTime() + HOOKS_DONE_NANOS;
                    while (handlers() > 0 && System.nanoTime() < deadline) {
                      Thread.onSpinWait();
                    }
                    Logger.getLogger("plenary").info("stopped");
                  }));
      vertx.close().await(10, TimeUnit.SECONDS);
    }

    private static int handlers() {
      return Logger.getLogger("").getHandlers().length;
    }
  }
}
