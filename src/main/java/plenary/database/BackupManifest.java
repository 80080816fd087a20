package plenary.database;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What an archive holds: its {@code manifest.json}.
 *
 * @param createdAt the instant of the snapshot
 * @param schemaVersion the last migration that was applied
 * @param migrations all that were applied, to tell archives of other code
 * @param tables every table
 * @param sequences every sequence that was used
 */
record BackupManifest(
    Instant createdAt,
    int schemaVersion,
    List<Migration> migrations,
    List<Table> tables,
    List<Sequence> sequences) {
  static final String ENTRY = "manifest.json";
  private static final int FORMAT = 1;

  record Migration(int version, String name, String sha256) {}

  /**
   * A table and its part of the archive.
   *
   * @param columns every column that is stored as given, in order
   * @param sha256 of the uncompressed entry, hexadecimal
   */
  record Table(String name, List<Column> columns, long rows, String sha256) {
    String entry() {
      return "tables/" + name + ".ndjson";
    }
  }

  /** A column and its type in PostgreSQL's words. */
  record Column(String name, String type) {}

  record Sequence(String name, long last) {}

  long rows() {
    return tables.stream().mapToLong(Table::rows).sum();
  }

  String encode() {
    return new JsonObject()
        .put("format", FORMAT)
        .put("createdAt", createdAt.toString())
        .put("schemaVersion", schemaVersion)
        .put(
            "migrations",
            array(
                migrations.stream()
                    .map(
                        migration ->
                            new JsonObject()
                                .put("version", migration.version())
                                .put("name", migration.name())
                                .put("sha256", migration.sha256()))))
        .put("tables", array(tables.stream().map(BackupManifest::encode)))
        .put(
            "sequences",
            array(
                sequences.stream()
                    .map(
                        sequence ->
                            new JsonObject()
                                .put("name", sequence.name())
                                .put("last", sequence.last()))))
        .encodePrettily();
  }

  private static JsonObject encode(Table table) {
    return new JsonObject()
        .put("name", table.name())
        .put(
            "columns",
            array(
                table.columns().stream()
                    .map(
                        column ->
                            new JsonObject()
                                .put("name", column.name())
                                .put("type", column.type()))))
        .put("rows", table.rows())
        .put("sha256", table.sha256());
  }

  private static JsonArray array(Stream<JsonObject> objects) {
    return objects.collect(JsonArray::new, JsonArray::add, JsonArray::addAll);
  }

  /**
   * Reads a manifest.
   *
   * @throws RuntimeException of some kind if it is not one
   */
  static BackupManifest decode(String text) {
    JsonObject json = new JsonObject(text);
    if (json.getInteger("format", 0) != FORMAT) {
      throw new DatabaseRefusal(
          "The archive has the format "
              + json.getValue("format")
              + ", and this release reads "
              + FORMAT
              + ".");
    }
    return new BackupManifest(
        Instant.parse(json.getString("createdAt")),
        json.getInteger("schemaVersion"),
        objects(json, "migrations")
            .map(
                item ->
                    new Migration(
                        item.getInteger("version"),
                        item.getString("name"),
                        item.getString("sha256")))
            .toList(),
        objects(json, "tables").map(BackupManifest::decodeTable).toList(),
        objects(json, "sequences")
            .map(item -> new Sequence(item.getString("name"), item.getLong("last")))
            .toList());
  }

  private static Table decodeTable(JsonObject json) {
    return new Table(
        json.getString("name"),
        objects(json, "columns")
            .map(column -> new Column(column.getString("name"), column.getString("type")))
            .toList(),
        json.getLong("rows"),
        json.getString("sha256"));
  }

  private static Stream<JsonObject> objects(JsonObject json, String name) {
    JsonArray array = json.getJsonArray(name);
    return IntStream.range(0, array.size()).mapToObj(array::getJsonObject);
  }
}
