package plenary.web.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the files of the pages: our own, and those of WebJars that are named here. Blocking. */
public final class WebFiles {
  /** Everything that is served of WebJars, below {@code webroot/lib/}: where it is in which. */
  private static final Map<String, Map<String, String>> WEBJARS =
      Map.of(
          "lit-html",
          Map.of(
              "lit-html.js", "lit-html.js",
              "directive.js", "directive.js",
              "directive-helpers.js", "directive-helpers.js",
              "directives/guard.js", "directives/guard.js",
              "directives/repeat.js", "directives/repeat.js"),
          "uplot",
          Map.of(
              "uplot.js", "dist/uPlot.esm.js",
              "uplot.css", "dist/uPlot.min.css"));

  private WebFiles() {}

  /**
   * All of them, in the order of their paths.
   *
   * @param directory a {@code webroot/} on disk instead of the one in the program
   */
  public static TreeMap<String, Asset> read(@Nullable Path directory) {
    try {
      TreeMap<String, Asset> files = new TreeMap<>();
      if (directory == null) {
        readPackaged(files);
      } else {
        readTree(directory, files);
      }
      for (Map.Entry<String, Map<String, String>> jar : WEBJARS.entrySet()) {
        readJar(jar.getKey(), jar.getValue(), files);
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void readPackaged(Map<String, Asset> files) throws IOException {
    URL shell = WebFiles.class.getResource("/webroot/pages/shell.html");
    if (shell == null) {
      throw new IOException("webroot/ is not in the program");
    }
    try {
      URI uri = shell.toURI();
      if (!"jar".equals(uri.getScheme())) {
        readTree(Path.of(uri).resolve("../..").normalize(), files);
        return;
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        readTree(jar.getPath("/webroot"), files);
      }
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static void readTree(Path root, Map<String, Asset> files) throws IOException {
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        String path = root.relativize(file).toString().replace('\\', '/');
        files.put(path, Asset.of(path, Files.readAllBytes(file)));
      }
    }
  }

  private static void readJar(String jar, Map<String, String> parts, Map<String, Asset> files)
      throws IOException {
    Properties pom = new Properties();
    try (InputStream in = open("META-INF/maven/org.webjars.npm/" + jar + "/pom.properties")) {
      pom.load(in);
    }
    String version = pom.getProperty("version");
    String root = "META-INF/resources/webjars/" + jar + "/" + version + "/";
    for (Map.Entry<String, String> each : parts.entrySet()) {
      String path = "lib/" + jar + "/" + each.getKey();
      files.put(path, Asset.of(path, resource(root + each.getValue())));
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = open(name)) {
      return in.readAllBytes();
    }
  }

  private static InputStream open(String name) throws IOException {
    InputStream in = WebFiles.class.getClassLoader().getResourceAsStream(name);
    if (in == null) {
      throw new IOException(name + " is not on the class path");
    }
    return in;
  }
}
