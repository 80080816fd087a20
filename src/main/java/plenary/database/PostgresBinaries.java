package plenary.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL programs ({@code initdb}, {@code pg_ctl}, {@code postgres}) of this platform,
 * unpacked from the binaries jar on the class path.
 *
 * <p>They are unpacked once, into a directory named after the archive, through a temporary
 * directory and an atomic rename: two servers may do it at the same time, and a crash leaves
 * nothing that looks complete. Nobody but the owner may write there, for root runs what is in it.
 *
 * @param home the directory that holds {@code bin}, {@code lib} and {@code share}
 * @param major the major version, for example 18
 */
record PostgresBinaries(Path home, int major) {
  private static final Duration UNPACK_LIMIT = Duration.ofMinutes(5);
  private static final String OWN_DATABASE =
      " Set PLENARY_DATABASE_URL to use a PostgreSQL of your own.";

  /** The path of one of the programs. */
  String program(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  /**
   * Finds the unpacked programs below the directory, or unpacks them there.
   *
   * @throws DatabaseRefusal if this platform has none
   */
  static PostgresBinaries below(Path directory) throws IOException {
    URL archive = archive();
    URLConnection connection = archive.openConnection();
    connection.setUseCaches(false);
    Path home = directory.resolve("postgres-" + identity(connection));
    if (!Files.isDirectory(home)) {
      unpack(archive, directory, home);
    }
    refuseForeign(home);
    String version = Files.readString(home.resolve("VERSION")).strip();
    return new PostgresBinaries(home, major(version));
  }

  private static URL archive() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String name = resource(system, machine, Files.exists(Path.of("/etc/alpine-release")));
    URL archive = name == null ? null : PostgresBinaries.class.getResource("/" + name);
    if (archive == null) {
      throw new DatabaseRefusal(
          "There is no PostgreSQL in this package for "
              + system
              + " on "
              + machine
              + "."
              + OWN_DATABASE);
    }
    return archive;
  }

  /** The archive's name in the binaries jars, or null where none is published. */
  static @Nullable String resource(String system, String machine, boolean alpine) {
    String processor =
        switch (machine) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> null;
        };
    if (processor == null || !system.equals("linux")) {
      return null;
    }
    return "postgres-linux-" + processor + (alpine ? "-alpine_linux" : "") + ".txz";
  }

  /** Tells two archives apart without reading 15 MB at every start. */
  private static String identity(URLConnection connection) throws IOException {
    long length = connection.getContentLengthLong();
    if (connection instanceof JarURLConnection jar) {
      // Not cached, so this connection owns the open jar and has to close it.
      try (var file = jar.getJarFile()) {
        return Long.toHexString(file.getEntry(jar.getEntryName()).getCrc()) + "-" + length;
      }
    }
    return Long.toHexString(connection.getLastModified()) + "-" + length;
  }

  private static void unpack(URL archive, Path directory, Path home) throws IOException {
    Path part = Files.createTempDirectory(directory, "unpacking-");
    try {
      Files.setPosixFilePermissions(part, readable());
      if (!unpackWithTar(archive, part)) {
        Trees.delete(part);
        Files.createDirectory(part);
        Files.setPosixFilePermissions(part, readable());
        try (InputStream in = archive.openStream()) {
          TarXz.unpack(in, part);
        }
      }
      Files.writeString(part.resolve("VERSION"), version(part));
      flush(part);
      try {
        Files.move(part, home, StandardCopyOption.ATOMIC_MOVE);
      } catch (FileAlreadyExistsException
          | DirectoryNotEmptyException
          | AtomicMoveNotSupportedException other) {
        if (!Files.isDirectory(home)) {
          throw other;
        }
      }
    } finally {
      Trees.delete(part);
    }
  }

  /** The fast way; false where the programs are missing. */
  private static boolean unpackWithTar(URL archive, Path target) throws IOException {
    Process tar;
    try {
      tar = Program.prepare(target, List.of("tar", "-xJf", "-")).start();
    } catch (IOException missing) {
      return false;
    }
    try (InputStream in = archive.openStream();
        OutputStream out = tar.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException ended) {
      // tar without xz ends at once; its exit code says so below.
      tar.destroy();
    }
    boolean ended = Program.ended(tar, UNPACK_LIMIT);
    tar.destroyForcibly();
    return ended && tar.exitValue() == 0;
  }

  private static String version(Path home) throws IOException {
    Path postgres = home.resolve("bin").resolve("postgres");
    Program program;
    try {
      program =
          Program.run(home, List.of(postgres.toString(), "--version"), Duration.ofSeconds(30));
    } catch (IOException unusable) {
      program = new Program(1, String.valueOf(unusable.getMessage()));
    }
    if (!program.succeeded()) {
      throw new DatabaseRefusal(
          "The packaged PostgreSQL does not run on this system ("
              + program.output()
              + "): it needs glibc and a data directory that allows programs."
              + OWN_DATABASE);
    }
    return program.output();
  }

  static int major(String version) {
    String[] words = version.split(" ");
    return Integer.parseInt(words[words.length - 1].replaceAll("[^0-9].*", ""));
  }

  /** Best effort: without it a power cut right after the first start could leave empty files. */
  private static void flush(Path directory) throws IOException {
    try {
      Program.run(directory, List.of("sync", "-f", "."), Duration.ofSeconds(60));
    } catch (IOException missing) {
      // A system without sync(1): its own write-back has to do.
    }
  }

  private static void refuseForeign(Path home) throws IOException {
    long owner = ((Integer) Files.getAttribute(home, "unix:uid")).longValue();
    Set<PosixFilePermission> rights = Files.getPosixFilePermissions(home);
    boolean writable =
        rights.contains(PosixFilePermission.GROUP_WRITE)
            || rights.contains(PosixFilePermission.OTHERS_WRITE);
    if (writable || owner != 0 && owner != PostgresUser.ownId()) {
      throw new DatabaseRefusal(
          "Others may write to the PostgreSQL programs in "
              + home
              + "; remove that directory and start again.");
    }
  }

  private static Set<PosixFilePermission> readable() {
    return PosixFilePermissions.fromString("rwxr-xr-x");
  }
}
