package plenary.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The benchmarks' command: runs those that are named, or all, and writes a Markdown table for each
 * into {@code target/bench}, and one file with all of them.
 */
public final class Bench {
  private static final Map<String, Function<Sizes, Table>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("fanout", FanOut::run);
    ALL.put("votes", VoteStorm::run);
    ALL.put("nodes", TwoNodes::run);
    ALL.put("upkeep", Upkeep::run);
    ALL.put("commits", CommitPath::run);
    ALL.put("asks", Asks::run);
    ALL.put("joins", JoinWave::run);
    ALL.put("delays", Delays::run);
    ALL.put("posts", Posts::run);
    ALL.put("reconnects", Reconnects::run);
    ALL.put("idle", IdleSockets::run);
    ALL.put("starts", Starts::run);
    ALL.put("growth", Growth::viewers);
    ALL.put("sessions", Growth::sessions);
    ALL.put("frames", Growth::votes);
  }

  private Bench() {}

  public static void main(String[] args) {
    boolean large = Boolean.getBoolean("long");
    String size = System.getProperty("bench.size", "");
    if (size.isBlank()) {
      size = large ? "long" : "short";
    }
    Sizes sizes = Sizes.named(size);
    List<String> names = new ArrayList<>(List.of(args));
    names.removeIf(String::isBlank);
    if (names.isEmpty()) {
      names.addAll(ALL.keySet());
    }
    if (!ALL.keySet().containsAll(names)) {
      System.err.println("benchmarks: " + String.join(" ", ALL.keySet()));
      System.exit(2);
    }
    String head = "Form: " + size + ". Machine: " + Proc.machine() + ".\n\n";
    StringBuilder everything = new StringBuilder("# Benchmarks\n\n").append(head);
    boolean failed = false;
    for (String name : names) {
      long start = System.nanoTime();
      System.out.println(name);
      try {
        String table = ALL.get(name).apply(sizes).markdown();
        Table.write(name + ".md", head + table);
        everything.append(table).append('\n');
      } catch (RuntimeException e) {
        failed = true;
        e.printStackTrace();
        everything.append("## ").append(name).append("\n\nfailed: ").append(e).append("\n\n");
      }
      System.out.printf(Locale.ROOT, "%s: %.0f s%n", name, (System.nanoTime() - start) / 1e9);
      Table.write("all.md", everything.toString());
    }
    System.out.println("written to " + Table.DIRECTORY.resolve("all.md"));
    System.exit(failed ? 1 : 0);
  }
}
