package plenary.access;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A secret of 256 random bits, and the hash that is stored of it. As nobody can guess so many bits,
 * a plain SHA-256 protects it as well as a slow hash would.
 */
final class Token {
  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Token() {}

  /** A new secret, safe in a URL's fragment and in a cookie. */
  static String random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** What is stored of a secret. */
  static Buffer hash(String secret) {
    try {
      return Buffer.buffer(
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether two hashes are the same, in a time that does not tell where they differ. */
  static boolean same(Buffer one, Buffer other) {
    return MessageDigest.isEqual(one.getBytes(), other.getBytes());
  }
}
