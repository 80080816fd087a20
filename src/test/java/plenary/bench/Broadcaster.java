package plenary.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Something that tells one event to every socket: the product, or what it is compared with. */
interface Broadcaster extends AutoCloseable {
  String name();

  int port();

  long pid();

  /** CPU of the processes that serve, without a database. */
  default double cpu() {
    return Proc.cpu(pid());
  }

  /** CPU of the database. */
  default double databaseCpu() {
    return 0;
  }

  byte[] upgrade(int socket);

  /** The request that makes it tell an event with this number. */
  byte[] publish(int seq);

  @Override
  void close();

  /** The references send as many bytes as the product for an edited question. */
  static String frame(int seq) {
    return """
    {"type":"pulse","epoch":"0f8fad5b-d9cb-469f-a165-70867728950e-1","from":0,"version":0,\
    "put":[{"key":"question/0199f7a2-6c1d-7a3e-9d55-3b8f5c2e1a10","version":1,"body":{\
    "id":"0199f7a2-6c1d-7a3e-9d55-3b8f5c2e1a10","text":"Does it hold over 80? seq=%d;",\
    "author":null,"status":"approved","source":"web","labels":[],"pinned":false,\
    "askedAt":"2026-11-24T10:00:00.000Z"}}],"drop":[],"now":"2026-11-24T10:00:00.000Z"}\
    """
        .formatted(seq);
  }

  /**
   * The product: a moderator's edit of one public question, through HTTP, durable, to attendees.
   */
  static Broadcaster product(Node node, Room room, String[] attendees, String question) {
    return new Broadcaster() {
      @Override
      public String name() {
        return "Plenary";
      }

      @Override
      public int port() {
        return node.port();
      }

      @Override
      public long pid() {
        return node.pid();
      }

      @Override
      public double databaseCpu() {
        return node.postgresCpu();
      }

      @Override
      public byte[] upgrade(int socket) {
        return Requests.upgrade(room.livePath("attendee"), attendees[socket]);
      }

      @Override
      public byte[] publish(int seq) {
        String text = "Does it hold over 80? seq=" + seq + ';';
        return Requests.patch(
            room.path("/questions/" + question),
            room.organiser(),
            new JsonObject().put("text", text).encode());
      }

      @Override
      public void close() {
        node.close();
      }
    };
  }

  /** Bare Vert.x. */
  static Broadcaster vertx() {
    int port = freePort();
    JavaProcess process = JavaProcess.start(VertxBroadcaster.class, Map.of(), String.valueOf(port));
    process.line("ready");
    return reference("bare Vert.x, writeTextMessage", port, process.pid(), process::close);
  }

  /** The physical limit: one send() for each socket, in C; nothing where it cannot be built. */
  static Optional<Broadcaster> limit() {
    Path source = Path.of("..", "shared", "tools", "fanout", "peers", "climit", "climit.c");
    Path program = Table.DIRECTORY.resolve("climit").toAbsolutePath();
    Table.makeDirectory();
    if (!Files.exists(source)
        || !Proc.run(
            List.of("gcc", "-O2", "-pthread", "-o", program.toString(), source.toString()))) {
      return Optional.empty();
    }
    int port = freePort();
    Process process =
        JavaProcess.start(
            List.of(program.toString(), String.valueOf(port), "1"), Map.of(), "climit");
    Pause.millis(300);
    return Optional.of(
        reference("C, one send() a socket", port, process.pid(), () -> JavaProcess.end(process)));
  }

  private static Broadcaster reference(String name, int port, long pid, Runnable end) {
    return new Broadcaster() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public int port() {
        return port;
      }

      @Override
      public long pid() {
        return pid;
      }

      @Override
      public byte[] upgrade(int socket) {
        return Requests.upgrade("/ws", "");
      }

      @Override
      public byte[] publish(int seq) {
        return Requests.post("/pub", "", frame(seq));
      }

      @Override
      public void close() {
        end.run();
      }
    };
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
