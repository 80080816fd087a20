package plenary.database;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One numbered SQL file, {@code V001__name.sql}.
 *
 * @param version its number
 * @param name its file name
 * @param content its text
 * @param sha256 the checksum of the content, hexadecimal
 */
record MigrationFile(int version, String name, String content, String sha256) {
  private static final Pattern NAME = Pattern.compile("V([0-9]{3,})__[a-z0-9_]+\\.sql");

  /** The files of a resource folder in order, from directories and from jars alike. */
  static List<MigrationFile> list(ClassLoader loader, String folder) {
    Map<Integer, MigrationFile> files = new TreeMap<>();
    try {
      for (URL place : Collections.list(loader.getResources(folder))) {
        for (MigrationFile file : read(place.toURI())) {
          MigrationFile other = files.putIfAbsent(file.version(), file);
          if (other != null) {
            throw new DatabaseRefusal(
                "Two migrations have one number: " + other.name() + " and " + file.name() + ".");
          }
        }
      }
    } catch (IOException | URISyntaxException failed) {
      throw new DatabaseRefusal("The migrations in " + folder + " cannot be read.", failed);
    }
    if (files.isEmpty()) {
      throw new DatabaseRefusal("No migrations were found in " + folder + ".");
    }
    return List.copyOf(files.values());
  }

  private static List<MigrationFile> read(URI place) throws IOException {
    if (!place.getScheme().equals("jar")) {
      return read(Path.of(place));
    }
    String jar = place.getRawSchemeSpecificPart();
    int bang = jar.lastIndexOf("!/");
    // Opened by its path: such a file system is ours alone, and closing it disturbs nobody.
    try (FileSystem system =
        FileSystems.newFileSystem(Path.of(URI.create(jar.substring(0, bang))))) {
      return read(system.getPath(jar.substring(bang + 1)));
    }
  }

  private static List<MigrationFile> read(Path folder) throws IOException {
    List<MigrationFile> files = new ArrayList<>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        String name = String.valueOf(entry.getFileName());
        Matcher parts = NAME.matcher(name);
        if (parts.matches()) {
          byte[] content = Files.readAllBytes(entry);
          files.add(
              new MigrationFile(
                  Integer.parseInt(parts.group(1)),
                  name,
                  new String(content, StandardCharsets.UTF_8),
                  HexFormat.of().formatHex(Digests.sha256().digest(content))));
        } else if (name.endsWith(".sql")) {
          throw new DatabaseRefusal(
              "The migration " + name + " is not named like V001__what_it_does.sql.");
        }
      }
    }
    return files;
  }
}
