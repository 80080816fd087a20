package plenary.chat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plenary.database.Database;
import plenary.database.Outages;
import plenary.identity.Grant;
import plenary.identity.Role;
import plenary.live.Command;
import plenary.live.Live;
import plenary.meeting.Agendas;
import plenary.network.Account;
import plenary.network.Network;
import plenary.network.PostingAccounts;
import plenary.network.Publisher;
import plenary.problem.Failure;
import plenary.web.Answer;
import plenary.web.Api;
import plenary.web.Request;

/** The contract's operations on chats. */
public final class ChatRoutes {
  private final Database database;
  private final Live live;
  private final Agendas agendas;
  private final Chats chats;
  private final Prompts prompts;
  private final ChatClock clock;

  /**
   * Routes over the rules.
   *
   * @param publishers what this node can post with
   */
  public ChatRoutes(
      Vertx vertx,
      Database database,
      Live live,
      Map<Network, Publisher> publishers,
      InstantSource time) {
    this.database = database;
    this.live = live;
    this.agendas = new Agendas(database);
    Outlets outlets = new Outlets(publishers);
    this.chats = new Chats(time);
    this.prompts = new Prompts(outlets, time);
    Outbox outbox =
        new Outbox(
            database.pool(),
            live::submit,
            outlets,
            time,
            Outbox.Limits.USUAL,
            step -> Future.succeededFuture());
    this.clock = new ChatClock(vertx, database.pool(), live::submit, prompts, outbox, time);
  }

  /** Sends prompts at their times, once it is started. */
  public ChatClock clock() {
    return clock;
  }

  /** Sets the handlers. */
  public void attach(Api api) {
    api.on("getChat", this::get);
    api.on(
        "patchChat",
        request ->
            live.submit(
                    chats.patch(
                        request.session(), request.meeting(), request.body(), once(request)))
                .map(Answer::ok));
    api.on("addPrompt", this::add);
    api.on("patchPrompt", this::patch);
    api.on("deletePrompt", this::delete);
    api.on("movePrompt", this::move);
    api.on("measurePrompt", this::measure);
  }

  private static Command.@Nullable Once once(Request request) {
    Grant by =
        request
            .principal()
            .grant(request.meeting(), request.session(), Role.MODERATOR, Role.ORGANISER)
            .orElseThrow(() -> new Failure.Forbidden("Your role does not allow this."));
    return request.once(by.id());
  }

  private Future<Answer> add(Request request) {
    return live.submit(
            prompts.add(request.session(), request.meeting(), request.body(), once(request)))
        .map(Answer::created);
  }

  private Future<Answer> patch(Request request) {
    return live.submit(
            prompts.patch(
                request.session(),
                request.meeting(),
                request.path("prompt"),
                request.body(),
                once(request)))
        .map(Answer::ok);
  }

  private Future<Answer> delete(Request request) {
    return live.submit(prompts.remove(request.session(), request.meeting(), request.path("prompt")))
        .map(Answer::ok);
  }

  private Future<Answer> move(Request request) {
    return live.submit(
            prompts.move(
                request.session(),
                request.meeting(),
                request.path("prompt"),
                request.body(),
                once(request)))
        .onSuccess(done -> clock.send())
        .map(Answer::ok);
  }

  /** A chat and the accounts that its prompts may go out through. */
  private record Seen(Chat chat, RunSheet sheet, List<Posting> postings, List<Account> accounts) {
    List<Account> used() {
      return accounts.stream().filter(account -> chat.accounts().contains(account.id())).toList();
    }
  }

  private Future<Seen> seen(Request request) {
    UUID session = request.session();
    Future<Chat> chat = ChatStore.find(database.pool(), session);
    Future<RunSheet> sheet = ChatStore.prompts(database.pool(), session);
    Future<List<Posting>> postings = OutboxStore.of(database.pool(), session);
    Future<List<Account>> accounts = PostingAccounts.of(database.pool(), request.meeting());
    return Future.all(chat, sheet, postings, accounts)
        .map(all -> new Seen(chat.result(), sheet.result(), postings.result(), accounts.result()))
        .recover(error -> Future.failedFuture(Outages.told(error)));
  }

  private Future<Answer> get(Request request) {
    return seen(request)
        .map(
            seen -> {
              JsonArray accounts = new JsonArray();
              for (Account account : seen.accounts()) {
                JsonObject each =
                    new JsonObject()
                        .put("id", account.id().toString())
                        .put("network", account.network().id())
                        .put("used", seen.chat().accounts().contains(account.id()));
                accounts.add(
                    account.handle() == null ? each : each.put("handle", account.handle()));
              }
              JsonArray all = new JsonArray();
              for (Prompt prompt : seen.sheet().prompts()) {
                List<Posting> own =
                    seen.postings().stream()
                        .filter(posting -> posting.prompt().equals(prompt.id()))
                        .toList();
                all.add(Chats.body(prompt, own).mergeIn(Chats.run(prompt, own)));
              }
              return Answer.ok(
                  seen.chat()
                      .body()
                      .put("accounts", accounts)
                      .put("gone", Outlets.gone(seen.chat(), seen.accounts()).size())
                      .put("prompts", all));
            });
  }

  private Future<Answer> measure(Request request) {
    return agendas
        .one(request.meeting(), request.session())
        .compose(
            listed ->
                seen(request)
                    .map(
                        seen ->
                            Answer.ok(
                                prompts.measured(
                                    request.body(),
                                    seen.used(),
                                    listed.hashtag(request.session()),
                                    seen.sheet().nextNumber()))));
  }
}
