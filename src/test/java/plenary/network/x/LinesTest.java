package plenary.network.x;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {
  private final List<JsonObject> messages = new ArrayList<>();
  private final Lines lines = new Lines(messages::add);

  @Test
  void aLineMayComeInAnyPieces() {
    Buffer all = Buffer.buffer("{\"a\":\"é😷\"}\r\n\r\n{\"b\":2}\r\n{\"c\"");
    for (int i = 0; i < all.length(); i++) {
      lines.add(all.getBuffer(i, i + 1));
    }

    assertThat(messages)
        .extracting(JsonObject::encode)
        .containsExactly("{\"a\":\"é😷\"}", "{\"b\":2}");
    assertThat(lines.skipped()).isZero();
  }

  @Test
  void whatCannotBeReadIsSkippedAndCounted() {
    lines.add(Buffer.buffer("<html>\n[1]\n{\"a\":\n"));
    lines.add(Buffer.buffer(new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}', '\n'}));
    lines.add(Buffer.buffer("{\"b\":2}\n"));

    assertThat(messages).extracting(JsonObject::encode).containsExactly("{\"b\":2}");
    assertThat(lines.skipped()).isEqualTo(4);
  }

  @Test
  void aLineWithoutAnEndIsNotKept() {
    Buffer much = Buffer.buffer("x".repeat(100_000));
    for (int i = 0; i < 30; i++) {
      lines.add(much);
    }
    lines.add(Buffer.buffer("\n{\"b\":2}\n"));

    assertThat(messages).hasSize(1);
    assertThat(lines.skipped()).isEqualTo(1);
  }
}
