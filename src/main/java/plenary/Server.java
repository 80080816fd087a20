package plenary;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.ext.web.Router;
import io.vertx.pgclient.PgConnectOptions;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import plenary.access.Access;
import plenary.chat.Answers;
import plenary.chat.ChatRoutes;
import plenary.chat.TranscriptRoutes;
import plenary.config.Config;
import plenary.config.Limits;
import plenary.database.Database;
import plenary.database.Migrations;
import plenary.erasure.ErasureRoutes;
import plenary.erasure.Erasures;
import plenary.erasure.Retention;
import plenary.hashtag.Guards;
import plenary.hashtag.HashtagRoutes;
import plenary.live.Faults;
import plenary.live.Live;
import plenary.meeting.AgendaImports;
import plenary.meeting.Agendas;
import plenary.meeting.ImportRoutes;
import plenary.meeting.LookRoutes;
import plenary.meeting.MeetingRoutes;
import plenary.meeting.Meetings;
import plenary.meeting.Places;
import plenary.meeting.SessionClock;
import plenary.meeting.SessionRoutes;
import plenary.meeting.Sessions;
import plenary.meeting.Timetable;
import plenary.network.Accounts;
import plenary.network.Hosts;
import plenary.network.Network;
import plenary.network.Networks;
import plenary.network.Wires;
import plenary.network.bluesky.BlueskyConnector;
import plenary.network.bluesky.BlueskyPublisher;
import plenary.network.mastodon.MastodonConnector;
import plenary.network.mastodon.MastodonPublisher;
import plenary.network.x.XConnector;
import plenary.network.x.XPublisher;
import plenary.page.PageStates;
import plenary.question.BoundedViews;
import plenary.question.ModerationRoutes;
import plenary.question.QuestionReport;
import plenary.question.QuestionRoutes;
import plenary.question.SimilarRoutes;
import plenary.report.ReportRoutes;
import plenary.screening.Screening;
import plenary.stage.ClaimSweep;
import plenary.stage.StageRoutes;
import plenary.watch.WatchRoutes;
import plenary.web.Api;
import plenary.web.ApiServer;
import plenary.web.Assets;
import plenary.web.Contract;
import plenary.web.ContractRoutes;
import plenary.web.EventLoops;
import plenary.web.ManagementServer;
import plenary.web.MeasuredVertx;
import plenary.web.Meters;
import plenary.web.Origins;
import plenary.web.Pages;
import plenary.web.Readiness;
import plenary.web.TrustedProxies;

/**
 * One node, put together: configuration → Vert.x → database → engine → features → servers. No logic
 * of its own. {@link #stop} takes it apart in the opposite order.
 */
public final class Server {
  private static final Duration STOP_GRACE = Duration.ofSeconds(5);

  private final Config config;
  private final Vertx vertx;
  private final Database database;
  private final Live live;
  private final Access access;
  private final Meetings meetings;
  private final Retention retention;

  /** Ends what looks at something every so often. */
  private final List<Runnable> clocks;

  private final ApiServer http;
  private final ManagementServer management;

  private Server(
      Config config,
      Vertx vertx,
      Database database,
      Live live,
      Access access,
      Meetings meetings,
      Retention retention,
      List<Runnable> clocks,
      ApiServer http,
      ManagementServer management) {
    this.config = config;
    this.vertx = vertx;
    this.database = database;
    this.live = live;
    this.access = access;
    this.meetings = meetings;
    this.retention = retention;
    this.clocks = clocks;
    this.http = http;
    this.management = management;
  }

  /**
   * Starts a node on a database; completes when it is ready.
   *
   * @param faults {@link Faults#NONE}, but for the negative controls of tests
   */
  public static Future<Server> start(
      Config config, PgConnectOptions options, InstantSource time, Faults faults) {
    return start(
        config, options, time, faults, (vertx, database) -> wires(config, vertx, database, time));
  }

  private static Wires wires(Config config, Vertx vertx, Database database, InstantSource time) {
    Hosts hosts = new Hosts(vertx, config.networks().anywhere());
    return new Wires(
        List.of(
            new BlueskyConnector(vertx),
            new MastodonConnector(vertx, hosts::allows),
            new XConnector(vertx, time, hosts::allows)),
        Map.of(
            Network.BLUESKY,
            new BlueskyPublisher(vertx),
            Network.MASTODON,
            new MastodonPublisher(vertx, hosts::allows),
            Network.X,
            new XPublisher(
                vertx,
                time,
                (account, micros) -> Accounts.spend(database, account, micros, time),
                hosts::allows)));
  }

