package plenary.network.bluesky;

import java.util.regex.Pattern;

/** What names look like in the AT Protocol, and what a text from it may not hold. */
final class Syntax {
  /** The collection of posts. */
  static final String POSTS = "app.bsky.feed.post";

  private static final Pattern DID = Pattern.compile("did:[a-z]+:[a-zA-Z0-9._:%-]*[a-zA-Z0-9._-]");
  private static final Pattern HANDLE =
      Pattern.compile(
          "([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\\.)+"
              + "[a-zA-Z]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?");
  private static final Pattern RECORD_KEY = Pattern.compile("[a-zA-Z0-9_~.:-]{1,512}");
  private static final Pattern LANGUAGE =
      Pattern.compile("(i|[a-z]{2,3}|[xX])(-[a-zA-Z0-9]{1,8}){0,8}");
  private static final int DID_MAX = 2_048;
  private static final int HANDLE_MAX = 253;

  private Syntax() {}

  static boolean isDid(String text) {
    return text.length() <= DID_MAX && DID.matcher(text).matches();
  }

  static boolean isHandle(String text) {
    return text.length() <= HANDLE_MAX && HANDLE.matcher(text).matches();
  }

  static boolean isRecordKey(String text) {
    return RECORD_KEY.matcher(text).matches() && !text.equals(".") && !text.equals("..");
  }

  static boolean isLanguage(String text) {
    return LANGUAGE.matcher(text).matches();
  }

  /** Whether it names a record: {@code at://did/collection/key}. */
  static boolean isRecord(String uri) {
    String[] parts = uri.split("/", -1);
    return parts.length == 5
        && parts[0].equals("at:")
        && parts[1].isEmpty()
        && isDid(parts[2])
        && !parts[3].isEmpty()
        && isRecordKey(parts[4]);
  }

  static String post(String did, String key) {
    return "at://" + did + "/" + POSTS + "/" + key;
  }

  /** The record key of an at-uri. */
  static String key(String uri) {
    return uri.substring(uri.lastIndexOf('/') + 1);
  }

  static String url(String did, String key) {
    return "https://bsky.app/profile/" + did + "/post/" + key;
  }

  /** Without what a database refuses: NUL, and halves of surrogate pairs. */
  static String storable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isSurrogate(c)) {
        return text.codePoints()
            .map(
                p ->
                    p == 0 || p >= Character.MIN_SURROGATE && p <= Character.MAX_SURROGATE
                        ? 0xfffd
                        : p)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
      }
    }
    return text;
  }
}
