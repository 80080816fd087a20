package plenary.config;

import java.util.List;

/** Everything that is wrong with a configuration or a command line, one sentence each. */
public final class Mistakes extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> list;

  public Mistakes(List<String> list) {
    super(String.join("\n", list), null, false, false);
    this.list = List.copyOf(list);
  }

  /** The sentences, in the order of the keys. No sentence quotes a secret. */
  public List<String> list() {
    return list;
  }
}
