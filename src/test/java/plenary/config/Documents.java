package plenary.config;

/** Writes the documents that are made of the key table. */
final class Documents {
  static final String BEGIN = "<!-- keys: made from plenary.config; -Ddocs.apply=true rewrites -->";
  static final String END = "<!-- end of keys -->";
  private static final int WIDTH = 96;

  private Documents() {}

  /** The whole of conf/plenary.properties. */
  static String properties() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # Plenary's configuration: every key with its default, unit and reason.
        # Remove the # before a key to change it. An environment variable wins over this file:
        # http.port is PLENARY_HTTP_PORT. Secrets are better kept out of this file: PLENARY_DATABASE_URL_FILE
        # and PLENARY_SETUP_TOKEN_FILE name files that hold them. plenary --check-config prints the result.
        # The test DocumentsTest keeps this file equal to the code; -Ddocs.apply=true rewrites it.
        """);
    for (Topic topic : Topic.ALL) {
      text.append("\n# ---- ").append(topic.title()).append(" ----\n");
      for (Key key : topic.keys()) {
        text.append('\n').append(wrapped(key.unit() + ": " + key.why()));
        text.append('#').append(key.name()).append(" = ").append(key.fallback()).append('\n');
      }
    }
    return text.toString().replace(" = \n", " =\n");
  }

  /** The tables of docs/operations.md, with their markers. */
  static String tables() {
    StringBuilder text = new StringBuilder(BEGIN).append('\n');
    for (Topic topic : Topic.ALL) {
      text.append("\n#### ").append(topic.title()).append("\n\n");
      text.append("| Key | Variable | Default | Unit | What for |\n|---|---|---|---|---|\n");
      for (Key key : topic.keys()) {
        text.append("| `%s` | `%s`%s | %s | %s | %s |\n".formatted(cells(key)));
      }
    }
    return text.append('\n').append(END).toString();
  }

  private static Object[] cells(Key key) {
    return new Object[] {
      key.name(),
      key.environment(),
      key.secret() ? " or `…_FILE`" : "",
      key.fallback().isEmpty() ? "–" : "`" + key.fallback() + "`",
      key.unit(),
      key.why()
    };
  }

  private static String wrapped(String sentence) {
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder("#");
    for (String word : sentence.split(" ")) {
      if (line.length() + 1 + word.length() > WIDTH) {
        text.append(line).append('\n');
        line = new StringBuilder("#");
      }
      line.append(' ').append(word);
    }
    return text.append(line).append('\n').toString();
  }
}
