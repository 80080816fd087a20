package plenary.meeting.agenda;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A property of an iCalendar file (RFC 5545, section 3.1).
 *
 * @param name in upper case
 * @param params the first value of each parameter, names in upper case
 * @param value raw, as it stands after the colon
 * @param line where it begins, from 1
 */
record ContentLine(String name, Map<String, String> params, String value, int line) {

  /** Reads an unfolded line; null when it is no property. */
  static @Nullable ContentLine parse(String text, int line) {
    int at = nameEnd(text, 0);
    if (at == 0 || at == text.length() || (text.charAt(at) != ':' && text.charAt(at) != ';')) {
      return null;
    }
    String name = text.substring(0, at).toUpperCase(Locale.ROOT);
    Map<String, String> params = new HashMap<>(4);
    while (text.charAt(at) == ';') {
      int equals = nameEnd(text, at + 1);
      if (equals == text.length() || text.charAt(equals) != '=') {
        return null;
      }
      int end = valueEnd(text, equals + 1);
      if (end == text.length()) {
        return null;
      }
      params.putIfAbsent(
          text.substring(at + 1, equals).toUpperCase(Locale.ROOT),
          unquoted(text.substring(equals + 1, end)));
      at = end;
    }
    return new ContentLine(name, params, text.substring(at + 1), line);
  }

  private static int nameEnd(String text, int from) {
    int at = from;
    while (at < text.length() && isNameChar(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** The end of a parameter's value: a colon or semicolon outside quotation marks. */
  private static int valueEnd(String text, int from) {
    boolean quoted = false;
    for (int at = from; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ':' || c == ';')) {
        return at;
      }
    }
    return text.length();
  }

  /** Without quotation marks, and with RFC 6868's carets resolved. */
  private static String unquoted(String raw) {
    String text = raw.replace("\"", "");
    return text.indexOf('^') < 0
        ? text
        : text.replace("^n", "\n").replace("^'", "\"").replace("^^", "^");
  }

  private static boolean isNameChar(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c == '.';
  }

  /** The value as text, its escapes resolved (section 3.3.11). */
  String text() {
    return unescape(value);
  }

  /** The values of a list, separated by commas that are not escaped. */
  List<String> list() {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int at = 0; at < value.length(); at++) {
      if (value.charAt(at) == '\\') {
        at++;
      } else if (value.charAt(at) == ',') {
        parts.add(unescape(value.substring(from, at)));
        from = at + 1;
      }
    }
    parts.add(unescape(value.substring(from)));
    return parts;
  }

  private static String unescape(String raw) {
    if (raw.indexOf('\\') < 0) {
      return raw;
    }
    StringBuilder text = new StringBuilder(raw.length());
    for (int at = 0; at < raw.length(); at++) {
      char c = raw.charAt(at);
      if (c == '\\' && at + 1 < raw.length()) {
        char next = raw.charAt(++at);
        if (next == 'n' || next == 'N') {
          text.append('\n');
        } else if (next == '\\' || next == ',' || next == ';' || next == ':' || next == '"') {
          text.append(next);
        } else {
          text.append(c).append(next);
        }
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
