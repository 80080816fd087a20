package plenary.hashtag;

import static plenary.support.Await.result;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Posts as the inbox would store them, without one. */
final class Posts implements AutoCloseable {
  private static final int BATCH = 4_000;

  private final Vertx vertx = Vertx.vertx();
  private final PgConnection sql;

  Posts(PgConnectOptions database) {
    this.sql = result(PgConnection.connect(vertx, database));
  }

  /**
   * A post.
   *
   * @param repost whether it repeats another one
   */
  record Said(String id, Instant at, String writer, String text, boolean repost) {
    Said(String id, String at, String writer, String text) {
      this(id, Instant.parse(at), writer, text, text.startsWith("RT @"));
    }
  }

  /** Reads {@code id,created_at,author,text} of RFC 4180. */
  static List<Said> csv(String file) throws IOException {
    List<Said> posts = new ArrayList<>();
    try (BufferedReader reader = new BufferedReader(new StringReader(file))) {
      List<String> cells = new ArrayList<>();
      StringBuilder cell = new StringBuilder();
      boolean quoted = false;
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        if (c == '"') {
          reader.mark(1);
          if (quoted && reader.read() == '"') {
            cell.append('"');
          } else {
            if (quoted) {
              reader.reset();
            }
            quoted = !quoted;
          }
        } else if (!quoted && (c == ',' || c == '\n')) {
          cells.add(cell.toString());
          cell.setLength(0);
          if (c == '\n') {
            if (!cells.getFirst().equals("id")) {
              posts.add(new Said(cells.get(0), cells.get(1), cells.get(2), cells.get(3)));
            }
            cells.clear();
          }
        } else if (quoted || c != '\r') {
          cell.append((char) c);
        }
      }
    }
    return posts;
  }

  /** Stores posts for a meeting, with what our reader finds in them. */
  void store(String meeting, List<Said> posts) {
    for (int from = 0; from < posts.size(); from += BATCH) {
      List<Said> some = posts.subList(from, Math.min(posts.size(), from + BATCH));
      result(
          sql.preparedQuery(
                  """
                  with added as (
                    insert into post (id, network, native_id, revision, writer_id, writer_handle,
                      text, language, posted_at, repost_of, tags, tags_written, mentions, links,
                      seen_at)
                    select gen_random_uuid(), 'x', n, 0, w, w, t, 'en', at, r,
                      keys::text[], tags::text[], mentions::text[], links::text[], at
                    from unnest($2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::text[],
                      $7::text[], $8::text[], $9::text[], $10::text[])
                      as s (n, at, w, t, r, keys, tags, mentions, links)
                    returning id, posted_at)
                  insert into post_meeting (meeting, post, posted_at)
                  select $1, id, posted_at from added
                  """)
              .execute(columns(meeting, some)),
          30);
    }
  }

  private static Tuple columns(String meeting, List<Said> posts) {
    int n = posts.size();
    OffsetDateTime[] times = new OffsetDateTime[n];
    String[][] texts = new String[8][n];
    for (int i = 0; i < n; i++) {
      Said post = posts.get(i);
      TagReader.Entities read = read(post.text());
      Map<String, String> tags = new LinkedHashMap<>();
      read.hashtags().forEach(tag -> tags.putIfAbsent(Tags.key(tag), tag));
      times[i] = post.at().atOffset(ZoneOffset.UTC);
      texts[0][i] = meeting + post.id();
      texts[1][i] = post.writer();
      texts[2][i] = post.text();
      texts[3][i] = post.repost() ? "another" : null;
      texts[4][i] = array(tags.keySet());
      texts[5][i] = array(tags.values());
      texts[6][i] = array(read.mentions());
      texts[7][i] = array(read.links());
    }
    Tuple columns = Tuple.of(UUID.fromString(meeting), texts[0], times);
    for (int i = 1; i < texts.length; i++) {
      columns.addValue(texts[i]);
    }
    return columns;
  }

  /** What stands in a text; most texts have no hashtag, and then nothing of them is looked at. */
  private static TagReader.Entities read(String text) {
    return text.indexOf('#') < 0 && text.indexOf('\uff03') < 0
        ? new TagReader.Entities(List.of(), List.of(), List.of())
        : TagReader.read(text);
  }

  /** As PostgreSQL writes an array. */
  private static String array(Collection<String> values) {
    return values.stream()
        .map(each -> '"' + each.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
        .collect(Collectors.joining(",", "{", "}"));
  }

  RowSet<Row> run(String statement, Object... values) {
    return result(sql.preparedQuery(statement).execute(Tuple.from(values)));
  }

  @Override
  public void close() {
    result(sql.close());
    result(vertx.close());
  }
}
