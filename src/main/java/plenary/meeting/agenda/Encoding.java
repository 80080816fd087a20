package plenary.meeting.agenda;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import plenary.problem.Failure;

/**
 * The character encoding of a file: by its byte order mark, by the zero bytes of UTF-16, or by its
 * XML declaration; else UTF-8. Nothing is guessed from content, for a wrong guess garbles names.
 */
record Encoding(Charset charset, int markBytes) {
  private static final int DECLARATION_BYTES = 200;

  static Encoding of(byte[] body) {
    int a = at(body, 0);
    int b = at(body, 1);
    if (a == 0xef && b == 0xbb && at(body, 2) == 0xbf) {
      return new Encoding(StandardCharsets.UTF_8, 3);
    }
    if (a == 0xfe && b == 0xff) {
      return new Encoding(StandardCharsets.UTF_16BE, 2);
    }
    if (a == 0xff && b == 0xfe) {
      return new Encoding(StandardCharsets.UTF_16LE, 2);
    }
    if (a > 0 && b == 0 && at(body, 2) > 0) {
      return new Encoding(StandardCharsets.UTF_16LE, 0);
    }
    if (a == 0 && b > 0 && at(body, 2) == 0) {
      return new Encoding(StandardCharsets.UTF_16BE, 0);
    }
    return new Encoding(declared(body), 0);
  }

  boolean isWide() {
    return charset == StandardCharsets.UTF_16BE || charset == StandardCharsets.UTF_16LE;
  }

  /** The 16-bit unit or the byte at a place, as a number. */
  int unit(byte[] body, int at) {
    if (!isWide()) {
      return body[at] & 0xff;
    }
    int first = body[at] & 0xff;
    int second = body[at + 1] & 0xff;
    return charset == StandardCharsets.UTF_16BE ? first << 8 | second : second << 8 | first;
  }

  /** The text after the mark; fails with the offset of the first byte that is none. */
  String decode(byte[] body) {
    StringBuilder text = new StringBuilder();
    int wrong = decode(ByteBuffer.wrap(body, markBytes, body.length - markBytes), text, charset);
    if (wrong >= 0) {
      throw notText(body, wrong, charset);
    }
    return text.toString();
  }

  /** Appends the text of some bytes; gives the position of the first that is none, or -1. */
  static int decode(ByteBuffer in, StringBuilder text, Charset charset) {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer out = CharBuffer.allocate((int) (in.remaining() * decoder.maxCharsPerByte()) + 1);
    CoderResult result = decoder.decode(in, out, true);
    if (!result.isError()) {
      result = decoder.flush(out);
    }
    text.append(out.flip());
    return result.isError() ? in.position() : -1;
  }

  static Failure notText(byte[] body, int offset, Charset charset) {
    int line = 1;
    for (int i = 0; i < offset; i++) {
      if (body[i] == '\n') {
        line++;
      }
    }
    return new Failure.Malformed(
        "Byte %d (line %d) is not valid %s: save the file as UTF-8."
            .formatted(offset, line, charset.name()));
  }

  private static int at(byte[] body, int index) {
    return index < body.length ? body[index] & 0xff : -1;
  }

  /** XML 1.0, section 4.3.3: the declaration is ASCII up to the encoding's name. */
  private static Charset declared(byte[] body) {
    int length = Math.min(body.length, DECLARATION_BYTES);
    String head = new String(body, 0, length, StandardCharsets.ISO_8859_1).stripLeading();
    int end = head.indexOf("?>");
    int at = head.indexOf("encoding");
    if (!head.startsWith("<?xml") || at < 0 || at > end) {
      return StandardCharsets.UTF_8;
    }
    String[] quoted = head.substring(at, end).split("[\"']", 3);
    String name = quoted.length > 1 ? quoted[1].strip().toLowerCase(Locale.ROOT) : "";
    return switch (name) {
      case "", "utf-8", "utf8", "us-ascii", "ascii", "utf-16" -> StandardCharsets.UTF_8;
      // What calls itself ISO-8859-1 is windows-1252 in practice (WHATWG Encoding, section 4.2).
      case "iso-8859-1", "latin1", "windows-1252", "cp1252" -> Charset.forName("windows-1252");
      case "iso-8859-15", "latin-9" -> Charset.forName("ISO-8859-15");
      default ->
          throw new Failure.Malformed(
              "Line 1 declares the encoding “"
                  + PlainText.quote(name)
                  + "”; UTF-8, UTF-16, ISO-8859-1, ISO-8859-15 and windows-1252 are read.");
    };
  }
}
