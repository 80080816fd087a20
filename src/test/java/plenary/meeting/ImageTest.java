package plenary.meeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plenary.problem.Failure;

class ImageTest {
  /** A picture as programs write it. */
  static Buffer drawn(String format, int width, int height) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(image, format, out);
    return Buffer.buffer(out.toByteArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg"})
  void picturesAreKnownByTheirContentAndMeasured(String format) throws IOException {
    Image image = Image.read(drawn(format, 320, 80));
    assertThat(image.mediaType()).isEqualTo("image/" + format);
    assertThat(image.width()).isEqualTo(320);
    assertThat(image.height()).isEqualTo(80);
  }

  @Test
  void webpOfEveryKindIsMeasured() {
    assertThat(webp("VP8X", 0, 0, 0, 0, 0, 0, 0, 0, 0x3f, 1, 0, 0x4f, 0, 0).width()).isEqualTo(320);
    Image lossless = webp("VP8L", 0, 0, 0, 0, 0x2f, 0x3f, 0xc1, 0x13, 0, 0, 0, 0, 0, 0);
    assertThat(lossless.width()).isEqualTo(320);
    assertThat(lossless.height()).isEqualTo(80);
    assertThat(webp("VP8 ", 0, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, 0x40, 1, 0x50, 0).height())
        .isEqualTo(80);
  }

  private static Image webp(String kind, int... rest) {
    Buffer body = Buffer.buffer("RIFF").appendInt(0).appendString("WEBP").appendString(kind);
    for (int each : rest) {
      body.appendByte((byte) each);
    }
    return Image.read(body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "<!doctype html><script>alert(1)</script>",
        "GIF89a\u0001\u0000\u0001\u0000",
        "RIFF\u0000\u0000\u0000\u0000WAVEfmt 0123456789012345678901234567890"
      })
  void whatCouldRunOrIsNoPictureIsRefused(String content) {
    assertThatThrownBy(() -> Image.read(Buffer.buffer(content)))
        .isInstanceOf(Failure.Unsupported.class)
        .hasMessageContaining("PNG");
  }

  @Test
  void brokenAndHugeOnesAreRefused() throws IOException {
    Buffer jpeg = drawn("jpeg", 16, 16);
    for (int cut = 0; cut < 150; cut += 7) {
      Buffer half = jpeg.getBuffer(0, cut);
      assertThatThrownBy(() -> Image.read(half)).isInstanceOf(Failure.class);
    }
    Buffer huge = drawn("png", 16, 16).setInt(16, 100_000);
    assertThatThrownBy(() -> Image.read(huge))
        .isInstanceOf(Failure.Invalid.class)
        .hasMessageContaining("4096");
    Buffer negative = drawn("png", 16, 16).setInt(20, -1);
    assertThatThrownBy(() -> Image.read(negative)).isInstanceOf(Failure.Invalid.class);
  }
}
