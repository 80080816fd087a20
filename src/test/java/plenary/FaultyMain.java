package plenary;

import java.util.List;
import plenary.config.Config;
import plenary.config.Options;
import plenary.live.Faults;
import plenary.log.Logs;

/**
 * The server with a promise broken on purpose: it answers before the commit. The negative control
 * of the durability test runs it; nothing else can, for no configuration sets a fault.
 */
public final class FaultyMain {
  private FaultyMain() {}

  public static void main(String[] args) throws Exception {
    Logs.begin();
    Config config = Config.load(System.getenv());
    Logs.start(config.log().level(), config.log().levels());
    Main.run(
        Options.parse(List.of().toArray(String[]::new)), config, System.out, new Faults(true, ""));
  }
}
