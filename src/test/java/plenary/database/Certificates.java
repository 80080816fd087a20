package plenary.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** A certificate for a server named localhost, made with the JDK's keytool. */
public final class Certificates {
  private static final String PASSWORD = "changeit";

  private Certificates() {}

  /**
   * Gives a directory, such as PostgreSQL's data, its {@code server.crt} and {@code server.key}.
   *
   * @return a copy of the certificate, to be trusted
   */
  public static Path serverOf(Path data, Path directory)
      throws IOException, GeneralSecurityException {
    Path store = directory.resolve("server.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Program made =
        Program.run(
            directory,
            List.of(
                keytool,
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD),
            Duration.ofSeconds(20));
    if (!made.succeeded()) {
      throw new IOException(made.output());
    }
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    String certificate = pem("CERTIFICATE", keys.getCertificate("server").getEncoded());
    write(data, "server.crt", certificate);
    write(
        data,
        "server.key",
        pem("PRIVATE KEY", keys.getKey("server", PASSWORD.toCharArray()).getEncoded()));
    return Files.writeString(directory.resolve("authority.pem"), certificate);
  }

  /** PostgreSQL wants a key that belongs to it and that nobody else may read. */
  private static void write(Path data, String name, String text) throws IOException {
    Path file = Files.writeString(data.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.setOwner(file, Files.getOwner(data));
  }

  private static String pem(String what, byte[] content) {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
    return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
  }
}
