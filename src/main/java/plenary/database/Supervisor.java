package plenary.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Starts the managed server again when it was killed. Its process is not our child (it belongs to
 * the system's first process), so its end has to be looked for.
 */
final class Supervisor {
  private static final System.Logger LOG = System.getLogger(Supervisor.class.getName());
  private static final long LOOK_EVERY_MILLIS = 200;
  private static final long RETRY_EVERY_MILLIS = 2_000;

  private final Launch launch;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition stopped = lock.newCondition();
  private boolean stopping;
  private @Nullable Running running;

  /** One run of the server. */
  record Running(Watchdog watchdog, long pid) {}

  /** Starts the server; called again after each unplanned end. */
  interface Launch {
    Running launch() throws IOException;
  }

  Supervisor(Launch launch) {
    this.launch = launch;
  }

  /** Starts it the first time, on the calling thread. */
  void start() throws IOException {
    lock.lock();
    try {
      running = launch.launch();
    } finally {
      lock.unlock();
    }
    Thread.ofPlatform().daemon().name("plenary-postgres").start(this::watch);
  }

  long pid() {
    lock.lock();
    try {
      return running == null ? -1 : running.pid();
    } finally {
      lock.unlock();
    }
  }

  private void watch() {
    lock.lock();
    try {
      while (!stopping) {
        Running now = running;
        boolean alive = now != null && alive(now.pid());
        if (!alive) {
          running = again(now);
        }
        long pause = running == null ? RETRY_EVERY_MILLIS : LOOK_EVERY_MILLIS;
        stopped.awaitNanos(TimeUnit.MILLISECONDS.toNanos(pause));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Running again(@Nullable Running ended) {
    try {
      if (ended != null) {
        LOG.log(System.Logger.Level.WARNING, "PostgreSQL ended unexpectedly; starting it again");
        ended.watchdog().stop(Duration.ofSeconds(5));
      }
      return launch.launch();
    } catch (IOException failed) {
      LOG.log(
          System.Logger.Level.ERROR,
          "PostgreSQL does not start again ({0}); next try in {1} ms",
          failed.getMessage(),
          RETRY_EVERY_MILLIS);
      return null;
    }
  }

  /** Alive and not a zombie: in a container nobody may be there to bury it. */
  private static boolean alive(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      char state = stat.charAt(stat.lastIndexOf(')') + 2);
      return state != 'Z' && state != 'X';
    } catch (IOException gone) {
      return false;
    }
  }

  /** A start may be under way, and recovery may take its time. */
  private boolean locked(Duration limit) {
    try {
      return lock.tryLock(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Stops it for good; true if it ended in time. If not, it ends with this process: the watchdog's
   * pipe sees to that.
   */
  boolean stop(Duration limit) throws IOException {
    if (!locked(limit)) {
      return false;
    }
    try {
      stopping = true;
      stopped.signalAll();
      Running last = running;
      running = null;
      return last == null || last.watchdog().stop(limit);
    } finally {
      lock.unlock();
    }
  }
}
