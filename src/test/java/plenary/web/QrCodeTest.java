package plenary.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class QrCodeTest {
  private static final String LINK = "https://plenary.example/invite#q3vR2n8sJb5mXk0yTf7uWc4dZh9a";
  private static final int DOT = 4;

  @Test
  void thePathIsReadBackAsTheText() throws Exception {
    JsonObject json = QrCode.of(LINK).json();
    int size = json.getInteger("size");
    int[] pixels = white(size);
    Matcher runs =
        Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-\\d+z").matcher(json.getString("path"));
    while (runs.find()) {
      for (int i = 0; i < Integer.parseInt(runs.group(3)); i++) {
        dot(pixels, size, Integer.parseInt(runs.group(1)) + i, Integer.parseInt(runs.group(2)));
      }
    }

    assertThat(read(pixels, size)).isEqualTo(LINK);
  }

  @Test
  void theTerminalsDrawingIsReadBackAsTheText() throws Exception {
    String[] lines = QrCode.of(LINK).terminal().replaceAll("\u001b\\[[0-9;]*m", "").split("\n");
    int size = QrCode.of(LINK).json().getInteger("size");
    int[] pixels = white(size);
    for (int row = 0; row < lines.length; row++) {
      for (int x = 0; x < lines[row].length(); x++) {
        char c = lines[row].charAt(x);
        if (c == '█' || c == '▀') {
          dot(pixels, size, x, 2 * row);
        }
        if ((c == '█' || c == '▄') && 2 * row + 1 < size) {
          dot(pixels, size, x, 2 * row + 1);
        }
      }
    }

    assertThat(read(pixels, size)).isEqualTo(LINK);
  }

  @Test
  void aTextWithoutEndIsRefused() {
    assertThatThrownBy(() -> QrCode.of("x".repeat(601)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static int[] white(int size) {
    int[] pixels = new int[size * DOT * size * DOT];
    Arrays.fill(pixels, 0xFFFFFF);
    return pixels;
  }

  private static void dot(int[] pixels, int size, int x, int y) {
    for (int i = 0; i < DOT * DOT; i++) {
      pixels[(y * DOT + i / DOT) * size * DOT + x * DOT + i % DOT] = 0;
    }
  }

  private static String read(int[] pixels, int size) throws Exception {
    RGBLuminanceSource source = new RGBLuminanceSource(size * DOT, size * DOT, pixels);
    return new QRCodeReader()
        .decode(
            new BinaryBitmap(new HybridBinarizer(source)),
            Map.of(DecodeHintType.PURE_BARCODE, true))
        .getText();
  }
}
