package plenary.database;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks a {@code .tar.xz} without the programs {@code tar} and {@code xz}, which small containers
 * lack. Reads what the PostgreSQL archives hold: files, directories, symbolic links and the long
 * names of GNU tar. Anything else is an error, and so is a name that leaves the target.
 */
final class TarXz {
  private static final int BLOCK_BYTES = 512;

  private TarXz() {}

  /** Unpacks all of it below a directory that exists. Owners are not kept, permissions are. */
  static void unpack(InputStream archive, Path target) throws IOException {
    try (InputStream in = new XZInputStream(new BufferedInputStream(archive, 1 << 16))) {
      byte[] header = new byte[BLOCK_BYTES];
      String longName = "";
      while (in.readNBytes(header, 0, BLOCK_BYTES) == BLOCK_BYTES && header[0] != 0) {
        long size = octal(header, 124, 12);
        if (header[156] == 'L') {
          longName =
              new String(in.readNBytes((int) size), StandardCharsets.UTF_8).replace("\0", "");
          in.skipNBytes(padding(size));
          continue;
        }
        Path path = target.resolve(longName.isEmpty() ? name(header) : longName).normalize();
        longName = "";
        if (!path.startsWith(target)) {
          throw new IOException("the archive names a file outside of its directory");
        }
        entry(in, header, path, size);
        in.skipNBytes(padding(size));
      }
    }
  }

  private static void entry(InputStream in, byte[] header, Path path, long size)
      throws IOException {
    char type = (char) header[156];
    switch (type) {
      case '5' -> Files.createDirectories(path);
      case '2' -> {
        Files.createDirectories(path.getParent());
        Files.createSymbolicLink(path, Path.of(text(header, 157, 100)));
      }
      case '0', '\0' -> {
        Files.createDirectories(path.getParent());
        try (OutputStream out = Files.newOutputStream(path)) {
          copy(in, out, size);
        }
        Files.setPosixFilePermissions(path, permissions((int) octal(header, 100, 8)));
      }
      default -> throw new IOException("the archive holds an entry of unknown type " + type);
    }
  }

  private static void copy(InputStream in, OutputStream out, long size) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long left = size;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw new EOFException("the archive ends early");
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  private static long padding(long size) {
    return (BLOCK_BYTES - size % BLOCK_BYTES) % BLOCK_BYTES;
  }

  private static String name(byte[] header) {
    String prefix = text(header, 345, 155);
    String name = text(header, 0, 100);
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  private static String text(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.UTF_8);
  }

  private static long octal(byte[] header, int from, int length) {
    String digits = text(header, from, length).strip();
    return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
  }

  /** The mode's bits, without any right to write for others than the owner. */
  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] all = PosixFilePermission.values();
    for (int bit = 0; bit < all.length; bit++) {
      if ((mode & 0400 >> bit) != 0) {
        set.add(all[bit]);
      }
    }
    set.remove(PosixFilePermission.GROUP_WRITE);
    set.remove(PosixFilePermission.OTHERS_WRITE);
    return set;
  }
}
