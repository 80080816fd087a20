package plenary.web.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the files of the pages: our own, and those of WebJars that are named here. Blocking. */
public final class WebFiles {
  /** What is served of Lit; each after those it imports. */
  private static final List<String> LIT =
      List.of(
          "lit-html", "directive", "directive-helpers", "directives/guard", "directives/repeat");

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
      Kit.texts(files, lit())
          .forEach((path, text) -> put(files, path, text.getBytes(StandardCharsets.UTF_8)));
      String uplot = webjar("uplot") + "dist/";
      put(files, "lib/uplot/uplot.js", resource(uplot + "uPlot.esm.js"));
      put(files, "lib/uplot/uplot.css", resource(uplot + "uPlot.min.css"));
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

  private static void put(Map<String, Asset> files, String path, byte[] content) {
    files.put(path, Asset.of(path, content));
  }

  private static Map<String, String> lit() throws IOException {
    String root = webjar("lit-html");
    Map<String, String> modules = new LinkedHashMap<>();
    for (String name : LIT) {
      modules.put(name, new String(resource(root + name + ".js"), StandardCharsets.UTF_8));
    }
    return modules;
  }

  /** Where the files of a WebJar are. */
  private static String webjar(String name) throws IOException {
    Properties pom = new Properties();
    try (InputStream in = open("META-INF/maven/org.webjars.npm/" + name + "/pom.properties")) {
      pom.load(in);
    }
    return "META-INF/resources/webjars/" + name + "/" + pom.getProperty("version") + "/";
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
