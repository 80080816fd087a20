package plenary.durability;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import plenary.durability.Hall.Room;
import plenary.support.ServerProcess;
import plenary.support.TestPostgres;

/**
 * A kill leaves the system's page cache alive, a power cut does not. So the order is proved: the
 * write-ahead log reaches the disk before the answer reaches the client. With {@code strace}, which
 * follows the server and PostgreSQL; skipped where it is missing.
 */
class CommitOrderIT {
  private static final String MARK = "Is this one on the disk?";

  @Test
  void theDiskHasItBeforeTheAnswerGoesOut() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/strace")), "strace is missing: order not seen");
    Path directory = TestPostgres.directory();
    try (ServerProcess server = ServerProcess.start(directory)) {
      Caller caller = new Caller();
      caller.moved(server.http());
      Hall hall = Hall.open(caller, 1, 1);
      Room room = hall.rooms().getFirst();
      String ask = "/api/sessions/" + room.session() + "/questions";
      String token = room.people().getFirst().token();
      // So that every connection is there before it is traced.
      caller.must("POST", ask, token, JsonObject.of("text", "Is everything warm?"));
      Path trace = directory.resolve("trace");
      Process strace = trace(server, trace);
      assumeTrue(strace.isAlive(), "strace may not trace here: order not seen");
      caller.must("POST", ask, token, JsonObject.of("text", MARK));
      strace.destroy();
      assertThat(strace.waitFor(10, SECONDS)).isTrue();
      List<String> calls = calls(trace);
      int answered = first(calls, "HTTP/1.1 201");
      int received = first(calls, MARK);
      assertThat(received).isNotNegative().isLessThan(answered);
      assertThat(calls.subList(received, answered))
          .anyMatch(call -> call.matches("(?s).*(fdatasync|fsync)(\\(| resumed).*= 0.*"));
    } finally {
      TestPostgres.delete(directory);
    }
  }

  /** Follows everybody, and waits until it does. */
  private static Process trace(ServerProcess server, Path to) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "strace",
                "-f",
                "-ttt",
                "-s",
                "4000",
                "-o",
                to.toString(),
                "-e",
                "trace=fdatasync,fsync,sendto,sendmsg,write,writev,read,readv,recvfrom"));
    command.addAll(List.of("-p", Long.toString(server.process().pid())));
    for (ProcessHandle each : server.postgres()) {
      command.addAll(List.of("-p", Long.toString(each.pid())));
    }
    Process strace =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    long end = System.nanoTime() + 10_000_000_000L;
    while (strace.isAlive() && !followed(server) && System.nanoTime() < end) {
      LockSupport.parkNanos(20_000_000L);
    }
    return strace;
  }

  /** Whether every thread of the server and every process of PostgreSQL has a tracer. */
  private static boolean followed(ServerProcess server) throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + server.process().pid() + "/task"))) {
      threads.forEach(all::add);
    }
    for (ProcessHandle each : server.postgres()) {
      all.add(Path.of("/proc/" + each.pid()));
    }
    for (Path each : all) {
      Path status = each.resolve("status");
      if (Files.exists(status) && Files.readString(status).contains("TracerPid:\t0\n")) {
        return false;
      }
    }
    return true;
  }

  /** The calls in the order in which they ended. */
  private static List<String> calls(Path trace) throws IOException {
    return Files.readAllLines(trace, java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static int first(List<String> calls, String text) {
    for (int i = 0; i < calls.size(); i++) {
      if (calls.get(i).contains(text)) {
        return i;
      }
    }
    return -1;
  }
}
