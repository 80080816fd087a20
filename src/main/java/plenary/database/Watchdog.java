package plenary.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A shell that starts PostgreSQL and stops it again when its standard input ends. The other end of
 * that pipe is ours, and the system closes it when our process ends, however it ends. Signals of a
 * terminal do not reach it.
 */
final class Watchdog {
  private static final String READY = "plenary: database is up";

  /** $0 = pg_ctl, $1 = data directory, $2 = log file, $3 = server options. */
  private static final String SCRIPT =
      """
      trap '' INT HUP TERM
      "$0" start -D "$1" -l "$2" -o "$3" -w -t 600 && echo && echo "%s" && cat >/dev/null
      "$0" stop -D "$1" -m fast -w -t 60 >/dev/null 2>&1
      """
          .formatted(READY);

  private final Process shell;

  private Watchdog(Process shell) {
    this.shell = shell;
  }

  /**
   * Starts PostgreSQL and waits until it accepts connections (recovery included).
   *
   * @throws IOException if it does not start; the message is what {@code pg_ctl} said
   */
  static Watchdog start(
      Path folder, PostgresUser user, PostgresBinaries binaries, Path log, List<String> settings)
      throws IOException {
    StringBuilder options = new StringBuilder();
    settings.forEach(setting -> options.append(" -c ").append(quoted(setting)));
    List<String> command =
        user.command(
            "sh",
            "-c",
            SCRIPT,
            binaries.program("pg_ctl"),
            folder.resolve("data").toString(),
            log.toString(),
            options.toString());
    Process shell = Program.prepare(folder, command).start();
    StringBuilder said = new StringBuilder();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.equals(READY)) {
        return new Watchdog(shell);
      }
      said.append(line).append('\n');
    }
    shell.getOutputStream().close();
    throw new IOException(said.toString().strip());
  }

  /** pg_ctl gives the options to a shell. */
  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /** Stops PostgreSQL cleanly and waits for it; true if that was in time. */
  boolean stop(Duration limit) throws IOException {
    shell.getOutputStream().close();
    return Program.ended(shell, limit);
  }
}
