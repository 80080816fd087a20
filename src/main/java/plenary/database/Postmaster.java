package plenary.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code postmaster.pid} says about a data directory, checked against the running processes. A
 * process id alone proves nothing: it may have been given to somebody else since.
 *
 * @param pid the server's process
 * @param sharedMemory the id of its shared memory, -1 if the file does not tell
 */
record Postmaster(long pid, long sharedMemory) {
  private static final long NOBODY = -1;

  /** Reads the file; null if there is none. */
  static @Nullable Postmaster of(Path data) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(data.resolve("postmaster.pid"));
    } catch (NoSuchFileException none) {
      return null;
    }
    // Line 7 is "key id" (src/include/utils/pidfile.h).
    String[] memory = lines.size() < 7 ? new String[0] : lines.get(6).strip().split(" +");
    return new Postmaster(
        lines.isEmpty() ? NOBODY : number(lines.getFirst().strip()),
        memory.length < 2 ? NOBODY : number(memory[1]));
  }

  /** A crash may leave an empty file or half of one. */
  private static long number(String text) {
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : NOBODY;
  }

  /** Whether that process runs and is a PostgreSQL of this data directory. */
  boolean serves(Path data) {
    try {
      byte[] line = Files.readAllBytes(Path.of("/proc/" + pid + "/cmdline"));
      List<String> words = List.of(new String(line, StandardCharsets.UTF_8).split("\0"));
      int option = words.indexOf("-D");
      return words.getFirst().endsWith("/postgres")
          && option >= 0
          && option + 1 < words.size()
          && words.get(option + 1).equals(data.toString());
    } catch (IOException gone) {
      return false;
    }
  }

  /** Whether any process, a left-over backend for example, still uses its shared memory. */
  boolean sharedMemoryInUse() throws IOException {
    if (sharedMemory == NOBODY) {
      return false;
    }
    // Columns: key shmid perms size cpid lpid nattch … (proc_sysvipc(5)).
    for (String line : Files.readAllLines(Path.of("/proc/sysvipc/shm"))) {
      String[] columns = line.strip().split(" +");
      if (columns[1].equals(Long.toString(sharedMemory))) {
        return Long.parseLong(columns[6]) > 0;
      }
    }
    return false;
  }
}
