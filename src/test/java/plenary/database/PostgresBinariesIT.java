package plenary.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plenary.support.TestPostgres;

class PostgresBinariesIT {
  private Path directory;

  @BeforeEach
  void make() {
    directory = TestPostgres.directory();
  }

  @AfterEach
  void delete() {
    TestPostgres.delete(directory);
  }

  @Test
  void unpackingWithoutTarAndXzGivesTheSameAndNobodyElseMayChangeIt() throws IOException {
    PostgresBinaries binaries =
        PostgresBinaries.below(TestPostgres.setup(directory, Map.of()).programs());
    Path other = Files.createDirectory(directory.resolve("other"));
    String name = PostgresBinaries.resource("linux", System.getProperty("os.arch"), false);
    try (InputStream archive = PostgresBinaries.class.getResourceAsStream("/" + name)) {
      TarXz.unpack(archive, other);
    }
    Map<String, String> expected = content(binaries.home());
    assertThat(expected.remove("VERSION")).isNotNull();
    assertThat(content(other)).isEqualTo(expected).hasSizeGreaterThan(500);

    Path open = Files.createDirectory(directory.resolve(binaries.home().getFileName()));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> PostgresBinaries.below(directory))
        .isInstanceOf(DatabaseRefusal.class)
        .hasMessageContaining("Others may write");
  }

  @Test
  void aPlatformWithoutProgramsIsToldWhatToDo() {
    assertThat(PostgresBinaries.resource("linux", "aarch64", false))
        .isEqualTo("postgres-linux-arm_64.txz");
    assertThat(PostgresBinaries.resource("linux", "amd64", true))
        .isEqualTo("postgres-linux-x86_64-alpine_linux.txz");
    assertThat(PostgresBinaries.resource("linux", "riscv64", false)).isNull();
    assertThat(PostgresBinaries.resource("windows 11", "amd64", false)).isNull();
  }

  /** Path → rights and size, or where a link leads. */
  private static Map<String, String> content(Path root) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.toList()) {
        String what =
            Files.isSymbolicLink(path)
                ? "link to " + Files.readSymbolicLink(path)
                : Files.isDirectory(path)
                    ? "directory"
                    : PosixFilePermissions.toString(Files.getPosixFilePermissions(path))
                        + Arrays.hashCode(Files.readAllBytes(path));
        content.put(root.relativize(path).toString(), what);
      }
    }
    return content;
  }
}
