package plenary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
  @TempDir Path folder;

  @Test
  void withoutAnyConfigurationTheDefaultsHold() throws IOException {
    Config config = load("");

    assertThat(config.http().host()).isEqualTo("0.0.0.0");
    assertThat(config.http().port()).isEqualTo(8080);
    assertThat(config.management()).isEqualTo(new Config.Management("127.0.0.1", 8081));
    assertThat(config.storage().databaseUrl()).isEmpty();
    assertThat(config.sessions().opensBefore()).isEqualTo(Duration.ofHours(24));
    assertThat(config.sessions().closesAfter()).isEqualTo(Duration.ofMinutes(30));
    assertThat(config.http().secure()).isFalse();
  }

  @Test
  void everyDefaultPassesItsOwnCheck() {
    for (Key key : Topic.KEYS) {
      if (!key.fallback().isEmpty()) {
        assertThat(key.check().mistake(key.fallback())).as(key.name()).isNull();
      }
    }
  }

  @Test
  void everyNameIsThereOnceAndSoIsItsVariable() {
    assertThat(Topic.KEYS).extracting(Key::name).doesNotHaveDuplicates();
    assertThat(Topic.KEYS).extracting(Key::environment).doesNotHaveDuplicates();
  }

  @Test
  void theNamesOfTheContractAreKept() {
    assertThat(Topic.KEYS)
        .extracting(Key::environment)
        .contains(
            "PLENARY_HTTP_HOST",
            "PLENARY_HTTP_PORT",
            "PLENARY_MANAGEMENT_HOST",
            "PLENARY_MANAGEMENT_PORT",
            "PLENARY_PUBLIC_URL",
            "PLENARY_TRUSTED_PROXIES",
            "PLENARY_TLS_CERT",
            "PLENARY_TLS_KEY",
            "PLENARY_DATA_DIR",
            "PLENARY_DATABASE_URL",
            "PLENARY_SETUP_TOKEN",
            "PLENARY_LIVE_TICK_MS");
  }

  @Test
  void theFileWinsOverTheDefaultAndTheEnvironmentOverTheFile() throws IOException {
    String file = "http.port = 9000\nmanagement.port = 9001\npublic.url = https://q.example.org/\n";

    Config config = load(file, "PLENARY_HTTP_PORT", "9100");

    assertThat(config.http().port()).isEqualTo(9100);
    assertThat(config.management().port()).isEqualTo(9001);
    assertThat(config.http().publicUrl()).contains(URI.create("https://q.example.org"));
    assertThat(config.http().secure()).isTrue();
  }

  @Test
  void anEmptyVariableCountsAsNone() throws IOException {
    assertThat(load("http.port = 9000\n", "PLENARY_HTTP_PORT", "").http().port()).isEqualTo(9000);
  }

  @Test
  void secretsAreReadFromFilesOfTheirOwn() throws IOException {
    Path secret = Files.writeString(folder.resolve("url"), "postgresql://u:p@db:5432/plenary\n");

    Config config = load("", "PLENARY_DATABASE_URL_FILE", secret.toString());

    assertThat(config.storage().databaseUrl()).contains("postgresql://u:p@db:5432/plenary");
  }

  @Test
  void allMistakesAreToldAtOnce() {
    String file = "htp.port = 1\nhttp.port = 99999\nlive.tick-ms = soon\nlog.level = LOUD\n";

    assertThat(
            mistakes(
                file,
                "PLENARY_DATABASE_URL",
                "mysql://x",
                "PLENARY_PUBLIC_URL",
                "q.example.org",
                "PLENARY_TRUSTED_PROXIES",
                "10.0.0.0/33",
                "PLENARY_HTTP_PROT",
                "1",
                "PLENARY_PRIVACY_URL",
                "javascript:alert(1)",
                "PLENARY_TLS_CERT",
                "/nowhere/cert.pem",
                "PLENARY_SETUP_TOKEN",
                "short"))
        .hasSize(11)
        .anyMatch(s -> s.startsWith("There is no key htp.port") && s.endsWith("mean http.port?"))
        .anyMatch(s -> s.startsWith("http.port") && s.contains("from 0 to 65535, not 99999"))
        .anyMatch(s -> s.startsWith("live.tick-ms") && s.contains("not soon"))
        .anyMatch(s -> s.startsWith("log.level") && s.contains("SEVERE"))
        .anyMatch(s -> s.startsWith("database.url (PLENARY_DATABASE_URL) must be like"))
        .anyMatch(s -> s.startsWith("public.url") && s.contains("https://"))
        .anyMatch(s -> s.startsWith("privacy.url") && s.contains("https://"))
        .anyMatch(s -> s.startsWith("trusted.proxies") && s.contains("10.0.0.0/33"))
        .anyMatch(s -> s.contains("PLENARY_HTTP_PROT; did you mean PLENARY_HTTP_PORT?"))
        .anyMatch(s -> s.startsWith("tls.cert") && s.contains("not there"))
        .anyMatch(s -> s.startsWith("setup.token") && s.contains("22"));
  }

  @Test
  void aCertificateWithoutItsKeyIsAMistake() throws IOException {
    Path cert = Files.writeString(folder.resolve("cert.pem"), "x");

    assertThat(mistakes("", "PLENARY_TLS_CERT", cert.toString()))
        .containsExactly("tls.cert and tls.key go together: set both or neither.");
  }

  @Test
  void onePortForTwoServersIsAMistakeButTwoFreeOnesAreNot() throws IOException {
    assertThat(mistakes("http.port = 8081\n")).singleElement().asString().contains("must differ");
    assertThat(load("http.port = 0\nmanagement.port = 0\n").http().port()).isZero();
  }

  @Test
  void aSecretInBothWaysIsAMistake() throws IOException {
    Path secret = Files.writeString(folder.resolve("token"), "a".repeat(30));

    assertThat(
            mistakes(
                "",
                "PLENARY_SETUP_TOKEN",
                "b".repeat(30),
                "PLENARY_SETUP_TOKEN_FILE",
                secret.toString()))
        .containsExactly("Set PLENARY_SETUP_TOKEN or PLENARY_SETUP_TOKEN_FILE, not both.");
  }

  @Test
  void whatIsNoSecretHasNoFileOfItsOwn() {
    assertThat(mistakes("", "PLENARY_HTTP_PORT_FILE", "/x"))
        .containsExactly(
            "There is no variable PLENARY_HTTP_PORT_FILE: only secrets can be read from a file of"
                + " their own; set PLENARY_HTTP_PORT.");
  }

  @Test
  void theVariablesOfAKubernetesServiceAreExplained() {
    assertThat(mistakes("", "PLENARY_SERVICE_HOST", "10.0.0.1"))
        .singleElement()
        .asString()
        .contains("enableServiceLinks: false");
  }

  @Test
  void aKeyGivenTwiceIsAMistake() {
    assertThat(mistakes("http.port = 1\nhttp.port = 2\n"))
        .singleElement()
        .asString()
        .startsWith("http.port is twice in");
  }

  @Test
  void aNamedFileMustBeThere() {
    assertThatThrownBy(() -> Config.load(Map.of("PLENARY_CONFIG", "/nowhere/plenary.properties")))
        .isInstanceOf(Mistakes.class)
        .hasMessageContaining("PLENARY_CONFIG names a file that cannot be read: /nowhere");
  }

  @Test
  void noSecretIsEverPrinted() throws IOException {
    Config config =
        load(
            "",
            "PLENARY_DATABASE_URL",
            "postgresql://joe:canary-p%40ss@db:5432/plenary?password=canary2",
            "PLENARY_SETUP_TOKEN",
            "canary-canary-canary-canary");

    assertThat(config.description())
        .doesNotContain("canary")
        .contains("database.url = postgresql://***@db:5432/plenary?***  (PLENARY_DATABASE_URL)")
        .contains("setup.token = ***  (PLENARY_SETUP_TOKEN)");
    assertThat(config.storage().toString()).doesNotContain("canary");
    assertThat(config.access().toString()).doesNotContain("canary");
  }

  @Test
  void noMistakeQuotesASecret() {
    assertThat(
            mistakes(
                "",
                "PLENARY_DATABASE_URL",
                "postgresql://joe:canary@:db:5432:x/plenary",
                "PLENARY_SETUP_TOKEN",
                "canary"))
        .isNotEmpty()
        .noneMatch(s -> s.contains("canary"));
  }

  @Test
  void theDescriptionHasEveryKeyAndWhereItsValueIsFrom() throws IOException {
    String description = load("live.tick-ms = 0\n").description();

    assertThat(description.lines()).hasSize(Topic.KEYS.size());
    assertThat(description).contains("live.tick-ms = 0  (" + folder.resolve("file") + ")");
    assertThat(description).contains("http.port = 8080  (default)");
  }

  @Test
  void burstsAreSecondsOfTheRate() throws IOException {
    Limits limits = load("limits.burst-seconds = 3\nlimits.join.node-per-second = 7\n").limits();

    assertThat(limits.joinNode()).isEqualTo(new Limits.Rate(7, 21));
  }

  @Test
  void loggersMayHaveLevelsOfTheirOwn() throws IOException {
    Config config = load("log.levels = plenary.live=FINE, io.vertx=WARNING\n");

    assertThat(config.log().levels())
        .isEqualTo(Map.of("plenary.live", Level.FINE, "io.vertx", Level.WARNING));
  }

  private Config load(String file, String... variables) throws IOException {
    Path path = Files.writeString(folder.resolve("file"), file);
    Map<String, String> environment = new HashMap<>(Map.of("PLENARY_CONFIG", path.toString()));
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return Config.load(environment);
  }

  private List<String> mistakes(String file, String... variables) {
    return catchThrowableOfType(Mistakes.class, () -> load(file, variables)).list();
  }
}
