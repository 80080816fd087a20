package plenary.stage;

import io.vertx.core.Future;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Ids;
import plenary.identity.Grant;
import plenary.live.Change;
import plenary.live.Command;
import plenary.live.Task;
import plenary.problem.Failure;
import plenary.screening.Screening;
import plenary.screening.TextLimits;

/** Messages to the podium, which says OK to them. The newest few stay. */
final class Messages {
  private static final TextLimits TEXT = new TextLimits(200, 1_664, false);
  private static final int STAY_MAX = 20;

  private Messages() {}

  static Command send(UUID session, Grant by, String text, Command.@Nullable Once once) {
    return Task.ofStaff(
        session,
        "message",
        once,
        change -> {
          String clean = Screening.verdict(text, TEXT).orRefuse("/text").text();
          Message message =
              new Message(Ids.next(), clean, by.name(), change.now(), null, null, null);
          return MessageStore.insert(change.sql(), session, message)
              .compose(done -> MessageStore.crowdOut(change.sql(), session, STAY_MAX, change.now()))
              .map(
                  gone -> {
                    gone.forEach(id -> change.drop("message/" + id));
                    message.put(change);
                    return message.body();
                  });
        });
  }

  /** Says OK. The first one counts. */
  static Command receive(UUID session, Grant by, UUID id, Command.@Nullable Once once) {
    return Task.ofStaff(
        session,
        "receipt",
        once,
        change ->
            find(change, id)
                .compose(
                    message -> {
                      if (message.goneAt() != null) {
                        throw new Failure.NotFound("message");
                      }
                      if (message.receivedAt() != null) {
                        return Future.succeededFuture(message.body());
                      }
                      Message received = message.received(by.name(), change.now());
                      return MessageStore.receive(change.sql(), received)
                          .map(
                              done -> {
                                received.put(change);
                                return received.body();
                              });
                    }));
  }

  static Command withdraw(UUID session, UUID id) {
    return Task.ofStaff(
        session,
        "withdraw-message",
        null,
        change ->
            find(change, id)
                .compose(
                    message ->
                        message.goneAt() != null
                            ? Future.succeededFuture(message.body())
                            : MessageStore.go(change.sql(), id, change.now())
                                .map(
                                    done -> {
                                      change.drop(message.key());
                                      return message.body();
                                    })));
  }

  private static Future<Message> find(Change change, UUID id) {
    return MessageStore.find(change.sql(), change.session(), id)
        .map(found -> found.orElseThrow(() -> new Failure.NotFound("message")));
  }
}
