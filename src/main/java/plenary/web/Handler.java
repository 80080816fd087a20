package plenary.web;

import io.vertx.core.Future;

/** Serves one operation of the contract. Runs on an event loop and never blocks it. */
@FunctionalInterface
public interface Handler {
  /**
   * Answers a request that was authenticated, read, checked against the contract and permitted.
   *
   * @return the answer, or a future failed with a {@link plenary.problem.Failure}
   */
  Future<Answer> handle(Request request);
}
