package plenary.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of the operating system that ran to its end.
 *
 * @param exit its exit code
 * @param output standard output and error together
 */
record Program(int exit, String output) {

  /** Whether it ended well. */
  boolean succeeded() {
    return exit == 0;
  }

  /** How a program is started here: in a directory it may enter, without PostgreSQL's variables. */
  static ProcessBuilder prepare(Path directory, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    return builder;
  }

  /**
   * Runs a program and waits for it.
   *
   * @throws IOException if it cannot be started or does not end within the limit (it is killed)
   */
  static Program run(Path directory, List<String> command, Duration limit) throws IOException {
    Process process = prepare(directory, command).start();
    process.getOutputStream().close();
    // Killing at the deadline ends the output, so the reader below cannot wait for ever.
    Thread.ofVirtual()
        .start(
            () -> {
              if (!ended(process, limit)) {
                process.destroyForcibly();
              }
            });
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!ended(process, limit.plusSeconds(1))) {
      throw new IOException(command.getFirst() + " did not end within " + limit.toSeconds() + " s");
    }
    return new Program(process.exitValue(), output.strip());
  }

  /** Waits for a process; an interrupt counts as not ended and is kept. */
  static boolean ended(Process process, Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
