package plenary.database;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import plenary.support.TestPostgres;

/**
 * Another JVM that runs {@link ServerChild}.
 *
 * @param said its first line, for example {@code up 1234 setpriv nobody}
 */
record ChildProcess(Process process, String said) implements AutoCloseable {

  /** Starts it as our own user. */
  static ChildProcess start(Path dataDir) throws IOException {
    return start(dataDir, List.of(), System.getProperty("java.class.path"));
  }

  /** Starts it as the user nobody, who cannot read root's Maven repository. */
  static ChildProcess startAsNobody(Path dataDir, Path jars) throws IOException {
    return start(
        dataDir,
        List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"),
        copiedClassPath(jars));
  }

  private static ChildProcess start(Path dataDir, List<String> prefix, String classPath)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"));
    command.addAll(List.of("-cp", classPath, ServerChild.class.getName(), dataDir.toString()));
    command.add(TestPostgres.setup(dataDir, Map.of()).programs().toString());
    Process process =
        new ProcessBuilder(command)
            .directory(new File("/"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output = process.inputReader();
    return new ChildProcess(process, String.valueOf(output.readLine()));
  }

  /** Only what the child needs, where everybody may read it. */
  private static String copiedClassPath(Path target) throws IOException {
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> copies = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        copies.add(entry);
      } else if (path.getFileName()
          .toString()
          .matches("(plenary|vertx|netty|jackson|jspecify|xz|emb).*")) {
        Path copy = target.resolve(path.getFileName());
        try {
          Files.copy(path, copy);
        } catch (FileAlreadyExistsException earlier) {
          continue;
        }
        copies.add(copy.toString());
      }
    }
    return String.join(File.pathSeparator, copies);
  }

  /** The process id of its PostgreSQL. */
  long postgres() {
    assertThat(said).startsWith("up ");
    return Long.parseLong(said.split(" ")[1]);
  }

  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(10, SECONDS)).isTrue();
  }

  /** Ends it the polite way. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(20, SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
