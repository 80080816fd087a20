package plenary.network;

import java.util.List;
import java.util.Map;

/** What a node reads networks with, and what it posts to them with; one of each for a network. */
public record Wires(List<Connector> readers, Map<Network, Publisher> publishers) {
  /** Neither. */
  public static final Wires NONE = new Wires(List.of(), Map.of());

  public Wires {
    readers = List.copyOf(readers);
    publishers = Map.copyOf(publishers);
  }
}
