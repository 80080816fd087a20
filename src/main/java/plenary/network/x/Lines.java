package plenary.network.x;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts a stream into lines of JSON. Blank lines keep the connection alive and say nothing. A line
 * that is too long, not UTF-8 or not a JSON object is skipped and counted.
 */
final class Lines {
  /** Most bytes of a line: the longest posts have tens of thousands. */
  static final int BYTES_MAX = 1 << 20;

  private static final byte NEWLINE = '\n';

  private final Consumer<JsonObject> messages;
  private Buffer rest = Buffer.buffer();
  private boolean tooLong;
  private long skipped;

  Lines(Consumer<JsonObject> messages) {
    this.messages = messages;
  }

  long skipped() {
    return skipped;
  }

  void add(Buffer chunk) {
    int from = 0;
    for (int i = 0; i < chunk.length(); i++) {
      if (chunk.getByte(i) == NEWLINE) {
        keep(chunk, from, i);
        end();
        from = i + 1;
      }
    }
    keep(chunk, from, chunk.length());
  }

  private void keep(Buffer chunk, int from, int until) {
    if (tooLong) {
      return;
    }
    if (rest.length() + (until - from) > BYTES_MAX) {
      tooLong = true;
      rest = Buffer.buffer();
    } else {
      rest.appendBuffer(chunk, from, until - from);
    }
  }

  private void end() {
    Buffer line = rest;
    rest = Buffer.buffer();
    if (tooLong) {
      tooLong = false;
      skipped++;
      return;
    }
    JsonObject message;
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line.getBytes())).toString();
      if (text.isBlank()) {
        return;
      }
      message = new JsonObject(text);
    } catch (CharacterCodingException | DecodeException unreadable) {
      skipped++;
      return;
    }
    messages.accept(message);
  }
}
