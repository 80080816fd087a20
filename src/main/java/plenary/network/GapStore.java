package plenary.network;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import plenary.database.Times;

/** Gaps in the database, read. */
final class GapStore {
  private static final int LISTED_MAX = 500;

  private GapStore() {}

  static Future<List<Gaps.Gap>> of(SqlClient sql, UUID meeting, Instant from, Instant to) {
    return sql.preparedQuery(
            """
            select network, since, until, why from post_gap
            where meeting = $1 and since <= $3 and until >= $2 order by since, id limit $4
            """)
        .execute(Tuple.of(meeting, Times.sql(from), Times.sql(to), LISTED_MAX))
        .map(
            rows -> {
              List<Gaps.Gap> gaps = new ArrayList<>();
              rows.forEach(
                  row ->
                      gaps.add(
                          new Gaps.Gap(
                              Network.named(row.getString("network")),
                              row.getOffsetDateTime("since").toInstant(),
                              row.getOffsetDateTime("until").toInstant(),
                              row.getString("why"))));
              return gaps;
            });
  }
}
