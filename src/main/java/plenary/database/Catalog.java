package plenary.database;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What PostgreSQL's catalog says about our schema, for backups: nobody has to register a table.
 * Everything is about the current schema and leaves out what belongs to extensions. For a {@link
 * Blocking} job.
 */
final class Catalog {
  private final SqlConnection sql;

  Catalog(SqlConnection sql) {
    this.sql = sql;
  }

  /** A statement that takes something away for the load, and one that brings it back. */
  record Detour(String away, String back) {}

  private static final String RELATIONS =
      """
      SELECT c.relname
      FROM pg_class c
      WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
        AND c.relkind = ANY ($1::text[]::"char"[])
        AND NOT EXISTS (
          SELECT FROM pg_depend d
          WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
      ORDER BY c.relname
      """;

  /** Names of tables, views and sequences: an empty database has none. */
  List<String> relations() {
    return strings(query(RELATIONS, Tuple.of(new String[] {"r", "p", "v", "m", "S", "f"})));
  }

  private static final String COLUMNS =
      """
      SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
        AND c.relkind = 'r' AND c.relpersistence = 'p' AND c.relname <> 'schema_version'
        AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        AND NOT EXISTS (
          SELECT FROM pg_depend d
          WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
      ORDER BY c.relname, a.attnum
      """;

  /** Every durable table with its stored columns; the record of migrations is not one of them. */
  Map<String, List<BackupManifest.Column>> tables() {
    Map<String, List<BackupManifest.Column>> tables = new LinkedHashMap<>();
    for (Row row : query(COLUMNS, Tuple.tuple())) {
      tables
          .computeIfAbsent(row.getString(0), name -> new ArrayList<>())
          .add(new BackupManifest.Column(row.getString(1), row.getString(2)));
    }
    return tables;
  }

  private static final String SEQUENCES =
      """
      SELECT sequencename, last_value
      FROM pg_sequences
      WHERE schemaname = current_schema() AND last_value IS NOT NULL
      ORDER BY sequencename
      """;

  List<BackupManifest.Sequence> sequences() {
    return StreamSupport.stream(query(SEQUENCES, Tuple.tuple()).spliterator(), false)
        .map(row -> new BackupManifest.Sequence(row.getString(0), row.getLong(1)))
        .toList();
  }

  List<BackupManifest.Migration> migrations() {
    RowSet<Row> rows =
        query("SELECT version, name, sha256 FROM schema_version ORDER BY version", Tuple.tuple());
    return StreamSupport.stream(rows.spliterator(), false)
        .map(
            row ->
                new BackupManifest.Migration(row.getInteger(0), row.getString(1), row.getString(2)))
        .toList();
  }

  private static final String FOREIGN_KEYS =
      """
      SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
             format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname,
                    pg_get_constraintdef(oid))
      FROM pg_constraint
      WHERE contype = 'f' AND conparentid = 0
        AND connamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
      ORDER BY conrelid, conname
      """;

  private static final String TRIGGERS =
      """
      SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname),
             format('ALTER TABLE %s ENABLE TRIGGER %I', tgrelid::regclass, tgname)
      FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
      WHERE NOT tgisinternal AND tgenabled = 'O' AND tgparentid = 0
        AND c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
      ORDER BY tgrelid, tgname
      """;

  /**
   * What would get in the way of loading tables in any order. Foreign keys are checked anew when
   * they come back; triggers did their work when the rows were first written.
   */
  List<Detour> detours() {
    List<Detour> detours = new ArrayList<>();
    for (String list : List.of(TRIGGERS, FOREIGN_KEYS)) {
      for (Row row : query(list, Tuple.tuple())) {
        detours.add(new Detour(row.getString(0), row.getString(1)));
      }
    }
    return detours;
  }

  RowSet<Row> query(String text, Tuple parameters) {
    return Blocking.get(sql.preparedQuery(text).execute(parameters));
  }

  /** Runs one or more statements without parameters. */
  void run(String statements) {
    Blocking.get(sql.query(statements).execute());
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Column names for a statement. */
  static String list(List<BackupManifest.Column> columns) {
    return columns.stream().map(column -> quoted(column.name())).collect(Collectors.joining(", "));
  }

  private static List<String> strings(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(row -> row.getString(0)).toList();
  }
}
