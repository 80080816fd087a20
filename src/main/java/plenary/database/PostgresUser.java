package plenary.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who PostgreSQL runs as. It refuses to be root, so root starts it through a program that drops its
 * rights: {@code setpriv} (util-linux), {@code su-exec} (Alpine), or, where neither works or the
 * unprivileged user cannot reach the directory, {@code unshare -U}, which only hides that it is
 * root. What was chosen is remembered by the owner of the data directory: it never changes later,
 * because PostgreSQL insists that its data belongs to whoever runs it.
 *
 * @param name for logs: {@code setpriv nobody}
 * @param prefix what stands before every command
 * @param owner whose the data is; null = our own user
 */
record PostgresUser(String name, List<String> prefix, @Nullable Account owner) {
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(20);
  private static final List<String> PREFERRED = List.of("postgres", "nobody");

  /**
   * A user of the operating system. The group is not the user's number, and PostgreSQL wants a user
   * that has a name.
   */
  record Account(String name, int uid, int gid) {}

  /** The user id this process runs as. */
  static long ownId() throws IOException {
    return ((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).longValue();
  }

  /**
   * Finds the first way that works here.
   *
   * @param folder the directory PostgreSQL must be able to enter
   * @param data its data directory, which may not exist yet
   * @throws DatabaseRefusal if there is none
   */
  static PostgresUser choose(Path folder, Path data, PostgresBinaries binaries) throws IOException {
    boolean exists = Files.exists(data);
    int dataOwner = exists ? (Integer) Files.getAttribute(data, "unix:uid") : -1;
    if (ownId() != 0) {
      if (exists && dataOwner != ownId()) {
        throw new DatabaseRefusal(
            "The data in "
                + data
                + " belongs to "
                + Files.getOwner(data).getName()
                + "; start the server as that user or as root.");
      }
      return new PostgresUser("own user", List.of(), null);
    }
    List<PostgresUser> ways = ways(exists, dataOwner, data);
    List<String> reasons = new ArrayList<>();
    for (PostgresUser way : ways) {
      String reason = way.probe(folder, binaries);
      if (reason.isEmpty()) {
        return way;
      }
      reasons.add(way.name() + ": " + reason);
    }
    throw new DatabaseRefusal(
        "PostgreSQL must not run as root, and no way to another user works here ("
            + String.join("; ", reasons)
            + "). Start the server as an unprivileged user, or let that user enter "
            + folder
            + ", or set PLENARY_DATABASE_URL.");
  }

  private static List<PostgresUser> ways(boolean exists, int dataOwner, Path data)
      throws IOException {
    if (exists && dataOwner == 0) {
      return List.of(hidden());
    }
    List<Account> accounts = new ArrayList<>();
    for (String name : exists ? List.of(Files.getOwner(data).getName()) : PREFERRED) {
      Account account = account(name);
      if (account != null && account.uid() != 0) {
        accounts.add(account);
      }
    }
    return Stream.concat(
            accounts.stream().flatMap(account -> Stream.of(setpriv(account), suExec(account))),
            exists ? Stream.empty() : Stream.of(hidden()))
        .toList();
  }

  private static PostgresUser setpriv(Account to) {
    return new PostgresUser(
        "setpriv " + to.name(),
        List.of("setpriv", "--reuid=" + to.uid(), "--regid=" + to.gid(), "--clear-groups", "--"),
        to);
  }

  private static PostgresUser suExec(Account to) {
    return new PostgresUser(
        "su-exec " + to.name(), List.of("su-exec", to.uid() + ":" + to.gid()), to);
  }

  private static PostgresUser hidden() {
    return new PostgresUser("unshare -U", List.of("unshare", "-U"), null);
  }

  private static @Nullable Account account(String name) throws IOException {
    Path root = Path.of("/");
    Program uid = Program.run(root, List.of("id", "-u", name), PROBE_LIMIT);
    Program gid = Program.run(root, List.of("id", "-g", name), PROBE_LIMIT);
    if (!uid.succeeded() || !gid.succeeded()) {
      return null;
    }
    return new Account(name, Integer.parseInt(uid.output()), Integer.parseInt(gid.output()));
  }

  /** Empty if the way works; otherwise what is in its way. */
  private String probe(Path folder, PostgresBinaries binaries) {
    String script = "cd \"$0\" && \"$1\" --version && test \"$(id -u)\" != 0";
    List<String> command =
        command("sh", "-c", script, folder.toString(), binaries.program("postgres"));
    try {
      Program program = Program.run(Path.of("/"), command, PROBE_LIMIT);
      return program.succeeded() ? "" : lastLine(program.output());
    } catch (IOException missing) {
      return "not installed";
    }
  }

  private static String lastLine(String output) {
    return output.substring(output.lastIndexOf('\n') + 1);
  }

  /** A command, run as this user. */
  List<String> command(String... words) {
    return Stream.concat(prefix.stream(), Stream.of(words)).toList();
  }

  /** Gives a directory to this user alone, making it if it is missing. */
  void own(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    if (owner != null) {
      Files.setAttribute(directory, "unix:gid", owner.gid());
      Files.setAttribute(directory, "unix:uid", owner.uid());
    }
  }
}
