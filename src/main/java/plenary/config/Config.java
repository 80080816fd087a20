package plenary.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;

/**
 * Everything that can be configured, read once at the start and never changed.
 *
 * @param description every key with its value and where it is from, secrets hidden; what {@code
 *     --check-config} prints
 */
public record Config(
    Http http,
    Management management,
    Storage storage,
    Access access,
    Sessions sessions,
    Networks networks,
    Limits limits,
    Live live,
    Commits commits,
    Log log,
    String description) {

  /**
   * Where people reach the server.
   *
   * @param trustedProxies addresses and networks in CIDR form
   * @param publicUrl the origin, without a slash at the end
   * @param privacyUrl the privacy notice
   * @param eventLoops threads; 0 = one for each core
   */
  public record Http(
      String host,
      int port,
      int eventLoops,
      Optional<URI> publicUrl,
      Optional<URI> privacyUrl,
      Optional<URI> imprintUrl,
      List<String> trustedProxies,
      Optional<Tls> tls) {

    /** Whether browsers come over https, so that cookies are {@code Secure}. */
    public boolean secure() {
      return tls.isPresent()
          || publicUrl.filter(url -> "https".equals(url.getScheme())).isPresent();
    }
  }

  /** PEM files. */
  public record Tls(Path certificate, Path key) {}

  /** Where the operator's tools reach the server. */
  public record Management(String host, int port) {}

  /**
   * Where the facts are.
   *
   * @param dataDirectory of managed PostgreSQL, when there is no {@code databaseUrl}
   * @param backupShare of the time that a backup works, in per cent
   * @param erasureList the file that ids of erased meetings are added to
   */
  public record Storage(
      Path dataDirectory,
      Optional<String> databaseUrl,
      int poolSize,
      int backupShare,
      Optional<Path> erasureList) {
    /** Without the URL: it has a password in it. */
    @Override
    public String toString() {
      return databaseUrl.isPresent() ? "PostgreSQL by URL" : "managed PostgreSQL";
    }
  }

  /** How people get in. */
  public record Access(
      Optional<String> setupToken, Duration setupLink, Duration invitation, Duration staffIdle) {
    /** Without the token. */
    @Override
    public String toString() {
      return "Access[staffIdle=" + staffIdle + ", invitation=" + invitation + "]";
    }
  }

  /** When sessions open before their start and close after their end. */
  public record Sessions(Duration opensBefore, Duration closesAfter) {}

  /**
   * Mastodon, Bluesky and X.
   *
   * @param anywhere whether servers of private networks may be named
   */
  public record Networks(boolean anywhere) {}

  /**
   * How changes reach the screens.
   *
   * @param tick -1 ms = adapts to the audience; zero = every change is a frame
   */
  public record Live(
      Duration tick,
      Duration attendeeTick,
      Duration staffTick,
      int sendsPerSecond,
      Duration tallyTick,
      Duration moderatorTallyTick,
      Duration pulse,
      Duration ping,
      Duration stalled,
      Duration idle,
      Duration heal,
      Duration drain,
      int viewQuestions,
      int viewSlack,
      Duration viewBound) {}

  /** How commands become durable. */
  public record Commits(
      int committers,
      int batchMax,
      int staffQueueMax,
      int crowdQueueMax,
      Duration voteGather,
      Duration deadline,
      Duration batchTime) {}

  /** What is logged. */
  public record Log(Level level, Map<String, Level> levels) {}

  /**
   * Reads the file and the environment.
   *
   * @param environment usually {@link System#getenv()}
   * @throws Mistakes that lists everything that is wrong
   */
  public static Config load(Map<String, String> environment) {
    return Typed.config(Settings.read(environment), environment);
  }
}
