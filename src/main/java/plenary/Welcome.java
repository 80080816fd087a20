package plenary;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;
import plenary.config.Config;
import plenary.web.QrCode;

/** What a start prints: where the server is, and what a person does next. */
final class Welcome {
  /** An address for documentation (RFC 5737), which is anywhere but here. */
  private static final byte[] SOMEWHERE = {(byte) 198, 51, 100, 1};

  private Welcome() {}

  /** The first line is for programs and never changes its form. */
  static void print(PrintStream out, Config config, Server server, Optional<String> setup) {
    String scheme = config.http().tls().isPresent() ? "https" : "http";
    out.println(
        "ready http="
            + scheme
            + "://"
            + shown(config.http().host())
            + ':'
            + server.port()
            + " management=http://"
            + shown(config.management().host())
            + ':'
            + server.managementPort());
    String outside = outside(config, server.port());
    setup.ifPresent(
        secret -> {
          String link = "/setup#" + secret;
          out.println("setup " + address(config, server.port()) + link);
          out.println(QrCode.of(outside + link).terminal());
          out.println(
              "Open the link, or scan it, once, to become the organiser. It is good for 24 hours.");
        });
    out.println("Attendees join at " + outside + "/ with the code of their session.");
    if (!config.http().secure()) {
      out.println(
          "Without https phones cannot install the page, keep it offline or stay awake;"
              + " docs/operations.md says how to add it.");
    }
    out.flush();
  }

  /** Where browsers reach the server, without a slash at the end. */
  static String address(Config config, int port) {
    String scheme = config.http().tls().isPresent() ? "https" : "http";
    return config
        .http()
        .publicUrl()
        .map(URI::toString)
        .orElseGet(() -> scheme + "://" + shown(config.http().host()) + ':' + port);
  }

  /**
   * Where other devices reach it, as far as this machine knows: a phone that scans {@code
   * localhost} would knock at its own door.
   */
  static String outside(Config config, int port) {
    String address = address(config, port);
    return config.http().publicUrl().isEmpty() && isEverywhere(config.http().host())
        ? address.replace("//localhost:", "//" + ownAddress() + ':')
        : address;
  }

  /** The address that this machine has on its way out; nothing is sent to find it. */
  private static String ownAddress() {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(InetAddress.getByAddress(SOMEWHERE), 9);
      InetAddress own = socket.getLocalAddress();
      return own.isAnyLocalAddress() || own.isLoopbackAddress()
          ? "localhost"
          : own.getHostAddress();
    } catch (IOException | UncheckedIOException noNetwork) {
      return "localhost";
    }
  }

  /** Where this process reaches its own server. */
  static URI loopback(Config config, int port) {
    String scheme = config.http().tls().isPresent() ? "https" : "http";
    String host = shown(config.http().host());
    return URI.create(
        scheme + "://" + (host.equals("localhost") ? "127.0.0.1" : host) + ':' + port);
  }

  private static String shown(String host) {
    if (isEverywhere(host)) {
      return "localhost";
    }
    return host.indexOf(':') >= 0 ? '[' + host + ']' : host;
  }

  private static boolean isEverywhere(String host) {
    return host.equals("0.0.0.0") || host.equals("::");
  }
}
