package plenary.support;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.pgclient.PgConnectOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import plenary.database.ManagedPostgres;

/**
 * The real server in a JVM of its own, on free ports and its own managed PostgreSQL: what a test
 * needs that kills it, starves it of memory or traces it. Its log is {@code server.log} in the data
 * directory, and what it says to the person who started it is {@code server.out}.
 */
public final class ServerProcess implements AutoCloseable {
  private static final Pattern READY =
      Pattern.compile("ready http=(http://\\S+) management=(http://\\S+)");

  private final Process process;
  private final Path dataDir;
  private final URI http;
  private final URI management;
  private final long readyMillis;

  private ServerProcess(Process process, Path dataDir, Matcher ready, long readyMillis) {
    this.process = process;
    this.dataDir = dataDir;
    this.http = local(ready.group(1));
    this.management = local(ready.group(2));
    this.readyMillis = readyMillis;
  }

  private static URI local(String address) {
    return URI.create("http://127.0.0.1:" + URI.create(address).getPort());
  }

  /** The main class of the product. */
  public static ServerProcess start(Path dataDir) throws IOException {
    return start(dataDir, "plenary.Main", List.of(), Map.of());
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param jvm options such as {@code -Xmx256m}
   * @param environment variables that win over those of every test
   */
  public static ServerProcess start(
      Path dataDir, String main, List<String> jvm, Map<String, String> environment)
      throws IOException {
    sharePrograms(dataDir);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED"));
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> all = new HashMap<>(TestServer.OPEN);
    all.put("PLENARY_DATA_DIR", dataDir.toString());
    all.putAll(environment);
    builder.environment().putAll(all);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(dataDir.resolve("server.log").toFile()));
    long start = System.nanoTime();
    Process process = builder.start();
    BufferedReader output = process.inputReader();
    Path said = dataDir.resolve("server.out");
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      keep(said, line);
      Matcher ready = READY.matcher(line);
      if (ready.find()) {
        long took = (System.nanoTime() - start) / 1_000_000;
        Thread.ofVirtual().start(() -> output.lines().forEach(rest -> keep(said, rest)));
        return new ServerProcess(process, dataDir, ready, took);
      }
    }
    process.destroyForcibly();
    throw new AssertionError(
        "the server did not start:\n" + Files.readString(dataDir.resolve("server.log")));
  }

  private static void keep(Path said, String line) {
    try {
      Files.writeString(said, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      // Its directory is gone, so nobody wants to know any more.
    }
  }

  /** Unpacking the programs takes longer than everything else; one copy does for all tests. */
  private static void sharePrograms(Path dataDir) throws IOException {
    Path folder = dataDir.resolve("postgres");
    Path shared = TestPostgres.setup(dataDir, Map.of()).programs();
    if (Files.exists(folder) || !Files.isDirectory(shared)) {
      return;
    }
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    try (Stream<Path> unpacked = Files.list(shared)) {
      for (Path home : unpacked.filter(p -> p.getFileName().toString().startsWith("p")).toList()) {
        Files.createSymbolicLink(folder.resolve(home.getFileName()), home);
      }
    }
  }

  public URI http() {
    return http;
  }

  public URI management() {
    return management;
  }

  /** From the start of the process to its being ready. */
  public long readyMillis() {
    return readyMillis;
  }

  public Process process() {
    return process;
  }

  /** How to connect to its database. */
  public PgConnectOptions database() {
    return ManagedPostgres.running(dataDir).orElseThrow();
  }

  /** Everything of its PostgreSQL: the postmaster first, so that it cannot mourn its children. */
  public static List<ProcessHandle> postgres(Path dataDir) throws IOException {
    Path file = dataDir.resolve("postgres").resolve("data").resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return List.of();
    }
    List<String> lines = Files.readAllLines(file);
    Optional<ProcessHandle> postmaster =
        lines.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(lines.getFirst()));
    List<ProcessHandle> all = new ArrayList<>();
    postmaster.ifPresent(
        first -> {
          all.add(first);
          first.descendants().forEach(all::add);
        });
    return all;
  }

  /** The same of this server. */
  public List<ProcessHandle> postgres() throws IOException {
    return postgres(dataDir);
  }

  /** Sends a signal, for example {@code STOP}, to processes the test started. */
  public static void signal(String signal, List<ProcessHandle> processes) throws IOException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
    processes.forEach(each -> command.add(Long.toString(each.pid())));
    Process kill =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(DISCARD).start();
    try {
      kill.waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static final ProcessBuilder.Redirect DISCARD = ProcessBuilder.Redirect.DISCARD;

  /** {@code kill -9} of the server alone. */
  public void kill() {
    process.destroyForcibly();
    await(10);
  }

  private boolean await(int seconds) {
    try {
      return process.waitFor(seconds, SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends it and its PostgreSQL without waiting for a checkpoint: its data goes away anyway. */
  @Override
  public void close() throws IOException {
    List<ProcessHandle> postgres = postgres();
    process.destroyForcibly();
    postgres.forEach(ProcessHandle::destroyForcibly);
    await(10);
  }
}
