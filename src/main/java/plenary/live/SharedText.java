package plenary.live;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A text that many sockets get, and the WebSocket frame of it (RFC 6455, section 5.2), encoded at
 * most once. Safe for use by several threads.
 */
public final class SharedText {
  private static final int FINAL_TEXT = 0x81;
  private static final int LENGTH_IN_TWO_BYTES = 126;
  private static final int LENGTH_IN_EIGHT_BYTES = 127;
  private static final int TWO_BYTES_MAX = 0xffff;
  private static final int HEAD_BYTES_MAX = 10;

  /** More sockets than any node has. */
  private static final int USES_MAX = 1 << 28;

  private final String text;
  private volatile @Nullable ByteBuf frame;

  public SharedText(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /**
   * The frame, for one write, which releases it. Its memory belongs to the garbage collector, for
   * it lives as long as the slowest socket needs; what is released is of no consequence.
   */
  ByteBuf frame() {
    ByteBuf known = frame;
    if (known == null) {
      synchronized (this) {
        known = frame;
        if (known == null) {
          known = encode(text);
          frame = known;
        }
      }
    }
    return known.duplicate();
  }

  private static ByteBuf encode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer frame = ByteBuffer.allocateDirect(HEAD_BYTES_MAX + bytes.length);
    frame.put((byte) FINAL_TEXT);
    if (bytes.length < LENGTH_IN_TWO_BYTES) {
      frame.put((byte) bytes.length);
    } else if (bytes.length <= TWO_BYTES_MAX) {
      frame.put((byte) LENGTH_IN_TWO_BYTES).putShort((short) bytes.length);
    } else {
      frame.put((byte) LENGTH_IN_EIGHT_BYTES).putLong(bytes.length);
    }
    frame.put(bytes).flip();
    // One object less for each write than a buffer that cannot be released.
    return Unpooled.wrappedBuffer(frame).retain(USES_MAX);
  }
}
