package plenary.config;

import static plenary.config.Key.key;
import static plenary.config.Key.secret;

import java.util.List;

/** Where the server listens, stores and logs. */
final class ServerKeys {
  static final Key HTTP_HOST =
      key("http.host", Check.HOST, "0.0.0.0", "address", "where pages and the API are served");
  static final Key HTTP_PORT =
      key("http.port", Check.PORT, "8080", "port", "0 picks a free one; the ready line says which");
  static final Key HTTP_EVENT_LOOPS =
      key(
          "http.event-loops",
          Check.between(0, 256),
          "0",
          "threads",
          "0 is one for each core; more never helps, fewer leave room for a database beside it");
  static final Key PUBLIC_URL =
      key(
          "public.url",
          Check.ORIGIN,
          "",
          "URL",
          "how people reach the server: in links and QR codes, and the only origin whose pages may"
              + " send commands; unset, the request's own host is believed");
  static final Key PRIVACY_URL =
      key(
          "privacy.url",
          Check.WEB_ADDRESS,
          "",
          "URL",
          "the privacy notice that every page for attendees links; a meeting can have its own");
  static final Key IMPRINT_URL =
      key(
          "imprint.url",
          Check.WEB_ADDRESS,
          "",
          "URL",
          "the imprint that every page for attendees links; a meeting can have its own");
  static final Key TRUSTED_PROXIES =
      key(
          "trusted.proxies",
          Check.NETWORKS,
          "",
          "networks",
          "reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are believed; unset,"
              + " nobody's, for anybody can send these headers");
  static final Key TLS_CERT =
      key(
          "tls.cert",
          Check.READABLE_FILE,
          "",
          "file",
          "PEM certificate chain; with tls.key, http.port speaks https");
  static final Key TLS_KEY =
      key("tls.key", Check.READABLE_FILE, "", "file", "PEM private key (PKCS 8) of tls.cert");
  static final Key MANAGEMENT_HOST =
      key(
          "management.host",
          Check.HOST,
          "127.0.0.1",
          "address",
          "where /healthz, /readyz and /metrics are served; they need no sign-in, so this stays"
              + " where only the operator's tools reach it");
  static final Key MANAGEMENT_PORT =
      key("management.port", Check.PORT, "8081", "port", "0 picks a free one");
  static final Key DATA_DIR =
      key(
          "data.dir",
          Check.PATH,
          "",
          "directory",
          "managed PostgreSQL's files; unset, /var/lib/plenary as root, otherwise plenary in"
              + " $XDG_DATA_HOME or ~/.local/share; not used with database.url");
  static final Key DATABASE_URL =
      secret(
          "database.url",
          Check.DATABASE_URL,
          "URL",
          "a PostgreSQL (15 or newer) of your own; unset, the server runs one itself in data.dir");
  static final Key DATABASE_POOL =
      key(
          "database.pool-size",
          Check.between(1, 200),
          "8",
          "connections",
          "for reads and short statements; committers and LISTEN have their own, so a node needs"
              + " this + commit.committers + 2 of the server's max_connections");
  static final Key BACKUP_SHARE =
      key(
          "backup.share",
          Check.between(1, 100),
          "20",
          "%",
          "of the time that --backup works; it rests in between, for on the same cores and disk"
              + " people wait for their votes to be written");
  static final Key ERASURE_LIST =
      key(
          "erasure.list",
          Check.PATH,
          "",
          "file",
          "that ids of erased meetings are added to, so that a backup from before does not bring"
              + " them back; best on another disk than the database. Unset, erased-meetings.txt in"
              + " data.dir; with database.url there is none");
  static final Key NETWORKS_PRIVATE =
      key(
          "networks.private",
          Check.between(0, 1),
          "0",
          "switch",
          "1 = organisers may name servers of private networks, and over plain http: for closed"
              + " networks and tests; otherwise one could have this machine knock at its"
              + " neighbours' doors");
  static final Key LOG_LEVEL =
      key(
          "log.level",
          Check.LEVEL,
          "INFO",
          "level",
          "SEVERE, WARNING, INFO, FINE, FINER or FINEST; FINE costs speed");
  static final Key LOG_LEVELS =
      key(
          "log.levels",
          Check.LEVELS,
          "",
          "list",
          "levels of single loggers, as in plenary.live=FINE,io.vertx=WARNING");

  static final List<Key> HTTP =
      List.of(
          HTTP_HOST,
          HTTP_PORT,
          HTTP_EVENT_LOOPS,
          PUBLIC_URL,
          PRIVACY_URL,
          IMPRINT_URL,
          TRUSTED_PROXIES,
          TLS_CERT,
          TLS_KEY,
          MANAGEMENT_HOST,
          MANAGEMENT_PORT);
  static final List<Key> STORAGE =
      List.of(DATA_DIR, DATABASE_URL, DATABASE_POOL, BACKUP_SHARE, ERASURE_LIST);
  static final List<Key> NETWORKS = List.of(NETWORKS_PRIVATE);
  static final List<Key> LOG = List.of(LOG_LEVEL, LOG_LEVELS);

  private ServerKeys() {}
}
