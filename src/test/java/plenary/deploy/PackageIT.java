package plenary.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mvn package} makes is complete and starts. */
class PackageIT {
  private static final Path PACKAGE = Path.of("target", "plenary").toAbsolutePath();

  @TempDir Path folder;

  @Test
  void theJarNamesEveryLibraryThatItNeeds() throws IOException {
    try (JarFile jar = new JarFile(PACKAGE.resolve("plenary.jar").toFile())) {
      Attributes manifest = jar.getManifest().getMainAttributes();

      assertThat(manifest.getValue("Main-Class")).isEqualTo("plenary.Main");
      assertThat(manifest.getValue("Enable-Native-Access")).isEqualTo("ALL-UNNAMED");
      assertThat(manifest.getValue("Class-Path").split(" "))
          .hasSizeGreaterThan(20)
          .allSatisfy(entry -> assertThat(PACKAGE.resolve(entry)).exists());
      assertThat(jar.getEntry("plenary/Main.class")).isNotNull();
    }
  }

  /** With a logging library there, Vert.x and Netty would log past ours. */
  @Test
  void nothingInTheLibrariesTakesTheLogOver() throws IOException {
    try (Stream<Path> libraries = Files.list(PACKAGE.resolve("lib"))) {
      assertThat(libraries.map(path -> path.getFileName().toString()))
          .isNotEmpty()
          .noneMatch(name -> name.matches("(slf4j|log4j|logback|commons-logging).*"))
          .noneMatch(name -> name.contains("junit") || name.contains("assertj"));
    }
  }

  @Test
  void everythingAnOperatorNeedsIsThere() {
    assertThat(PACKAGE.resolve("LICENSE")).exists();
    assertThat(PACKAGE.resolve("conf/plenary.properties")).exists();
    assertThat(PACKAGE.resolve("docs/operations.md")).exists();
    assertThat(PACKAGE.resolve("systemd/plenary.service")).exists();
    assertThat(PACKAGE.resolve("bin/plenary")).isExecutable();
  }

  @Test
  void theScriptBecomesTheServerSoThatSignalsReachIt() throws Exception {
    Path java = fakeJava("25.0.1");

    Started started = start(java, "--backup", "a file");

    assertThat(started.lines().getFirst()).isEqualTo(String.valueOf(started.pid()));
    assertThat(started.lines())
        .contains("config=" + PACKAGE.resolve("conf/plenary.properties"))
        .endsWith("-jar", PACKAGE.resolve("plenary.jar").toString(), "--backup", "a file");
  }

  @Test
  void theScriptWorksThroughASymbolicLink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("plenary"), PACKAGE.resolve("bin/plenary"));

    assertThat(start(link, fakeJava("26"), "--help").lines())
        .endsWith("-jar", PACKAGE.resolve("plenary.jar").toString(), "--help");
  }

  @Test
  void anOlderJavaIsPassedOver() throws Exception {
    assertThat(start(fakeJava("17.0.9"), "--help").lines()).noneMatch(line -> line.equals("-jar"));
  }

  private record Started(long pid, List<String> lines) {}

  private Started start(Path javaHome, String... args) throws Exception {
    return start(PACKAGE.resolve("bin/plenary"), javaHome, args);
  }

  private Started start(Path script, Path javaHome, String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("PLENARY_"));
    builder.environment().put("JAVA_HOME", javaHome.toString());
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(out).isZero();
      return new Started(process.pid(), out.lines().toList());
    } finally {
      process.destroyForcibly();
    }
  }

  /** Says its process id, where the configuration is, and its arguments. */
  private Path fakeJava(String version) throws IOException {
    Path home = Files.createTempDirectory(folder, "jdk");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Path java = Files.createDirectory(home.resolve("bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        printf '%s\\n' "$$" "config=$PLENARY_CONFIG" "$@"
        """);
    assertThat(java.toFile().setExecutable(true)).isTrue();
    return home;
  }
}
