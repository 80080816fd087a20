package plenary.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A client that sends bytes as they are, also those that no HTTP client would send. */
public final class RawHttp implements AutoCloseable {
  private static final int TIMEOUT_MS = 10_000;

  private final Socket socket = new Socket();
  private final InputStream in;

  public RawHttp(int port) throws IOException {
    socket.setSoTimeout(TIMEOUT_MS);
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MS);
    in = socket.getInputStream();
  }

  /** Sends one request on a new connection and returns its answer. */
  public static Reply send(int port, String request) throws IOException {
    try (RawHttp http = new RawHttp(port)) {
      http.write(request);
      return http.read(request.startsWith("HEAD "));
    }
  }

  /** A request with the headers that every one needs. */
  public static String request(String method, String path, String body, String... headers) {
    List<String> lines = new ArrayList<>();
    lines.add(method + " " + path + " HTTP/1.1");
    lines.add("Host: localhost");
    lines.addAll(List.of(headers));
    if (!body.isEmpty()) {
      lines.add("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
      if (lines.stream().noneMatch(line -> line.startsWith("Content-Type"))) {
        lines.add("Content-Type: application/json");
      }
    }
    return String.join("\r\n", lines) + "\r\n\r\n" + body;
  }

  public void write(String text) throws IOException {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  public void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** The next answer; a status of 0 when the server closed instead. */
  public Reply read() throws IOException {
    return read(false);
  }

  private Reply read(boolean headOnly) throws IOException {
    String status = line();
    if (status.isEmpty()) {
      return new Reply(0, Map.of(), "");
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon), line.substring(colon + 1).trim());
    }
    int code = Integer.parseInt(status.split(" ")[1]);
    String declared = headOnly ? "0" : headers.getOrDefault("content-length", "0");
    boolean chunked = !headOnly && "chunked".equals(headers.get("transfer-encoding"));
    boolean events = headers.getOrDefault("content-type", "").startsWith("text/event-stream");
    byte[] body = chunked && !events ? chunks() : in.readNBytes(Integer.parseInt(declared));
    return new Reply(code, headers, new String(body, StandardCharsets.UTF_8));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = size(); size > 0; size = size()) {
      body.writeBytes(in.readNBytes(size));
      line();
    }
    line();
    return body.toByteArray();
  }

  private int size() throws IOException {
    return Integer.parseInt(line().strip(), 16);
  }

  /** Whether the server closes within the deadline. */
  public boolean closesWithin(int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      while (in.read() >= 0) {
        // What still comes does not matter.
      }
      return true;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (java.net.SocketException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  /** An answer. Header names are told apart without case. */
  public record Reply(int status, Map<String, String> headers, String body) {
    public String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }
}
