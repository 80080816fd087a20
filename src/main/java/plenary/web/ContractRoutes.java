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
import java.util.zip.GZIPOutputStream;

/** Serves the contract and its page from memory, compressed once. */
public final class ContractRoutes {
  private final Document json;
  private final Document page;

  private ContractRoutes(Document json, Document page) {
    this.json = json;
    this.page = page;
  }

  /** Draws the page: a second of pure work, not for an event loop. */
  public static ContractRoutes of(Contract contract) {
    return new ContractRoutes(
        Document.of("application/json", contract.bytes(), Map.of()),
        Document.of(
            "text/html; charset=utf-8",
            Buffer.buffer(DocsPage.of(contract)),
            Map.of(SecurityHeaders.POLICY_NAME, DocsPage.policy())));
  }

  /** Adds {@code getContract} and {@code getDocs}. */
  public void attach(Api api) {
    api.on("getContract", request -> Future.succeededFuture(json.answer(request)));
    api.on("getDocs", request -> Future.succeededFuture(page.answer(request)));
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
