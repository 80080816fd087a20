package plenary.web;

import io.nayuki.qrcodegen.QrCode.Ecc;
import io.vertx.core.json.JsonObject;

/** A QR code (ISO/IEC 18004, by nayuki's generator) as it is drawn on screens and in terminals. */
public final class QrCode {
  private static final int QUIET_MODULES = 2;
  private static final int TEXT_MAX = 600;

  private final io.nayuki.qrcodegen.QrCode code;
  private final int size;

  private QrCode(io.nayuki.qrcodegen.QrCode code) {
    this.code = code;
    this.size = code.size + 2 * QUIET_MODULES;
  }

  /**
   * Encodes a text, usually an address.
   *
   * @throws IllegalArgumentException when it is longer than 600 characters
   */
  public static QrCode of(String text) {
    if (text.length() > TEXT_MAX) {
      throw new IllegalArgumentException("at most " + TEXT_MAX + " characters");
    }
    return new QrCode(io.nayuki.qrcodegen.QrCode.encodeText(text, Ecc.MEDIUM));
  }

  /** {@code {size, path}}: the dark modules as an SVG path in a square of that size. */
  public JsonObject json() {
    return new JsonObject().put("size", size).put("path", path());
  }

  /** A whole SVG picture, dark on white. */
  public String svg() {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "
        + (size + " " + size)
        + "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h"
        + (size + "v" + size + "H0z\"/><path d=\"" + path())
        + "\"/></svg>";
  }

  /** Neighbours in a row are one run: a third of the length of single modules. */
  private String path() {
    StringBuilder path = new StringBuilder(2_048);
    for (int y = 0; y < code.size; y++) {
      for (int x = 0; x < code.size; x++) {
        int run = x;
        while (code.getModule(run, y)) {
          run++;
        }
        if (run > x) {
          path.append('M').append(x + QUIET_MODULES).append(' ').append(y + QUIET_MODULES);
          path.append('h').append(run - x).append("v1h-").append(run - x).append('z');
          x = run;
        }
      }
    }
    return path.toString();
  }

  /** For a terminal: two modules a character, white on the terminal's colours turned explicit. */
  public String terminal() {
    StringBuilder text = new StringBuilder(4_096);
    for (int y = -QUIET_MODULES; y < code.size + QUIET_MODULES; y += 2) {
      text.append("\u001b[30;107m");
      for (int x = -QUIET_MODULES; x < code.size + QUIET_MODULES; x++) {
        boolean upper = code.getModule(x, y);
        boolean lower = code.getModule(x, y + 1);
        text.append(upper ? (lower ? '█' : '▀') : (lower ? '▄' : ' '));
      }
      text.append("\u001b[0m\n");
    }
    return text.toString();
  }
}
