package plenary.network.bluesky;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plenary.network.Account;
import plenary.network.Hosts;
import plenary.network.Network;
import plenary.network.Publisher;

/**
 * Posts by app password. The identity is the record's key: the record is put there, so that sending
 * it again changes nothing, and it carries the time of the first try, so that it is the same
 * record.
 */
public final class BlueskyPublisher implements Publisher {
  private static final Length LENGTH = new PostLength();
  private static final String TOO_LONG = "Bluesky takes 300 characters; this post has more.";

  private final Xrpc xrpc;
  private final Sessions sessions;

  /**
   * A publisher.
   *
   * @param hosts where it may connect to
   */
  public BlueskyPublisher(Vertx vertx, Hosts hosts) {
    xrpc = new Xrpc(vertx, hosts);
    sessions = new Sessions(xrpc);
  }

  @Override
  public Network network() {
    return Network.BLUESKY;
  }

  @Override
  public String reserve(Instant now) {
    return Tid.next(now);
  }

  @Override
  public Length length(Account account) {
    return LENGTH;
  }

  @Override
  public Future<Sent> publish(Account account, Outgoing outgoing) {
    if (LENGTH.of(outgoing.text()) > LENGTH.max()) {
      return Future.failedFuture(new Refused(TOO_LONG));
    }
    return sessions
        .call(
            account,
            session ->
                record(session, outgoing)
                    .compose(record -> put(session, outgoing.identity(), record)))
        .map(answer -> sent(answer, outgoing.identity()))
        .recover(why -> Future.failedFuture(Refusals.of(why, account)));
  }

  @Override
  public Future<Void> delete(Account account, Sent sent) {
    return sessions
        .call(
            account,
            session ->
                xrpc.post(
                    session.host(),
                    "com.atproto.repo.deleteRecord",
                    place(session, Syntax.key(sent.id())),
                    session.access()))
        .recover(why -> Future.failedFuture(Refusals.of(why, account)))
        .mapEmpty();
  }

  private Future<JsonObject> put(Sessions.Session session, String key, JsonObject record) {
    return xrpc.post(
        session.host(),
        "com.atproto.repo.putRecord",
        place(session, key).put("record", record),
        session.access());
  }

  private static JsonObject place(Sessions.Session session, String key) {
    return new JsonObject()
        .put("repo", session.did())
        .put("collection", Syntax.POSTS)
        .put("rkey", key);
  }

  private static Sent sent(JsonObject answer, String key) {
    if (!(answer.getValue("uri") instanceof String uri) || !Syntax.isRecord(uri)) {
      throw new Xrpc.Failure(200, Xrpc.Failure.NO_JSON, "", null);
    }
    String did = uri.split("/", -1)[2];
    return new Sent(
        uri,
        Syntax.url(did, key),
        new JsonObject().put("cid", String.valueOf(answer.getValue("cid"))));
  }

  private Future<JsonObject> record(Sessions.Session session, Outgoing outgoing) {
    JsonObject record =
        new JsonObject()
            .put("$type", Syntax.POSTS)
            .put("text", outgoing.text())
            .put("createdAt", outgoing.firstTriedAt().truncatedTo(ChronoUnit.MILLIS).toString());
    if (outgoing.language() != null) {
      record.put("langs", new JsonArray().add(outgoing.language()));
    }
    List<RichText.Found> found = RichText.find(outgoing.text());
    return dids(session, found)
        .compose(
            dids -> {
              if (!found.isEmpty()) {
                record.put("facets", RichText.facets(found, dids));
              }
              return reply(session, outgoing);
            })
        .map(reply -> reply == null ? record : record.put("reply", reply));
  }

  /** Who the mentioned are. Whoever is not found is not mentioned. */
  private Future<Map<String, String>> dids(Sessions.Session session, List<RichText.Found> found) {
    Map<String, String> dids = new HashMap<>();
    List<Future<Void>> asked = new ArrayList<>();
    found.stream()
        .filter(one -> one.kind() == RichText.Kind.MENTION)
        .map(RichText.Found::value)
        .distinct()
        .forEach(
            handle ->
                asked.add(
                    xrpc.get(
                            session.host(),
                            "com.atproto.identity.resolveHandle",
                            Map.of("handle", handle.toLowerCase(Locale.ROOT)),
                            null)
                        .onSuccess(
                            answer -> {
                              if (answer.getValue("did") instanceof String did) {
                                dids.put(handle, did);
                              }
                            })
                        .<Void>mapEmpty()
                        .otherwiseEmpty()));
    return Future.join(asked).map(dids);
  }

  private Future<@Nullable JsonObject> reply(Sessions.Session session, Outgoing outgoing) {
    Sent parent = outgoing.inReplyTo();
    if (parent == null) {
      return Future.succeededFuture();
    }
    Sent root = outgoing.thread() == null ? parent : outgoing.thread();
    Future<JsonObject> to = reference(session, parent);
    return to.compose(
        below ->
            (root.id().equals(parent.id()) ? to : reference(session, root))
                .map(top -> new JsonObject().put("root", top).put("parent", below)));
  }

  /** A record and its content's hash, which is looked up where it was not kept. */
  private Future<JsonObject> reference(Sessions.Session session, Sent sent) {
    JsonObject reference = new JsonObject().put("uri", sent.id());
    if (sent.reference().getValue("cid") instanceof String cid) {
      return Future.succeededFuture(reference.put("cid", cid));
    }
    if (!Syntax.isRecord(sent.id())) {
      return Future.failedFuture(new Refused("What this answers is no post on Bluesky."));
    }
    String[] parts = sent.id().split("/", -1);
    return xrpc.get(
            session.host(),
            "com.atproto.repo.getRecord",
            Map.of("repo", parts[2], "collection", parts[3], "rkey", parts[4]),
            session.access())
        .map(answer -> reference.put("cid", String.valueOf(answer.getValue("cid"))));
  }
}
