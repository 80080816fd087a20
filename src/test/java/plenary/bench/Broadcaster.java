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

  /** CPU of the process that serves, without a database. */
  default double cpu() {
    return Proc.cpu(pid());
  }

  /** CPU of the database. */
  default double databaseCpu() {
    return 0;
  }

  byte[] upgrade(int socket);

  /** The requests that make it tell everybody an event with this number. */
  List<byte[]> publish(int seq);

  @Override
  void close();

  /** The references send as many bytes as the product for an edited question. */
  static String frame(int seq) {
    return """
    {"type":"pulse","epoch":"0f8fad5b-d9cb-469f-a165-70867728950e-1","from":0,"version":0,\
    "put":[{"key":"question/0199f7a2-6c1d-7a3e-9d55-3b8f5c2e1a10","version":1,"body":{\
    "id":"0199f7a2-6c1d-7a3e-9d55-3b8f5c2e1a10","text":"Does it hold? seq=%d;",\
    "author":null,"status":"approved","source":"web","labels":[],"pinned":false,\
    "askedAt":"2026-11-24T10:00:00.000Z"}}],"drop":[],"now":"2026-11-24T10:00:00.000Z"}\
    """
        .formatted(seq);
  }

  /**
   * The product: a moderator's edit of one public question of each session, through HTTP, durable,
   * to its attendees.
   */
  static Broadcaster product(Node node, List<Hall> halls) {
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
        Hall hall = halls.get(socket % halls.size());
        return Requests.upgrade(
            hall.room().livePath("attendee"), hall.attendees()[socket / halls.size()]);
      }

      @Override
      public List<byte[]> publish(int seq) {
        String text = new JsonObject().put("text", "Does it hold? seq=" + seq + ';').encode();
        return halls.stream()
            .map(
                hall ->
                    Requests.patch(
                        hall.room().path("/questions/" + hall.question()),
                        hall.room().organiser(),
                        text))
            .toList();
      }

      @Override
      public void close() {
        node.close();
      }
    };
  }

  /** A session with those who watch it and the question that is edited. */
  record Hall(Room room, String[] attendees, String question) {}

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

  /**
   * Nchan, a broadcaster for nginx; nothing where there is none. The properties {@code bench.nginx}
   * and {@code bench.nginx.modules} name the program and the directory of its modules.
   */
  static Optional<Broadcaster> nchan() {
    Path program = Path.of(System.getProperty("bench.nginx", "/usr/sbin/nginx"));
    Path modules = Path.of(System.getProperty("bench.nginx.modules", "/usr/lib/nginx/modules"));
    if (!Files.isExecutable(program) || !Files.exists(modules.resolve("ngx_nchan_module.so"))) {
      return Optional.empty();
    }
    Path directory = Table.DIRECTORY.resolve("nginx").toAbsolutePath();
    int port = freePort();
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("nginx.conf"), nginxConfiguration(modules, port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Process process =
        JavaProcess.start(
            List.of(program.toString(), "-p", directory.toString(), "-c", "nginx.conf"),
            Map.of(),
            "nginx");
    Pause.millis(500);
    return Optional.of(
        reference("Nchan (nginx)", port, process.pid(), () -> JavaProcess.end(process)));
  }

  private static String nginxConfiguration(Path modules, int port) {
    return """
    load_module %s/ngx_nchan_module.so;
    worker_processes 1; master_process off; daemon off; worker_rlimit_nofile 20000;
    pid nginx.pid; error_log error.log warn;
    events { worker_connections 19990; use epoll; multi_accept on; }
    http {
      access_log off; keepalive_requests 1000000; nchan_shared_memory_size 256M;
      client_body_temp_path b; proxy_temp_path p; fastcgi_temp_path f; uwsgi_temp_path u;
      scgi_temp_path s;
      server {
        listen 127.0.0.1:%d backlog=16384;
        location = /ws {
          nchan_subscriber websocket; nchan_channel_id s; nchan_websocket_ping_interval 0;
          nchan_subscriber_first_message newest;
        }
        location = /pub {
          nchan_publisher http; nchan_channel_id s; nchan_message_buffer_length 10;
          nchan_message_timeout 60s;
        }
      }
    }
    """
        .formatted(modules, port);
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
      public List<byte[]> publish(int seq) {
        return List.of(Requests.post("/pub", "", frame(seq)));
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
