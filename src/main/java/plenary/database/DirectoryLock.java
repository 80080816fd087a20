package plenary.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a second server off a directory. The lock belongs to the open file of this process, so the
 * system frees it when the process ends, however it ends.
 */
final class DirectoryLock implements AutoCloseable {
  /**
   * What this process holds. Needed beside the file's lock, for by POSIX a process loses its lock
   * when it closes any channel of the file, so a second attempt here would free the first one.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Locks the directory.
   *
   * @throws DatabaseRefusal if another server, of this process or another one, holds it
   */
  static DirectoryLock take(Path wanted) throws IOException {
    Path directory = wanted.toRealPath();
    if (!HELD.add(directory)) {
      throw refusal(directory, Long.toString(ProcessHandle.current().pid()));
    }
    try {
      return new DirectoryLock(directory, locked(directory));
    } catch (IOException | RuntimeException refused) {
      HELD.remove(directory);
      throw refused;
    }
  }

  private static FileChannel locked(Path directory) throws IOException {
    Path file = directory.resolve("lock");
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw refusal(directory, Files.readString(file).strip());
    }
    String pid = ProcessHandle.current().pid() + "\n";
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)), 0);
    return channel;
  }

  /** Whether a server, here or in another process, holds the directory. */
  static boolean held(Path directory) throws IOException {
    Path file = directory.resolve("lock");
    if (!Files.exists(file)) {
      return false;
    }
    if (HELD.contains(directory.toRealPath())) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    }
  }

  private static DatabaseRefusal refusal(Path directory, String holder) {
    return new DatabaseRefusal(
        "Another Plenary server (process "
            + holder
            + ") uses "
            + directory
            + ". Stop it, or choose another directory with PLENARY_DATA_DIR.");
  }

  @Override
  public void close() throws IOException {
    channel.close();
    HELD.remove(directory);
  }
}
