package plenary.bench;

import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import plenary.Main;
import plenary.database.ManagedPostgres;

/**
 * The server under test: {@link Main} in a process of its own, on its own managed PostgreSQL with
 * fsync on, with the limits against single addresses raised, for all load comes from this machine.
 */
final class Node implements AutoCloseable {
  private static final String SETUP = "setup-token-for-benchmarks-0123456789";

  private final Path directory;
  private final JavaProcess process;
  private final int port;
  private final URI management;
  private final boolean keep;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Node(Path directory, JavaProcess process, int port, URI management, boolean keep) {
    this.directory = directory;
    this.process = process;
    this.port = port;
    this.management = management;
    this.keep = keep;
  }

  static Node start(Map<String, String> environment) {
    return start(newDirectory(), environment, false);
  }

  /** Another node on the database of this one. */
  Node second(Map<String, String> environment) {
    PgConnectOptions database = database();
    Map<String, String> all = new HashMap<>(environment);
    all.put(
        "PLENARY_DATABASE_URL",
        "postgresql://"
            + database.getUser()
            + "@/"
            + database.getDatabase()
            + "?host="
            + database.getHost());
    return start(newDirectory(), all, false);
  }

  /** Starts on a directory that is kept when it ends. */
  static Node start(Path directory, Map<String, String> environment, boolean keep) {
    Map<String, String> all = new HashMap<>();
    all.put("PLENARY_HTTP_HOST", "127.0.0.1");
    all.put("PLENARY_HTTP_PORT", "0");
    all.put("PLENARY_MANAGEMENT_PORT", "0");
    all.put("PLENARY_DATA_DIR", directory.toString());
    all.put("PLENARY_SETUP_TOKEN", SETUP);
    all.put("PLENARY_LIVE_DRAIN_MS", "100");
    all.put("PLENARY_LIMITS_ASK_PARTICIPANT_INTERVAL_MS", "1");
    all.put("PLENARY_LIMITS_ASK_PARTICIPANT_BURST", "1000000");
    for (String limit :
        List.of(
            "JOIN_NODE",
            "JOIN_ADDRESS",
            "VOTE_PARTICIPANT",
            "REQUEST_ADDRESS",
            "REQUEST_NODE",
            "UPGRADE_NODE")) {
      all.put("PLENARY_LIMITS_" + limit + "_PER_SECOND", "1000000");
    }
    all.putAll(environment);
    JavaProcess process = JavaProcess.start(Main.class, all);
    try {
      String ready = process.line("ready ");
      URI address = URI.create(ready.replaceAll(".*http=(\\S+) management.*", "$1"));
      URI management = URI.create(ready.replaceAll(".*management=(\\S+).*", "$1"));
      return new Node(directory, process, address.getPort(), management, keep);
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  /** A new directory that an unprivileged PostgreSQL can reach. */
  static Path newDirectory() {
    try {
      Path directory = Files.createTempDirectory("plenary-bench-");
      return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path directory() {
    return directory;
  }

  int port() {
    return port;
  }

  /** The sum of a metric over its tags. */
  double metric(String name) {
    try {
      String all =
          http.send(
                  HttpRequest.newBuilder(management.resolve("/metrics")).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      return all.lines()
          .filter(line -> line.startsWith(name + '{') || line.startsWith(name + ' '))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  double cpu() {
    return Proc.cpu(pid());
  }

  PgConnectOptions database() {
    return ManagedPostgres.running(directory).orElseThrow();
  }

  double postgresCpu() {
    return Proc.postgresCpu(postmaster());
  }

  private long postmaster() {
    try (Stream<Path> files =
        Files.find(directory, 4, (path, is) -> path.endsWith("postmaster.pid"))) {
      return Long.parseLong(Files.readAllLines(files.findFirst().orElseThrow()).getFirst().strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Becomes the organiser of the server. */
  String organiser() {
    return call("POST", "/api/setup", "", new JsonObject().put("token", SETUP).put("name", "Olga"))
        .getString("token");
  }

  /** One request with an answer that has to be a success. */
  JsonObject call(String method, String path, String token, JsonObject body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body.encode()));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(
            method + ' ' + path + ": " + answer.statusCode() + ' ' + answer.body());
      }
      return answer.body().startsWith("{") ? new JsonObject(answer.body()) : new JsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.close();
    process.close();
    if (!keep) {
      delete(directory);
    }
  }

  static void delete(Path directory) {
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
