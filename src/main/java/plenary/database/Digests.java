package plenary.database;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Checksums. */
final class Digests {
  private Digests() {}

  /** Every Java has SHA-256. */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
