package plenary.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import plenary.problem.Failure;

/**
 * The one JSON parser for what comes from outside. It takes less than RFC 8259 allows, so that what
 * was checked is what is stored: duplicate names, U+0000, lone surrogates, bytes that are not
 * UTF-8, numbers that a {@code long} or a finite {@code double} cannot hold, nesting deeper than
 * {@value #DEPTH_MAX} and text after the value are refused, each with the place where it is.
 */
public final class StrictJson {
  /** Deepest nesting of objects and arrays. */
  public static final int DEPTH_MAX = 32;

  /** Most digits of a number. */
  private static final int DIGITS_MAX = 40;

  private static final int TEXT_MAX = 16 * 1024 * 1024;
  private static final int NAME_MAX = 1_000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxNumberLength(DIGITS_MAX)
                  .maxStringLength(TEXT_MAX)
                  .maxNameLength(NAME_MAX)
                  .build())
          .build();

  private StrictJson() {}

  /**
   * Reads one JSON value.
   *
   * @return a {@link JsonObject}, {@link JsonArray}, {@link String}, {@link Long}, {@link Double},
   *     {@link Boolean}, or null
   * @throws Failure.Malformed when it is not acceptable
   */
  public static @Nullable Object parse(Buffer bytes) {
    try (JsonParser parser = JSON.createParser(utf8(bytes))) {
      if (parser.nextToken() == null) {
        throw new Failure.Malformed("The body is empty; JSON was expected.");
      }
      Object value = value(parser);
      if (parser.nextToken() != null) {
        throw refuse(parser, "There is more text after the JSON value");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new Failure.Malformed(sentence(e.getOriginalMessage()) + place(e.getLocation()) + ".");
    } catch (IOException e) {
      throw new Failure.Malformed("The body cannot be read as JSON.");
    }
  }

  private static String utf8(Buffer bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes.getBytes()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new Failure.Malformed("The body is not UTF-8.");
    }
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> text(parser, parser.getText());
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> decimal(parser);
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NULL -> null;
      default -> throw refuse(parser, "There is no JSON value here");
    };
  }

  private static JsonObject object(JsonParser parser) throws IOException {
    JsonObject object = new JsonObject();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = text(parser, parser.currentName());
      parser.nextToken();
      object.put(name, value(parser));
    }
    return object;
  }

  private static JsonArray array(JsonParser parser) throws IOException {
    JsonArray array = new JsonArray();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser));
    }
    return array;
  }

  private static String text(JsonParser parser, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw refuse(parser, "The character U+0000 is not taken");
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          throw refuse(parser, "Half of a surrogate pair stands alone");
        }
        i++;
      }
    }
    return text;
  }

  private static Long integer(JsonParser parser) throws IOException {
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw refuse(parser, "The number is too large");
    }
    return parser.getLongValue();
  }

  private static Double decimal(JsonParser parser) throws IOException {
    double number = parser.getDoubleValue();
    if (!Double.isFinite(number)) {
      throw refuse(parser, "The number is too large");
    }
    return number;
  }

  private static Failure.Malformed refuse(JsonParser parser, String what) {
    return new Failure.Malformed(what + place(parser.currentTokenLocation()) + ".");
  }

  private static String place(@Nullable JsonLocation at) {
    return at == null ? "" : ", line " + at.getLineNr() + " column " + at.getColumnNr();
  }

  /** Jackson's message without what it quotes of the body and without its own advice. */
  private static String sentence(String message) {
    if (message.startsWith("Duplicate field")) {
      return "A name occurs twice in one object";
    }
    if (message.contains("nesting depth")) {
      return "The JSON is nested deeper than " + DEPTH_MAX + " levels";
    }
    if (message.contains("Number value length")) {
      return "A number has more than " + DIGITS_MAX + " digits";
    }
    if (message.contains("end-of-input") || message.contains("end of input")) {
      return "The JSON ends too early";
    }
    return "This is not JSON";
  }
}
