package plenary.bench;

import java.nio.file.Path;
import java.util.Map;

/** From the command to the first answered request, and what an idle server holds. */
final class Starts {
  private static final int IDLE_MILLIS = 5_000;

  private Starts() {}

  /** The reference: a JVM that says one word. */
  static final class Hello {
    private Hello() {}

    public static void main(String[] args) {
      System.out.println("ready");
    }
  }

  static Table run(Sizes sizes) {
    Table table =
        new Table(
            "Start and rest",
            "what",
            "first answer after s (median)",
            "idle RSS MiB, no PostgreSQL");
    int runs = Math.max(2, sizes.runs());
    double[] hello = new double[runs];
    for (int i = 0; i < runs; i++) {
      long start = System.nanoTime();
      try (JavaProcess process = JavaProcess.start(Hello.class, Map.of())) {
        process.line("ready");
        hello[i] = (System.nanoTime() - start) / 1e9;
      }
    }
    table.row("a JVM that prints a word", Table.median(hello), "–");
    try (Broadcaster bare = Broadcaster.vertx()) {
      Pause.millis(IDLE_MILLIS);
      table.row("bare Vert.x broadcaster", "–", Proc.residentMebibytes(bare.pid()));
    }
    Path directory = Node.newDirectory();
    try {
      long first = System.nanoTime();
      try (Node node = Node.start(directory, Map.of(), true)) {
        node.call("GET", "/openapi.json", "", null);
        table.row("Plenary, first start (initdb)", (System.nanoTime() - first) / 1e9, "–");
      }
      double[] warm = new double[runs];
      double rest = 0;
      for (int i = 0; i < runs; i++) {
        long start = System.nanoTime();
        try (Node node = Node.start(directory, Map.of(), true)) {
          node.call("GET", "/openapi.json", "", null);
          warm[i] = (System.nanoTime() - start) / 1e9;
          if (i == runs - 1) {
            Pause.millis(IDLE_MILLIS);
            rest = Proc.residentMebibytes(node.pid());
          }
        }
      }
      table.row("Plenary, warm", Table.median(warm), rest);
    } finally {
      Node.delete(directory);
    }
    return table;
  }
}
