package plenary.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Another JVM with this one's class path; its standard output is read line by line. */
final class JavaProcess implements AutoCloseable {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  private final Process process;
  private final BufferedReader output;

  private JavaProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  static JavaProcess start(Class<?> main, Map<String, String> environment, String... arguments) {
    return start(List.of(), main, environment, arguments);
  }

  /** At the lowest priority, as the start script runs what nobody waits for. */
  static JavaProcess nice(Class<?> main, Map<String, String> environment, String... arguments) {
    return start(List.of("nice", "-n", "19"), main, environment, arguments);
  }

  private static JavaProcess start(
      List<String> before, Class<?> main, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(before);
    command.add(JAVA.toString());
    command.addAll(
        List.of(
            "-XX:+UseG1GC",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    String flags = System.getProperty("bench.jvm", "");
    if (!flags.isBlank()) {
      command.addAll(List.of(flags.strip().split(" +")));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return new JavaProcess(start(command, environment, main.getSimpleName()));
  }

  /** Starts a program; what it complains about goes into a file among the results. */
  static Process start(List<String> command, Map<String, String> environment, String name) {
    try {
      Table.makeDirectory();
      File log = Table.DIRECTORY.resolve(name.toLowerCase(java.util.Locale.ROOT) + ".log").toFile();
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log));
      builder.environment().keySet().removeIf(variable -> variable.startsWith("PLENARY_"));
      builder.environment().putAll(environment);
      Process process = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** The next line that begins so; others are passed over. */
  String line(String beginning) {
    try {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(beginning)) {
          Thread.ofVirtual().start(this::drain);
          return line;
        }
        log(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("a process ended before it said " + beginning);
  }

  private void drain() {
    try {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        log(line);
      }
    } catch (IOException e) {
      // It ended.
    }
  }

  private static void log(String line) {
    try {
      Files.writeString(
          Table.DIRECTORY.resolve("output.log"),
          line + System.lineSeparator(),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells it to end, and makes it end. */
  @Override
  public void close() {
    end(process);
  }

  static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
