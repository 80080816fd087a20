package plenary.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param action what to do; {@link Action#SERVE} without an option that says otherwise
 * @param demo whether to add the sample meeting with simulated attendees, when serving
 * @param file the archive of {@link Action#BACKUP} and {@link Action#RESTORE}, otherwise null
 */
public record Options(Action action, boolean demo, @Nullable Path file) {

  /** What a start of the program does. */
  public enum Action {
    SERVE,
    CHECK_CONFIG,
    SIGN_IN_LINK,
    BACKUP,
    RESTORE,
    HELP
  }

  /** What {@code --help} prints. */
  public static final String HELP =
      """
      usage: plenary [--demo]            start the server
             plenary --check-config      print the configuration, secrets hidden, and end
             plenary --sign-in-link      print a new link for an organiser who is locked out
             plenary --backup FILE       write everything into one archive
             plenary --restore FILE      read an archive into an empty database
             plenary --help              print this

      --demo adds a sample meeting with simulated attendees.
      Configuration: conf/plenary.properties or the file that PLENARY_CONFIG names; environment
      variables win over it (http.port is PLENARY_HTTP_PORT). docs/operations.md lists every key.
      """;

  private static final List<String> KNOWN =
      List.of("--demo", "--check-config", "--sign-in-link", "--backup", "--restore", "--help");

  /**
   * Reads the arguments.
   *
   * @throws Mistakes with one sentence for an unknown option, a missing file, or two actions
   */
  public static Options parse(String[] args) {
    Deque<String> rest = new ArrayDeque<>(Arrays.asList(args));
    Action action = Action.SERVE;
    boolean demo = false;
    Path file = null;
    while (!rest.isEmpty()) {
      String option = rest.pop();
      if (option.equals("--demo")) {
        demo = true;
        continue;
      }
      if (action != Action.SERVE) {
        throw mistake("Say one thing at a time: " + option + " does not go with the option before");
      }
      action = action(option);
      if (action == Action.BACKUP || action == Action.RESTORE) {
        file = file(option, rest.poll());
      }
    }
    if (demo && action != Action.SERVE) {
      throw mistake("--demo only goes with starting the server");
    }
    return new Options(action, demo, file);
  }

  private static Action action(String option) {
    return switch (option) {
      case "--check-config" -> Action.CHECK_CONFIG;
      case "--sign-in-link" -> Action.SIGN_IN_LINK;
      case "--backup" -> Action.BACKUP;
      case "--restore" -> Action.RESTORE;
      case "--help", "-h" -> Action.HELP;
      default ->
          throw mistake(
              "There is no option "
                  + option
                  + Nearest.to(option, KNOWN).map(near -> "; did you mean " + near + "?").orElse("")
                  + " (--help lists them)");
    };
  }

  private static Path file(String option, @Nullable String name) {
    if (name == null || name.isBlank() || name.startsWith("--")) {
      throw mistake(option + " needs the name of a file, as in: " + option + " plenary.backup");
    }
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw mistake(option + " needs the name of a file; this is none: " + name);
    }
  }

  private static Mistakes mistake(String sentence) {
    return new Mistakes(List.of(sentence));
  }
}
