package plenary.meeting;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import plenary.problem.Failure;

/**
 * A picture that every browser draws and that can run nothing: PNG, JPEG or WebP, known by what it
 * begins with and not by what somebody calls it. SVG is a program's file and is refused.
 *
 * @param mediaType as it is served
 */
record Image(String mediaType, Buffer body, int width, int height) {
  private static final int SIDE_MAX = 4_096;
  private static final int TAG_BYTES = 12;
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

  /**
   * Recognises it.
   *
   * @throws Failure.Unsupported when it is none of the three
   * @throws Failure.Invalid when it would be a burden to draw
   */
  static Image read(Buffer body) {
    Image image =
        png(body)
            .or(() -> jpeg(body))
            .or(() -> webp(body))
            .orElseThrow(
                () ->
                    new Failure.Unsupported(
                        "A logo is a PNG, JPEG or WebP picture. SVG is not taken; export it as"
                            + " PNG, about 400 pixels wide."));
    if (image.width < 1 || image.height < 1 || Math.max(image.width, image.height) > SIDE_MAX) {
      throw new Failure.Invalid(
          "",
          "logo-too-large",
          "A logo has at most %d pixels on each side.".formatted(SIDE_MAX),
          Map.of("max", SIDE_MAX));
    }
    return image;
  }

  /** Names its content: another picture has another tag. */
  String tag() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(body.getBytes());
      return HexFormat.of().formatHex(hash, 0, TAG_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static Optional<Image> png(Buffer body) {
    boolean is = body.length() > 33 && starts(body, 0, PNG) && is(body, 12, "IHDR");
    return is
        ? Optional.of(new Image("image/png", body, body.getInt(16), body.getInt(20)))
        : Optional.empty();
  }

  /** The size is in the first frame header, behind segments of known lengths. */
  private static Optional<Image> jpeg(Buffer body) {
    if (body.length() < 12 || body.getUnsignedShort(0) != 0xffd8) {
      return Optional.empty();
    }
    int at = 2;
    while (at + 9 <= body.length() && body.getUnsignedByte(at) == 0xff) {
      int marker = body.getUnsignedByte(at + 1);
      if (marker == 0xff) {
        at++;
        continue;
      }
      boolean frame =
          marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
      if (frame) {
        return Optional.of(
            new Image(
                "image/jpeg", body, body.getUnsignedShort(at + 7), body.getUnsignedShort(at + 5)));
      }
      at += 2 + body.getUnsignedShort(at + 2);
    }
    return Optional.empty();
  }

  private static Optional<Image> webp(Buffer body) {
    if (body.length() < 30 || !is(body, 0, "RIFF") || !is(body, 8, "WEBP")) {
      return Optional.empty();
    }
    if (is(body, 12, "VP8X")) {
      return Optional.of(webp(body, 1 + body.getMediumLE(24), 1 + body.getMediumLE(27)));
    }
    if (is(body, 12, "VP8L")) {
      long bits = body.getUnsignedIntLE(21);
      return Optional.of(webp(body, 1 + (int) (bits & 0x3fff), 1 + (int) (bits >> 14 & 0x3fff)));
    }
    return is(body, 12, "VP8 ")
        ? Optional.of(
            webp(body, body.getUnsignedShortLE(26) & 0x3fff, body.getUnsignedShortLE(28) & 0x3fff))
        : Optional.empty();
  }

  private static Image webp(Buffer body, int width, int height) {
    return new Image("image/webp", body, width & 0xffffff, height & 0xffffff);
  }

  private static boolean is(Buffer body, int at, String word) {
    return starts(body, at, word.getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean starts(Buffer body, int at, byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (at + i >= body.length() || body.getByte(at + i) != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
