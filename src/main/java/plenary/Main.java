package plenary;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import plenary.access.Setup;
import plenary.config.Config;
import plenary.config.Mistakes;
import plenary.config.Options;
import plenary.database.Backup;
import plenary.database.Database;
import plenary.database.DatabaseRefusal;
import plenary.database.DatabaseUrl;
import plenary.database.ManagedPostgres;
import plenary.database.Migrations;
import plenary.demo.Demo;
import plenary.demo.Pace;
import plenary.erasure.Erasures;
import plenary.live.Faults;
import plenary.log.Logs;

/** The program: reads its options and configuration, and does what they say. */
public final class Main {
  private static final int EXIT_FAILED = 1;
  private static final int EXIT_MISTAKES = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private Main() {}

  public static void main(String[] args) {
    Logs.begin();
    try {
      Options options = Options.parse(args);
      if (options.action() == Options.Action.HELP) {
        System.out.print(Options.HELP);
        return;
      }
      Config config = Config.load(System.getenv());
      Logs.start(config.log().level(), config.log().levels());
      run(options, config, System.out, Faults.NONE);
    } catch (Mistakes mistakes) {
      mistakes.list().forEach(System.err::println);
      System.exit(EXIT_MISTAKES);
    } catch (DatabaseRefusal refusal) {
      System.err.println(refusal.getMessage());
      System.exit(EXIT_FAILED);
    } catch (Exception failed) {
      System.getLogger(Main.class.getName()).log(System.Logger.Level.ERROR, "start failed", failed);
      System.exit(EXIT_FAILED);
    }
  }

  /**
   * Does what the options say. Serving goes on after it returned, until the process is told to end.
   *
   * @param faults for the negative controls of tests
   */
  static void run(Options options, Config config, PrintStream out, Faults faults) throws Exception {
    switch (options.action()) {
      case CHECK_CONFIG -> out.print(config.description());
      case SERVE -> serve(config, options.demo(), out, faults);
      case BACKUP -> {
        Path file = Objects.requireNonNull(options.file());
        Backup.Summary done =
            withDatabase(
                config, database -> Backup.write(database, file, config.storage().backupShare()));
        out.println("wrote " + done.rows() + " rows of " + done.tables() + " tables to " + file);
      }
      case RESTORE -> {
        Path file = Objects.requireNonNull(options.file());
        restore(config, file, out);
      }
      case SIGN_IN_LINK -> {
        String secret =
            withDatabase(
                config,
                database ->
                    Migrations.apply(database)
                        .compose(
                            ignored -> Setup.of(database, InstantSource.system()).signInLink()));
        out.println("setup " + Welcome.address(config, config.http().port()) + "/setup#" + secret);
      }
      case HELP -> out.print(Options.HELP);
    }
  }

  private static void restore(Config config, Path file, PrintStream out) throws Exception {
    Optional<Path> list = config.storage().erasureList().filter(Files::exists);
    AtomicInteger again = new AtomicInteger();
    Backup.Summary done =
        withDatabase(
            config,
            database ->
                Backup.restore(
                    database,
                    file,
                    sql -> Erasures.again(sql, list).onSuccess(again::set).mapEmpty()));
    out.println("restored " + done.rows() + " rows as of " + done.createdAt());
    out.println(
        list.isPresent()
            ? "erased again " + again + " meetings of the list " + list.get()
            : "There is no list of erased meetings (erasure.list): what was erased after the backup"
                + " was made is there again.");
  }

  private interface Work<T> {
    Future<T> on(Database database);
  }

  /** Works on the database of the configuration: a running server's, or one started for it. */
  private static <T> T withDatabase(Config config, Work<T> work) throws Exception {
    Optional<PgConnectOptions> running =
        config.storage().databaseUrl().isPresent()
            ? Optional.of(DatabaseUrl.parse(config.storage().databaseUrl().get()))
            : ManagedPostgres.running(config.storage().dataDirectory());
    if (running.isPresent()) {
      return await(running.get(), work);
    }
    try (ManagedPostgres postgres = ManagedPostgres.start(config.storage().dataDirectory())) {
      return await(postgres.options(), work);
    }
  }

  private static <T> T await(PgConnectOptions options, Work<T> work) throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      return Database.open(vertx, options, 4)
          .compose(work::on)
          .await(Backup.LIMIT.toSeconds(), TimeUnit.SECONDS);
    } finally {
      vertx.close().await();
    }
  }

  private static void serve(Config config, boolean demo, PrintStream out, Faults faults)
      throws Exception {
    ManagedPostgres postgres =
        config.storage().databaseUrl().isPresent()
            ? null
            : ManagedPostgres.start(config.storage().dataDirectory());
    Server server;
    try {
      PgConnectOptions options =
          postgres == null
              ? DatabaseUrl.parse(config.storage().databaseUrl().orElseThrow())
              : postgres.options();
      server =
          Server.start(config, options, InstantSource.system(), faults)
              .await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, postgres), "stop"));
      endWithParent();
    } catch (Exception failed) {
      if (postgres != null) {
        postgres.close();
      }
      throw failed;
    }
    Optional<String> setup =
        server.access().setup().link(config.access().setupToken().orElse(null)).await();
    Welcome.print(out, config, server, setup);
    if (demo) {
      Demo.start(
              server.vertx(),
              server.meetings(),
              server.access(),
              InstantSource.system(),
              Welcome.loopback(config, server.port()),
              Welcome.address(config, server.port()),
              Pace.NATURAL)
          .print(out);
    }
  }

  /**
   * Maven leaves the program that it runs behind when it is told to end, so under {@code mvn
   * exec:exec} the server watches it.
   */
  private static void endWithParent() {
    if (Boolean.getBoolean("plenary.endWithParent")) {
      ProcessHandle.current()
          .parent()
          .ifPresent(
              parent ->
                  parent.onExit().thenRunAsync(() -> System.exit(0), Thread::startVirtualThread));
    }
  }

  private static void stop(Server server, @Nullable ManagedPostgres postgres) {
    try {
      server.stop().await(1, TimeUnit.MINUTES);
    } catch (Exception failed) {
      System.getLogger(Main.class.getName())
          .log(System.Logger.Level.WARNING, "the server did not stop in order", failed);
    } finally {
      if (postgres != null) {
        postgres.close();
      }
    }
  }
}
