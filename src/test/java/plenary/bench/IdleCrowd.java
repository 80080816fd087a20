package plenary.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Attendees that only watch, in a process of their own, for one process has too few descriptors for
 * two nodes full of them.
 */
public final class IdleCrowd {
  private IdleCrowd() {}

  /** Takes the port, the path of the stream and a file with a token on each line. */
  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[0]);
    List<String> tokens = Files.readAllLines(Path.of(args[2]));
    try (Wire wire = new Wire()) {
      Audience audience =
          new Audience(
              wire, port, tokens.size(), socket -> Requests.upgrade(args[1], tokens.get(socket)));
      audience.open(true);
      System.out.println("ready");
      // Until it is told to end.
      Pause.millis(Long.MAX_VALUE);
    }
  }
}
