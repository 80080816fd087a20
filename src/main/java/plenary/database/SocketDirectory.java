package plenary.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the managed PostgreSQL puts its Unix socket: a directory that only its user may enter. A
 * socket's path has at most 107 bytes, so below a deep home it is a new directory in {@code /run}
 * or in the temporary directory, named in a file so that the next start removes it.
 */
final class SocketDirectory {
  private static final String SOCKET = "/.s.PGSQL.5432";
  private static final int PATH_BYTES_MAX = 107;

  private SocketDirectory() {}

  /** Makes the directory, empty and owned by the user. */
  static Path make(Path folder, PostgresUser user) throws IOException {
    remove(folder);
    Path usual = folder.resolve("socket");
    Path directory = usual;
    if (!fits(usual)) {
      Path run = Path.of("/run");
      directory =
          Files.isWritable(run)
              ? Files.createTempDirectory(run, "plenary-")
              : Files.createTempDirectory("plenary-");
      Files.writeString(note(folder), directory.toString());
    }
    user.own(directory);
    if (!fits(directory)) {
      throw new DatabaseRefusal(
          "The path of the database's socket is too long in "
              + directory
              + "; choose a shorter PLENARY_DATA_DIR.");
    }
    return directory;
  }

  /** Where a running server has it. */
  static Path find(Path folder) throws IOException {
    return Files.exists(note(folder))
        ? Path.of(Files.readString(note(folder)))
        : folder.resolve("socket");
  }

  /** Removes what an earlier start left. */
  static void remove(Path folder) throws IOException {
    Trees.delete(folder.resolve("socket"));
    if (Files.exists(note(folder))) {
      Path directory = Path.of(Files.readString(note(folder)));
      if (String.valueOf(directory.getFileName()).startsWith("plenary-")) {
        Trees.delete(directory);
      }
      Files.delete(note(folder));
    }
  }

  private static boolean fits(Path directory) {
    String socket = directory + SOCKET;
    return socket.getBytes(StandardCharsets.UTF_8).length <= PATH_BYTES_MAX;
  }

  private static Path note(Path folder) {
    return folder.resolve("socket-directory");
  }
}
