package plenary.erasure;

import plenary.web.Answer;
import plenary.web.Api;

/** The contract's operation that erases. */
public final class ErasureRoutes {
  private final Erasures erasures;

  public ErasureRoutes(Erasures erasures) {
    this.erasures = erasures;
  }

  /** Sets the handler. */
  public void attach(Api api) {
    api.on(
        "deleteMeeting",
        request ->
            erasures
                .erase(request.meeting(), request.query("name").orElseThrow())
                .map(done -> Answer.noContent()));
  }
}
