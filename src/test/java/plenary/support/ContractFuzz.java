package plenary.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import plenary.support.ContractDriver.Call;
import plenary.web.Contract;
import plenary.web.Operation;
import plenary.web.RawHttp;
import plenary.web.RawHttp.Reply;

/**
 * Drives a server by the contract: every operation as it is meant, then thousands of requests that
 * are not. {@code -Dlong=true} sends more of them, {@code -Dseed=} others.
 */
public final class ContractFuzz {
  private static final int SHORT = 1_500;
  private static final int LONG = 12_000;
  private static final int SHOWN = 800;

  private final Contract contract = Contract.load();
  private final int port;
  private final ContractDriver driver;
  private final Map<Integer, Integer> statuses = new TreeMap<>();

  private ContractFuzz(int port) {
    this.port = port;
    this.driver = new ContractDriver(contract, port);
  }

  /**
   * Runs everything against a server that nobody has set up yet.
   *
   * @throws AssertionError at the first answer that the contract does not describe
   */
  public static void run(int port, String setupToken) throws IOException {
    new ContractFuzz(port).drive(setupToken);
  }

  private void drive(String setupToken) throws IOException {
    ContractScenario scenario = new ContractScenario(driver);
    scenario.run(setupToken);
    assertThat(driver.driven())
        .isEqualTo(contract.operations().stream().map(Operation::id).collect(Collectors.toSet()));
    long seed = Long.getLong("seed", 20_261_124L);
    int count = Boolean.getBoolean("long") ? LONG : SHORT;
    Mutations mutations = new Mutations(contract, scenario, seed);
    for (int i = 0; i < count; i++) {
      Call call = mutations.next();
      String text = call.text(contract.operation(call.id()));
      String shown = text.substring(0, Math.min(SHOWN, text.length()));
      judge("seed " + seed + " request " + i + ":\n" + shown + "\n→ ", text, call);
    }
    System.out.println(count + " mutated requests, seed " + seed + ", by status " + statuses);
    int busy = statuses.getOrDefault(429, 0) + statuses.getOrDefault(503, 0);
    assertThat(busy).as("refused because of load").isLessThan(count / 10);
  }

  private void judge(String what, String text, Call call) {
    Reply reply = send(what, text);
    statuses.merge(reply.status(), 1, Integer::sum);
    String seen = what + reply.status() + " " + reply.body();
    assertThat(reply.status()).as(seen).isNotZero();
    assertThat(reply.status() < 500 || reply.status() == 503).as(seen).isTrue();
    if (text.startsWith("HEAD")) {
      assertThat(reply.body()).as(seen).isEmpty();
    } else if (reply.status() >= 400) {
      driver.checkProblem(seen, reply);
    } else {
      checkGood(seen, text, call, reply);
    }
  }

  private Reply send(String what, String text) {
    try {
      return RawHttp.send(port, text);
    } catch (IOException e) {
      throw new AssertionError("no answer to " + what, e);
    }
  }

  /** A request that was good after all is answered as the contract says for its method. */
  private void checkGood(String seen, String text, Call call, Reply reply) {
    String method = text.substring(0, text.indexOf(' '));
    String path = contract.operation(call.id()).path();
    for (Operation operation : contract.operations()) {
      if (operation.path().equals(path) && operation.method().name().equals(method)) {
        try {
          driver.check(operation.id(), reply);
        } catch (AssertionError e) {
          throw new AssertionError(seen, e);
        }
      }
    }
  }
}
