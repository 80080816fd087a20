package plenary.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;

/** Makes records of checked settings. */
final class Typed {
  private final Settings settings;

  private Typed(Settings settings) {
    this.settings = settings;
  }

  static Config config(Settings settings, Map<String, String> environment) {
    Typed typed = new Typed(settings);
    typed.checkTogether();
    if (!settings.mistakes().isEmpty()) {
      throw new Mistakes(settings.mistakes());
    }
    Path data = dataDirectory(settings.text(ServerKeys.DATA_DIR), environment);
    return new Config(
        typed.http(),
        new Config.Management(
            typed.text(ServerKeys.MANAGEMENT_HOST), typed.number(ServerKeys.MANAGEMENT_PORT)),
        new Config.Storage(
            data,
            typed.optional(ServerKeys.DATABASE_URL),
            typed.number(ServerKeys.DATABASE_POOL),
            typed.number(ServerKeys.BACKUP_SHARE),
            typed.erasureList(data)),
        typed.access(),
        new Config.Sessions(
            Duration.ofMinutes(typed.number(AccessKeys.OPENS_BEFORE)),
            Duration.ofMinutes(typed.number(AccessKeys.CLOSES_AFTER))),
        new Config.Networks(typed.number(ServerKeys.NETWORKS_PRIVATE) == 1),
        typed.limits(),
        typed.live(),
        typed.commits(),
        typed.log(),
        Description.of(settings, data));
  }

  /** What no key can know of itself. */
  private void checkTogether() {
    if (text(ServerKeys.TLS_CERT).isEmpty() != text(ServerKeys.TLS_KEY).isEmpty()) {
      settings.mistake("tls.cert and tls.key go together: set both or neither.");
    }
    if (!text(ServerKeys.TLS_CERT).isEmpty() && text(ServerKeys.PUBLIC_URL).startsWith("http:")) {
      settings.mistake("public.url must start with https:// when tls.cert is set.");
    }
    int port = number(ServerKeys.HTTP_PORT);
    if (port != 0 && port == number(ServerKeys.MANAGEMENT_PORT)) {
      settings.mistake("http.port and management.port must differ; both are " + port + ".");
    }
    if (number(LiveKeys.BATCH) > number(LiveKeys.CROWD_QUEUE)) {
      settings.mistake("commit.batch-max must not be above commit.crowd-queue-max.");
    }
  }

  private Config.Http http() {
    Optional<Config.Tls> tls =
        optional(ServerKeys.TLS_CERT)
            .map(cert -> new Config.Tls(Path.of(cert), Path.of(text(ServerKeys.TLS_KEY))));
    return new Config.Http(
        text(ServerKeys.HTTP_HOST),
        number(ServerKeys.HTTP_PORT),
        number(ServerKeys.HTTP_EVENT_LOOPS),
        optional(ServerKeys.PUBLIC_URL).map(url -> URI.create(url.replaceFirst("/$", ""))),
        optional(ServerKeys.PRIVACY_URL).map(URI::create),
        optional(ServerKeys.IMPRINT_URL).map(URI::create),
        Check.parts(text(ServerKeys.TRUSTED_PROXIES)),
        tls);
  }

  /** Beside a database of ours there always is one; beside another's only where somebody says. */
  private Optional<Path> erasureList(Path data) {
    return optional(ServerKeys.ERASURE_LIST)
        .map(Path::of)
        .or(
            () ->
                optional(ServerKeys.DATABASE_URL).isPresent()
                    ? Optional.empty()
                    : Optional.of(data.resolve("erased-meetings.txt")));
  }

  private Config.Access access() {
    return new Config.Access(
        optional(AccessKeys.SETUP_TOKEN),
        Duration.ofHours(number(AccessKeys.SETUP_HOURS)),
        Duration.ofDays(number(AccessKeys.INVITATION_DAYS)),
        Duration.ofHours(number(AccessKeys.STAFF_HOURS)));
  }

  private Limits limits() {
    return new Limits(
        rate(LimitKeys.JOIN_NODE),
        rate(LimitKeys.JOIN_ADDRESS),
        rate(LimitKeys.CODE_FAILED),
        millis(LimitKeys.ASK_INTERVAL),
        number(LimitKeys.ASK_BURST),
        rate(LimitKeys.VOTE),
        rate(LimitKeys.SIMILAR),
        rate(LimitKeys.REQUEST_ADDRESS),
        rate(LimitKeys.REQUEST_NODE),
        number(LimitKeys.CONNECTIONS),
        number(LimitKeys.SOCKETS_PARTICIPANT),
        rate(LimitKeys.UPGRADES),
        Duration.ofSeconds(number(LimitKeys.IDLE)));
  }

  private Config.Live live() {
    return new Config.Live(
        millis(LiveKeys.TICK),
        millis(LiveKeys.ATTENDEE_TICK),
        millis(LiveKeys.STAFF_TICK),
        number(LiveKeys.SENDS),
        millis(LiveKeys.TALLY_TICK),
        millis(LiveKeys.TALLY_TICK_MODERATOR),
        millis(LiveKeys.PULSE),
        millis(LiveKeys.PING),
        millis(LiveKeys.STALLED),
        Duration.ofMinutes(number(LiveKeys.IDLE_MAP)),
        millis(LiveKeys.HEAL),
        millis(LiveKeys.DRAIN),
        number(LiveKeys.VIEW_QUESTIONS),
        number(LiveKeys.VIEW_SLACK),
        millis(LiveKeys.VIEW_BOUND));
  }

  private Config.Commits commits() {
    return new Config.Commits(
        number(LiveKeys.COMMITTERS),
        number(LiveKeys.BATCH),
        number(LiveKeys.STAFF_QUEUE),
        number(LiveKeys.CROWD_QUEUE),
        millis(LiveKeys.GATHER),
        millis(LiveKeys.DEADLINE),
        millis(LiveKeys.BATCH_TIME));
  }

  private Config.Log log() {
    Map<String, Level> levels = new LinkedHashMap<>();
    for (String part : Check.parts(text(ServerKeys.LOG_LEVELS))) {
      List<String> pair = List.of(part.split("=", 2));
      levels.put(pair.getFirst().strip(), LogLevels.of(pair.getLast().strip()));
    }
    return new Config.Log(LogLevels.of(text(ServerKeys.LOG_LEVEL)), Map.copyOf(levels));
  }

  private static Path dataDirectory(String configured, Map<String, String> environment) {
    if (!configured.isEmpty()) {
      return Path.of(configured);
    }
    if ("root".equals(System.getProperty("user.name"))) {
      return Path.of("/var/lib/plenary");
    }
    String data = environment.getOrDefault("XDG_DATA_HOME", "");
    // The XDG base directory specification: relative paths are ignored.
    Path home =
        data.startsWith("/")
            ? Path.of(data)
            : Path.of(System.getProperty("user.home", "/"), ".local", "share");
    return home.resolve("plenary");
  }

  private String text(Key key) {
    return settings.text(key);
  }

  private Optional<String> optional(Key key) {
    return Optional.of(text(key)).filter(value -> !value.isEmpty());
  }

  private int number(Key key) {
    return Integer.parseInt(text(key));
  }

  private Duration millis(Key key) {
    return Duration.ofMillis(number(key));
  }

  private Limits.Rate rate(Key key) {
    long burst = (long) number(key) * number(LimitKeys.BURST);
    return new Limits.Rate(number(key), (int) Math.min(burst, Integer.MAX_VALUE));
  }
}
