package plenary.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of all keys from the file and the environment, and gathers what is wrong. An
 * empty value counts as none.
 */
final class Settings {
  static final String CONFIG = "PLENARY_CONFIG";
  static final Path DEFAULT_FILE = Path.of("conf", "plenary.properties");
  private static final Pattern SERVICE_LINK =
      Pattern.compile("PLENARY_(.+_)?(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT|PORT_\\d+_.+)");

  /**
   * A value and where it is from.
   *
   * @param value empty when there is none
   * @param source for people: {@code default}, the file's name or the variable's
   */
  record Setting(String value, String source) {}

  private final Map<String, String> environment;
  private final List<String> mistakes = new ArrayList<>();
  private final Map<Key, Setting> values = new LinkedHashMap<>();

  private Settings(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Reads everything; never throws. */
  static Settings read(Map<String, String> environment) {
    Settings settings = new Settings(environment);
    Map<String, Setting> file = settings.file();
    for (Key key : Topic.KEYS) {
      settings.values.put(key, settings.resolve(key, file.get(key.name())));
    }
    settings.unknown(file);
    return settings;
  }

  List<String> mistakes() {
    return mistakes;
  }

  Map<Key, Setting> values() {
    return values;
  }

  String text(Key key) {
    Setting setting = values.get(key);
    return setting == null ? key.fallback() : setting.value();
  }

  void mistake(String sentence) {
    mistakes.add(sentence);
  }

  private Setting resolve(Key key, @Nullable Setting fromFile) {
    String variable = environment.getOrDefault(key.environment(), "").strip();
    String named = environment.getOrDefault(key.environmentFile(), "").strip();
    Setting fallback = new Setting(key.fallback(), "default");
    Setting found = fromFile == null || fromFile.value().isEmpty() ? fallback : fromFile;
    if (key.secret() && !named.isEmpty()) {
      if (!variable.isEmpty()) {
        mistake("Set " + key.environment() + " or " + key.environmentFile() + ", not both.");
      }
      found = secret(key, named, fallback);
    } else if (!variable.isEmpty()) {
      found = new Setting(variable, key.environment());
    }
    String wrong = found.value().isEmpty() ? null : key.check().mistake(found.value());
    if (wrong != null) {
      mistake(key.name() + " (" + found.source() + ") " + wrong + ".");
      return fallback;
    }
    return found;
  }

  private Setting secret(Key key, String name, Setting fallback) {
    try {
      String value = Files.readString(Path.of(name)).strip();
      if (value.isEmpty()) {
        mistake(key.environmentFile() + " names an empty file: " + name + ".");
      }
      return new Setting(value, key.environmentFile());
    } catch (IOException | InvalidPathException e) {
      mistake(key.environmentFile() + " names a file that cannot be read: " + name + ".");
      return fallback;
    }
  }

  private Map<String, Setting> file() {
    String named = environment.getOrDefault(CONFIG, "").strip();
    Map<String, Setting> found = new TreeMap<>();
    try {
      Path path = named.isEmpty() ? DEFAULT_FILE : Path.of(named);
      if (named.isEmpty() && !Files.exists(path)) {
        return found;
      }
      Once properties = new Once();
      try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
        properties.load(reader);
      }
      for (String twice : properties.twice) {
        mistake(twice + " is twice in " + path + ".");
      }
      for (String name : properties.stringPropertyNames()) {
        found.put(name, new Setting(properties.getProperty(name).strip(), path.toString()));
      }
    } catch (IOException | InvalidPathException e) {
      mistake(
          (named.isEmpty() ? DEFAULT_FILE.toString() : CONFIG + " names a file that")
              + " cannot be read"
              + (named.isEmpty() ? "." : ": " + named + "."));
    } catch (IllegalArgumentException e) {
      mistake("The configuration file has a broken \\u escape: " + e.getMessage() + ".");
    }
    return found;
  }

  private void unknown(Map<String, Setting> file) {
    Map<String, Key> names = new HashMap<>();
    Map<String, Key> variables = new HashMap<>();
    for (Key key : Topic.KEYS) {
      names.put(key.name(), key);
      variables.put(key.environment(), key);
      if (key.secret()) {
        variables.put(key.environmentFile(), key);
      }
    }
    file.forEach(
        (name, setting) -> {
          if (!names.containsKey(name)) {
            mistake("There is no key " + name + " (" + setting.source() + ")" + near(name, names));
          }
        });
    for (String variable : new TreeSet<>(environment.keySet())) {
      if (variable.startsWith("PLENARY_")
          && !variable.equals(CONFIG)
          && !variables.containsKey(variable)) {
        mistake("There is no variable " + variable + hint(variable, variables));
      }
    }
  }

  private static String hint(String variable, Map<String, Key> variables) {
    if (SERVICE_LINK.matcher(variable).matches() && !variables.containsKey(variable)) {
      return ": Kubernetes sets it for a service of this name; use enableServiceLinks: false.";
    }
    String bare = variable.replaceFirst("_FILE$", "");
    if (!bare.equals(variable) && variables.containsKey(bare)) {
      return ": only secrets can be read from a file of their own; set " + bare + ".";
    }
    return near(variable, variables);
  }

  private static String near(String name, Map<String, Key> known) {
    return Nearest.to(name, new TreeSet<>(known.keySet()))
        .map(near -> "; did you mean " + near + "?")
        .orElse(".");
  }

  /** Properties that notice a key that is given twice. */
  private static final class Once extends Properties {
    private static final long serialVersionUID = 1L;
    private final transient List<String> twice = new ArrayList<>();

    @Override
    public synchronized @Nullable Object put(Object key, Object value) {
      if (containsKey(key)) {
        twice.add(key.toString());
      }
      return super.put(key, value);
    }
  }
}
