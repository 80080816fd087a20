package plenary.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What Linux knows of a process (proc(5)). */
final class Proc {
  /** USER_HZ is 100 on every Linux that Java runs on. */
  private static final double TICKS = 100;

  /** As of the start, for a pinned JVM sees fewer. */
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  private Proc() {}

  /** User and system time of a process that is running, in seconds. */
  static double cpu(long pid) {
    String[] fields = stat(pid);
    return fields.length == 0 ? 0 : (number(fields, 14) + number(fields, 15)) / TICKS;
  }

  /**
   * The part of a JVM's compiler in that time. It compiles on for minutes after a start, when it
   * has only a share of a core; that is no part of what a request costs.
   */
  static double compilerCpu(long pid) {
    double sum = 0;
    try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(pid), "task"))) {
      for (Path thread : threads.toList()) {
        if (name(thread).matches("C[12] Compiler.*")) {
          String[] fields = stat(thread);
          sum += fields.length == 0 ? 0 : (number(fields, 14) + number(fields, 15)) / TICKS;
        }
      }
    } catch (IOException e) {
      return 0;
    }
    return sum;
  }

  private static String name(Path thread) {
    try {
      return Files.readString(thread.resolve("comm")).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** The time of a PostgreSQL: its postmaster, every back end, and those that ended. */
  static double postgresCpu(long postmaster) {
    String[] own = stat(postmaster);
    double sum =
        own.length == 0
            ? 0
            : (number(own, 14) + number(own, 15) + number(own, 16) + number(own, 17)) / TICKS;
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      List<Long> processes =
          all.map(path -> path.getFileName().toString())
              .filter(name -> name.chars().allMatch(Character::isDigit))
              .map(Long::valueOf)
              .toList();
      for (long process : processes) {
        String[] fields = stat(process);
        if (fields.length > 0 && number(fields, 4) == postmaster) {
          sum += (number(fields, 14) + number(fields, 15)) / TICKS;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sum;
  }

  /** Fields by their number in proc_pid_stat(5); the name of the program is left out. */
  private static String[] stat(long pid) {
    return stat(Path.of("/proc", String.valueOf(pid)));
  }

  private static String[] stat(Path process) {
    try {
      String text = Files.readString(process.resolve("stat"));
      return text.substring(text.lastIndexOf(')') + 2).split(" ");
    } catch (IOException e) {
      return new String[0];
    }
  }

  private static long number(String[] fields, int field) {
    return Long.parseLong(fields[field - 3]);
  }

  static double residentMebibytes(long pid) {
    return kibibytes(Path.of("/proc", String.valueOf(pid), "status"), "VmRSS:") / 1024.0;
  }

  private static long kibibytes(Path file, String name) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Collects garbage in a Java process, so that its memory can be compared. */
  static void collect(long pid) {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    run(List.of(jcmd.toString(), String.valueOf(pid), "GC.run"));
  }

  /** Puts every thread of a process on one core; says whether that was possible. */
  static boolean pin(long pid, String cores) {
    return run(List.of("taskset", "-a", "-p", "-c", cores, String.valueOf(pid)));
  }

  /** Lets a process run on every core again. */
  static void unpin(long pid) {
    pin(pid, "0-" + (CORES - 1));
  }

  /** Runs a program to its end; says whether it succeeded. */
  static boolean run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** One line on the machine, for the head of every table. */
  static String machine() {
    try {
      Optional<String> model =
          Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
              .filter(line -> line.startsWith("model name"))
              .map(line -> line.substring(line.indexOf(':') + 1).strip())
              .findFirst();
      String kernel = Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip();
      String load = Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
      return Runtime.getRuntime().availableProcessors()
          + " × "
          + model.orElse("CPU")
          + ", "
          + kibibytes(Path.of("/proc/meminfo"), "MemTotal:") / 1024 / 1024
          + " GiB, Linux "
          + kernel
          + ", JDK "
          + Runtime.version()
          + ", load before the run "
          + load;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
