package plenary.deploy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import plenary.web.MeasuredVertx;

/** The dashboard and the alerts speak of metrics that a server really has. */
class MonitoringIT {
  private static final Path DASHBOARD = Path.of("conf", "grafana", "plenary.json");
  private static final Path ALERTS = Path.of("conf", "prometheus", "plenary.rules.yml");

  private static final Pattern METRIC =
      Pattern.compile("\\b(plenary|vertx|jvm|process)_[a-z0-9_]+");

  private static final Pattern METER =
      Pattern.compile(
          "\\b(Counter\\.builder|Timer\\.builder|DistributionSummary\\.builder|Gauge\\.builder"
              + "|counter|count|gauge)\\(\\s*\"(plenary\\.[a-z.]+)\"");

  private static Set<String> known;

  /** Every name of Vert.x and the JVM in a scrape, and of ours in the source. */
  @BeforeAll
  static void scrape() throws Exception {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Vertx vertx = MeasuredVertx.create(new VertxOptions(), registry);
    try {
      HttpServer server =
          vertx
              .createHttpServer()
              .requestHandler(request -> request.response().end())
              .listen(0, "127.0.0.1")
              .await(5, SECONDS);
      WebClient.create(vertx).get(server.actualPort(), "127.0.0.1", "/").send().await(5, SECONDS);
      Pool pool =
          PgBuilder.pool()
              .with(new PoolOptions().setName("facts"))
              .connectingTo(new PgConnectOptions().setHost("127.0.0.1").setPort(1))
              .using(vertx)
              .build();
      pool.query("select 1").execute().otherwiseEmpty().await(5, SECONDS);
      known = names(registry.scrape());
      known.addAll(ours());
    } finally {
      vertx.close().await(10, SECONDS);
    }
  }

  @Test
  void everyMetricOfTheDashboardExists() throws IOException {
    List<String> expressions = dashboard();

    assertThat(expressions).hasSizeGreaterThan(15);
    assertThat(expressions).allSatisfy(expression -> assertThat(unknown(expression)).isEmpty());
  }

  @Test
  void everyMetricOfTheAlertsExists() throws IOException {
    List<String> expressions = alerts().stream().map(rule -> rule.getString("expr")).toList();

    assertThat(expressions).hasSizeGreaterThan(8);
    assertThat(expressions).allSatisfy(expression -> assertThat(unknown(expression)).isEmpty());
  }

  @Test
  void everyMeterOfOursIsOnTheDashboardAndInTheDocument() throws IOException {
    String all = String.join("\n", dashboard());
    String document = Files.readString(Path.of("docs", "operations.md"));

    assertThat(known.stream().filter(name -> name.startsWith("plenary_")))
        .map(name -> name.replaceFirst("_(bucket|sum|count|max)$", ""))
        .allMatch(all::contains)
        .allMatch(name -> document.contains(name.replaceFirst("_(total|seconds)$", "")));
  }

  @Test
  void everyAlertSaysWhatToDo() throws IOException {
    assertThat(alerts())
        .allSatisfy(
            rule -> {
              JsonObject annotations = rule.getJsonObject("annotations");
              assertThat(annotations.getString("summary")).isNotBlank();
              assertThat(annotations.getString("action")).isNotBlank();
              assertThat(rule.getJsonObject("labels").getString("severity"))
                  .isIn("page", "warn", "info");
            });
  }

  @Test
  void aMisspeltMetricIsFound() {
    assertThat(unknown("rate(plenary_comands_total[5m])")).containsExactly("plenary_comands_total");
  }

  /** The meters that the source makes, by the names that Prometheus gives them. */
  private static Set<String> ours() throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> all = Files.walk(Path.of("src", "main", "java"))) {
      for (Path path : all.filter(file -> file.toString().endsWith(".java")).toList()) {
        METER
            .matcher(Files.readString(path))
            .results()
            .forEach(found -> names.addAll(prometheus(found.group(1), found.group(2))));
      }
    }
    return names;
  }

  private static List<String> prometheus(String type, String meter) {
    String name = meter.replace('.', '_');
    return switch (type.toLowerCase(Locale.ROOT).replace(".builder", "")) {
      case "counter", "count" -> List.of(name + "_total");
      case "gauge" -> List.of(name);
      case "timer" -> parts(name + "_seconds");
      default -> parts(name);
    };
  }

  private static List<String> parts(String name) {
    return List.of(name + "_bucket", name + "_sum", name + "_count", name + "_max");
  }

  private static Set<String> unknown(String expression) {
    Set<String> unknown = new TreeSet<>();
    METRIC
        .matcher(expression)
        .results()
        .map(found -> found.group())
        .filter(name -> !known.contains(name))
        .forEach(unknown::add);
    return unknown;
  }

  private static Set<String> names(String scrape) {
    Set<String> names = new TreeSet<>();
    scrape
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> names.add(line.split("[{ ]", 2)[0]));
    return names;
  }

  private static List<String> dashboard() throws IOException {
    List<String> expressions = new ArrayList<>();
    JsonArray panels = new JsonObject(Files.readString(DASHBOARD)).getJsonArray("panels");
    for (int i = 0; i < panels.size(); i++) {
      JsonArray targets = panels.getJsonObject(i).getJsonArray("targets", new JsonArray());
      for (int j = 0; j < targets.size(); j++) {
        expressions.add(targets.getJsonObject(j).getString("expr"));
      }
    }
    return expressions;
  }

  @SuppressWarnings("unchecked")
  private static List<JsonObject> alerts() throws IOException {
    JsonObject file =
        new JsonObject(
            (Map<String, Object>)
                new Load(LoadSettings.builder().build()).loadFromString(Files.readString(ALERTS)));
    List<JsonObject> rules = new ArrayList<>();
    JsonArray groups = file.getJsonArray("groups");
    for (int i = 0; i < groups.size(); i++) {
      JsonArray some = groups.getJsonObject(i).getJsonArray("rules");
      for (int j = 0; j < some.size(); j++) {
        rules.add(some.getJsonObject(j));
      }
    }
    return rules;
  }
}
