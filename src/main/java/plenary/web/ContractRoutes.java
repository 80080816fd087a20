package plenary.web;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Serves the contract and its page from memory, compressed once. */
public final class ContractRoutes {
  private final Contract contract;
  private @Nullable Future<Document> json;
  private @Nullable Future<Document> page;

  private ContractRoutes(Contract contract) {
    this.contract = contract;
  }

  /** Adds {@code getContract} and {@code getDocs}; each is made when it is first asked for. */
  public static void mount(Api api, Contract contract) {
    ContractRoutes routes = new ContractRoutes(contract);
    api.on("getContract", request -> routes.json(request).map(made -> made.answer(request)));
    api.on("getDocs", request -> routes.page(request).map(made -> made.answer(request)));
  }

  private synchronized Future<Document> json(Request request) {
    if (json == null) {
      json = aside(request, () -> Document.of("application/json", contract.bytes(), Map.of()));
    }
    return json;
  }

  private synchronized Future<Document> page(Request request) {
    if (page == null) {
      page =
          aside(
              request,
              () ->
                  Document.of(
                      "text/html; charset=utf-8",
                      Buffer.buffer(DocsPage.of(contract)),
                      Map.of(SecurityHeaders.POLICY_NAME, DocsPage.policy())));
    }
    return page;
  }

  private static Future<Document> aside(Request request, Callable<Document> making) {
    return request.routing().vertx().executeBlocking(making, false);
  }

  /** Something that never changes while the server runs. */
  private record Document(
      String type, Buffer plain, Buffer zipped, String tag, Map<String, String> headers) {
    static Document of(String type, Buffer plain, Map<String, String> headers) {
      return new Document(type, plain, gzip(plain), '"' + digest(plain) + '"', headers);
    }

    Answer answer(Request request) {
      String known = request.routing().request().getHeader(HttpHeaders.IF_NONE_MATCH);
      String accepted = request.routing().request().getHeader(HttpHeaders.ACCEPT_ENCODING);
      boolean zip = accepted != null && accepted.contains("gzip");
      Map<String, String> all = new HashMap<>(headers);
      all.put("ETag", tag);
      all.put("Cache-Control", "no-cache");
      all.put("Vary", "Accept-Encoding");
      if (known != null && known.contains(tag)) {
        return new Answer(304, null, null, all);
      }
      if (zip) {
        all.put("Content-Encoding", "gzip");
      }
      return new Answer(200, type, zip ? zipped : plain, all);
    }

    private static Buffer gzip(Buffer plain) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
        out.write(plain.getBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return Buffer.buffer(bytes.toByteArray());
    }

    private static String digest(Buffer plain) {
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(plain.getBytes());
        return HexFormat.of().formatHex(digest, 0, 12);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
