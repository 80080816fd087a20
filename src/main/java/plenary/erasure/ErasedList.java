package plenary.erasure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import plenary.database.DatabaseRefusal;

/**
 * The ids of erased meetings in a file beside the database, one a line with the time, so that what
 * is restored from an older backup is erased again; a meeting made later under the same id is
 * another one. Lines are only added, and are on the disk when {@link #add} returns; several nodes
 * may share a file. Its methods block.
 *
 * @param file empty = nobody keeps a list
 */
record ErasedList(Optional<Path> file) {
  private static final System.Logger LOG = System.getLogger(ErasedList.class.getName());

  private static final String HEAD =
      "# Ids of erased meetings, and when. Keep this file apart from the database: after a restore"
          + " from an\n"
          + "# older backup, meetings that are named here are erased again. Only add to it.\n";

  /**
   * What it names. A line that is no id, as a loss of power may leave one, is said and passed over:
   * what it was to name is in the database, and is added again.
   *
   * @throws DatabaseRefusal when the file cannot be read
   */
  Map<UUID, Instant> read() {
    Map<UUID, Instant> ids = new LinkedHashMap<>();
    if (file.isEmpty()) {
      return ids;
    }
    try {
      int number = 0;
      for (String line : Files.readAllLines(file.get(), StandardCharsets.ISO_8859_1)) {
        number++;
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        try {
          String[] parts = line.strip().split(" ", 2);
          Instant at = Instant.parse(parts[parts.length - 1]);
          ids.merge(
              UUID.fromString(parts[0]), at, (one, other) -> one.isAfter(other) ? one : other);
        } catch (IllegalArgumentException | DateTimeParseException other) {
          LOG.log(
              System.Logger.Level.WARNING,
              "{0}: line {1} is none of its lines",
              file.get(),
              number);
        }
      }
      return ids;
    } catch (NoSuchFileException none) {
      return ids;
    } catch (IOException unreadable) {
      throw refusal("read", unreadable);
    }
  }

  /**
   * Adds what was just erased; makes the file when there is none.
   *
   * @throws DatabaseRefusal when the file cannot be written
   */
  void add(Collection<UUID> erased, Instant at) {
    if (file.isEmpty()) {
      return;
    }
    try (FileChannel out =
        FileChannel.open(
            file.get(),
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND,
            StandardOpenOption.DSYNC)) {
      StringBuilder lines = new StringBuilder(out.size() == 0 ? HEAD : "");
      // Begins with an end of line, because a loss of power may have left half a line.
      erased.forEach(id -> lines.append('\n').append(id).append(' ').append(at).append('\n'));
      // In one write at the end, so that two nodes never write over each other.
      out.write(ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException unwritable) {
      throw refusal("written", unwritable);
    }
  }

  /**
   * Adds what it does not name yet of everything that is gone.
   *
   * @param gone each with a time when it was still there
   */
  void complete(Map<UUID, Instant> gone, Instant now) {
    Map<UUID, Instant> listed = read();
    add(
        gone.keySet().stream()
            .filter(id -> listed.getOrDefault(id, Instant.MIN).isBefore(gone.getOrDefault(id, now)))
            .toList(),
        now);
  }

  private DatabaseRefusal refusal(String done, IOException cause) {
    return new DatabaseRefusal(
        "The list of erased meetings (erasure.list) cannot be %s: %s.".formatted(done, cause),
        cause);
  }
}
