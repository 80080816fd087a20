package plenary.web.page;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One file of the pages, ready to be sent.
 *
 * @param path under {@code webroot/}, for example {@code live/store.js}
 * @param plain as it is
 * @param gzip compressed once at the best level; null where that gains nothing
 * @param etag a strong one: the quoted SHA-256 of the content
 */
public record Asset(String path, String type, Buffer plain, @Nullable Buffer gzip, String etag) {
  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "html", "text/html; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "png", "image/png",
          "woff2", "font/woff2",
          "webmanifest", "application/manifest+json");

  /** A file with its content. */
  public static Asset of(String path, byte[] content) {
    String ending = path.substring(path.lastIndexOf('.') + 1);
    byte[] gzip = ending.equals("woff2") || ending.equals("png") ? content : gzip(content, 9);
    return new Asset(
        path,
        TYPES.getOrDefault(ending, "text/plain; charset=utf-8"),
        Buffer.buffer(content),
        gzip.length < content.length ? Buffer.buffer(gzip) : null,
        '"' + HexFormat.of().formatHex(sha256(content)).substring(0, 32) + '"');
  }

  /** The content as text. */
  public String text() {
    return plain.toString(StandardCharsets.UTF_8);
  }

  /** Bytes on the wire for a browser that takes gzip. */
  public int transferBytes() {
    return gzip == null ? plain.length() : gzip.length();
  }

  /** The content compressed. */
  public static byte[] gzip(byte[] content, int level) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length / 2 + 64);
    try (GZIPOutputStream gzip = new Levelled(out, level)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A source for a content security policy: {@code 'sha256-…'}. */
  public static String policyHash(String text) {
    byte[] digest = sha256(text.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
  }

  static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Levelled extends GZIPOutputStream {
    Levelled(ByteArrayOutputStream out, int level) throws IOException {
      super(out);
      def.setLevel(Math.min(level, Deflater.BEST_COMPRESSION));
    }
  }
}
