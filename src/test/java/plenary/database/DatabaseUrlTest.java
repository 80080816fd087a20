package plenary.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseUrlTest {

  @Test
  void readsEveryPart() {
    PgConnectOptions options =
        DatabaseUrl.parse(
            "postgresql://an%40na:p%2Fss+%3A%23@db.example:6432/hall?sslmode=require");
    assertThat(options.getUser()).isEqualTo("an@na");
    assertThat(options.getPassword()).isEqualTo("p/ss+:#");
    assertThat(options.getHost()).isEqualTo("db.example");
    assertThat(options.getPort()).isEqualTo(6432);
    assertThat(options.getDatabase()).isEqualTo("hall");
    assertThat(options.getSslMode()).isEqualTo(SslMode.REQUIRE);
  }

  @Test
  void portAndEncryptionHaveDefaults() {
    PgConnectOptions options = DatabaseUrl.parse("postgres://anna@[::1]/hall");
    assertThat(options.getHost()).isEqualTo("::1");
    assertThat(options.getPort()).isEqualTo(5432);
    assertThat(options.getSslMode()).isEqualTo(SslMode.PREFER);
  }

  @Test
  void aDirectoryMeansAUnixSocket() {
    PgConnectOptions options =
        DatabaseUrl.parse("postgresql://anna@/hall?host=%2Frun%2Fpostgresql");
    assertThat(options.isUsingDomainSocket()).isTrue();
    assertThat(options.getHost()).isEqualTo("/run/postgresql");
    assertThat(options.getSslMode()).isEqualTo(SslMode.DISABLE);
  }

  @Test
  void verifyingWithoutAFileTrustsTheAuthoritiesOfTheSystem() {
    PgConnectOptions options = DatabaseUrl.parse("postgresql://a:b@h/n?sslmode=verify-full");
    assertThat(options.getSslOptions().getTrustOptions()).isNotNull();
    assertThat(options.getSslOptions().getHostnameVerificationAlgorithm()).isEqualTo("HTTPS");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "mysql://anna:secret@h/n postgresql://",
        "anna:secret postgresql://",
        "postgresql://anna:secret@h name",
        "postgresql://anna:secret@h/ name",
        "postgresql://:secret@h/n user",
        "postgresql://anna:secret@/n host",
        "postgresql://anna:secret@h:x/n port",
        "postgresql://anna:secret@h:70000/n port",
        "postgresql://anna:sec/ret@h/n percent-encoded",
        "postgresql://anna:secret?x@h/n percent-encoded",
        "postgresql://anna:secret@h@h^/n host",
        "postgresql://anna:secret%2@h/n password",
        "postgresql://anna:secret@h/n?sslmode=secret sslmode",
        "postgresql://anna:secret@h/n?secret=1 parameter",
        "postgresql://anna:secret@h/n?sslrootcert=/none sslrootcert",
      })
  void mistakesAreNamedWithoutThePassword(String url, String named) {
    assertThatThrownBy(() -> DatabaseUrl.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .hasMessageStartingWith("PLENARY_DATABASE_URL ")
        .message()
        .contains(named)
        .doesNotContain("secret", "sec/ret", "ret@h");
  }
}