  /**
   * Starts a node that reaches networks in a way of its own.
   *
   * @param wires what it reads and posts with, once there is a Vert.x for that
   */
  public static Future<Server> start(
      Config config,
      PgConnectOptions options,
      InstantSource time,
      Faults faults,
      BiFunction<Vertx, Database, Wires> wires) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    int loops = loops(config);
    Vertx vertx =
        MeasuredVertx.create(
            new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(loops),
            registry);
    // A second of pure work, so it is done beside the database's start and off the event loops.
    Future<Drawn> drawn = vertx.executeBlocking(() -> Drawn.by(config.http()), false);
    Promise<Server> started = Promise.promise();
    Database.open(vertx, options, config.storage().poolSize())
        .compose(database -> Migrations.apply(database).map(database))
        .compose(
            database ->
                Live.start(
                        vertx,
                        database.options(),
                        database.pool(),
                        Tuning.commits(config.commits()),
                        Tuning.live(config.live()),
                        registry,
                        faults)
                    .compose(
                        live ->
                            drawn.compose(
                                read ->
                                    assemble(
                                        config,
                                        new Core(
                                            vertx,
                                            loops,
                                            database,
                                            live,
                                            registry,
                                            wires.apply(vertx, database)),
                                        read,
                                        time))))
        .onSuccess(started::complete)
        // Told by a promise of its own: futures of the loops cannot complete when these are closed.
        .onFailure(failure -> vertx.close().onComplete(closed -> started.fail(failure)));
    return started.future();
  }

  private static int loops(Config config) {
    int wanted = config.http().eventLoops();
    return wanted > 0 ? wanted : Math.max(2, Runtime.getRuntime().availableProcessors());
  }

  private static String publicUrl(Config config) {
    return config.http().publicUrl().map(URI::toString).orElse("");
  }

  /** What does not change while the node runs. */
  private record Drawn(Contract contract, Pages pages) {
    static Drawn by(Config.Http http) {
      // Reads the word lists, which the first question should not wait for.
      Screening.review("Is everything warm?");
      Pages.Told told =
          new Pages.Told(
              http.publicUrl().map(URI::toString),
              http.privacyUrl().map(URI::toString),
              http.imprintUrl().map(URI::toString));
      return new Drawn(Contract.load(), new Pages(Assets.load(), told));
    }
  }

  /** What everything else stands on. */
  private record Core(
      Vertx vertx,
      int loops,
      Database database,
      Live live,
      PrometheusMeterRegistry registry,
      Wires wires) {}

  private static Future<Server> assemble(
      Config config, Core core, Drawn drawn, InstantSource time) {
    Vertx vertx = core.vertx();
    Database database = core.database();
    Live live = core.live();
    Limits limits = config.limits();
    String publicUrl = publicUrl(config);
    Timetable timetable =
        new Timetable(config.sessions().opensBefore(), config.sessions().closesAfter());
    Places places = new Places(database, time);
    Sessions sessions = new Sessions(database, live::submit, timetable);
    SessionClock clock = new SessionClock(vertx, database, sessions, timetable, time);
    ClaimSweep claims = new ClaimSweep(vertx, database, live, time);
    Access access =
        new Access(
            vertx,
            database,
            places,
            Tuning.access(config),
            new Access.Streams(live::revoke, live::revokedElsewhere),
            Tuning.rates(limits.joinAddress()),
            publicUrl,
            time);
    Meters meters = new Meters(core.registry());
    meters.databaseUp(live::isHealthy);
    Api api =
        new Api(
            drawn.contract(),
            access.gate(),
            new Origins(publicUrl.isEmpty() ? null : publicUrl),
            new TrustedProxies(config.http().trustedProxies()),
            Tuning.rates(limits.requestAddress()),
            Tuning.rates(limits.requestNode()));
    api.observe((operation, status, nanos) -> meters.answered(operation.id(), status, nanos));
    access.attach(api);
    Meetings meetings = new Meetings(database, time);
    AgendaImports imports = new AgendaImports(vertx, database, sessions, time);
    new MeetingRoutes(meetings, imports, clock).attach(api);
    new LookRoutes(meetings, clock).attach(api);
    new SessionRoutes(sessions).attach(api);
    new ImportRoutes(imports).attach(api);
    new ReportRoutes(new Agendas(database), new QuestionReport(database), live, time).attach(api);
    Guards guards = new Guards(database, time);
    new HashtagRoutes(database, guards, new Agendas(database)::followed, time).attach(api);
    Erasures erasures = new Erasures(vertx, database, live, access, places);
    new ErasureRoutes(erasures).attach(api);
    Retention retention = new Retention(vertx, database, erasures, time);
    new QuestionRoutes(live, database, Tuning.asks(limits), Tuning.rates(limits.voteParticipant()))
        .attach(api);
    new ModerationRoutes(live, database).attach(api);
    new SimilarRoutes(live, database, Tuning.rates(limits.similarPerson()), places::meetingOf)
        .attach(api);
    new StageRoutes(live).attach(api);
    ChatRoutes chats = new ChatRoutes(vertx, database, live, core.wires().publishers(), time);
    chats.attach(api);
    new TranscriptRoutes(vertx, database, drawn.pages()::words, time).attach(api);
    Hosts hosts = new Hosts(vertx, config.networks().anywhere());
    Networks networks =
        new Networks(
            vertx,
            database,
            live,
            guards,
            new Answers(database.pool()),
            core.wires().readers(),
            hosts,
            core.registry(),
            time);
    networks.attach(api);
    BoundedViews views =
        new BoundedViews(
            vertx, database, live, Tuning.bounds(config.live()), config.live().viewBound());
    new WatchRoutes(live, Tuning.rates(limits.upgradeNode()), limits.socketsParticipantMax())
        .attach(api);
    Router router = Router.router(vertx);
    ContractRoutes.mount(api, drawn.contract());
    api.mount(router);
    drawn
        .pages()
        .attach(
            router,
            new PageStates(api, access, sessions, live, config.live().viewQuestions(), time));
    return serve(config, core, router)
        .compose(
            servers ->
                clock
                    .start()
                    .map(
                        started -> {
                          access.start();
                          retention.start();
                          views.start();
                          claims.start();
                          chats.clock().start();
                          networks.start();
                          return new Server(
                              config,
                              vertx,
                              database,
                              live,
                              access,
                              meetings,
                              retention,
                              List.of(
                                  clock::stop,
                                  retention::stop,
                                  views::stop,
                                  claims::stop,
                                  chats.clock()::stop,
                                  networks::stop,
                                  access::stop),
                              servers.http,
                              servers.management);
                        }));
  }

  private record Servers(ApiServer http, ManagementServer management) {}

  private static Future<Servers> serve(Config config, Core core, Router router) {
    Live live = core.live();
    Readiness ready = new Readiness();
    ready.require("database", live::isHealthy);
    ready.require("accepting", () -> !live.isDraining());
    ApiServer.Settings settings =
        new ApiServer.Settings(
            config.http().host(),
            config.http().port(),
            core.loops(),
            config.limits().connectionsMax(),
            (int) config.limits().idle().toSeconds(),
            config
                .http()
                .tls()
                .map(tls -> new ApiServer.Tls(tls.certificate().toString(), tls.key().toString()))
                .orElse(null));
    return EventLoops.watch(core.vertx(), core.loops())
        .compose(
            watched ->
                ManagementServer.start(
                    core.vertx(),
                    config.management().host(),
                    config.management().port(),
                    core.registry(),
                    ready,
                    watched))
        .compose(
            management ->
                ApiServer.start(core.vertx(), settings, router)
                    .map(http -> new Servers(http, management)));
  }

  /** The public port that is listened on. */
  public int port() {
    return http.port();
  }

  public int managementPort() {
    return management.port();
  }

  public Access access() {
    return access;
  }

  public Meetings meetings() {
    return meetings;
  }

  /** Erases what its rules keep no longer. */
  public Retention retention() {
    return retention;
  }

  /** What the node runs on; ends with it. */
  public Vertx vertx() {
    return vertx;
  }

  /**
   * Not ready → everybody is sent elsewhere → requests under way finish → closed. What was
   * acknowledged is in the database all the while.
   */
  public Future<Void> stop() {
    clocks.forEach(Runnable::run);
    return live.drain(config.live().drain())
        .transform(drained -> http.shutdown(STOP_GRACE))
        .transform(closed -> management.close())
        .transform(closed -> live.close())
        .transform(closed -> database.close())
        .transform(closed -> vertx.close());
  }

  /** Ends at once, as a loss of power would: nobody is told, and no work is waited for. */
  public Future<Void> halt() {
    return vertx.close();
  }
}
