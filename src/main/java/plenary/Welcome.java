package plenary;

import java.io.PrintStream;
import java.net.URI;
import java.util.Optional;
import plenary.config.Config;
import plenary.web.QrCode;

/** What a start prints: where the server is, and what a person does next. */
final class Welcome {
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
    String address = address(config, server.port());
    setup.ifPresent(
        secret -> {
          String link = address + "/setup#" + secret;
          out.println("setup " + link);
          out.println(QrCode.of(link).terminal());
          out.println("Open the link, once, to become the organiser. It is good for 24 hours.");
        });
    out.println("Attendees join at " + address + "/ with the code of their session.");
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

  /** Where this process reaches its own server. */
  static URI loopback(Config config, int port) {
    String scheme = config.http().tls().isPresent() ? "https" : "http";
    String host = shown(config.http().host());
    return URI.create(
        scheme + "://" + (host.equals("localhost") ? "127.0.0.1" : host) + ':' + port);
  }

  private static String shown(String host) {
    if (host.equals("0.0.0.0") || host.equals("::")) {
      return "localhost";
    }
    return host.indexOf(':') >= 0 ? '[' + host + ']' : host;
  }
}
