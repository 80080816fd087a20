package plenary.screening;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the links of a text lead to: the site, or the page where a site belongs to everybody. */
final class Links {
  private static final int LINKS_MAX = 10;

  /** With a scheme, with www, or a bare name whose ending is a usual one. */
  private static final Pattern LINK =
      Pattern.compile(
          "(?<![@\\p{L}\\d._-])(?:https?://|www\\.|(?=[a-z\\d-]{1,63}+\\.))"
              + "((?:[\\p{L}\\d-]{1,63}+\\.){1,8}[\\p{L}\\d-]{2,24}+)(?::\\d{1,5}+)?+(/[^\\s<>\"')\\]]*+)?+",
          Pattern.CASE_INSENSITIVE);

  private static final Set<String> ENDINGS =
      Set.of(
          "com", "net", "org", "info", "biz", "io", "co", "ru", "cn", "top", "xyz", "site",
          "online", "shop", "store", "club", "live", "app", "dev", "tv", "ly", "gl", "eu", "uk",
          "de", "fr", "nl", "pl", "pt", "ch", "ca", "au", "br", "jp", "tr", "link", "click", "icu",
          "vip", "win", "bet", "casino", "pro", "gov", "edu");

  /** Sites where each page has another author. */
  private static final Set<String> SHARED =
      Set.of(
          "bit.ly",
          "t.co",
          "tinyurl.com",
          "goo.gl",
          "ow.ly",
          "buff.ly",
          "is.gd",
          "lnkd.in",
          "youtu.be",
          "youtube.com",
          "x.com",
          "twitter.com",
          "facebook.com",
          "instagram.com",
          "linkedin.com",
          "github.com",
          "docs.google.com",
          "drive.google.com",
          "forms.gle",
          "medium.com",
          "bsky.app",
          "t.me",
          "wa.me",
          "tiktok.com",
          "linktr.ee");

  private Links() {}

  static List<String> of(CharSequence text) {
    Set<String> links = new LinkedHashSet<>();
    Matcher matcher = LINK.matcher(text);
    while (links.size() < LINKS_MAX && matcher.find()) {
      String host = host(matcher.group(1));
      String path = matcher.group(2);
      boolean bare = Character.isLetterOrDigit(matcher.group().charAt(0)) && !isMarked(matcher);
      String written = matcher.group(1);
      // Not where two sentences only lack a space.
      if (!bare || ENDINGS.contains(written.substring(written.lastIndexOf('.') + 1))) {
        links.add(SHARED.contains(host) && path != null ? host + path : host);
      }
    }
    return new ArrayList<>(links);
  }

  private static boolean isMarked(Matcher matcher) {
    return matcher.start(1) > matcher.start();
  }

  private static String host(String written) {
    String host = written.toLowerCase(Locale.ROOT);
    return host.startsWith("www.") ? host.substring(4) : host;
  }
}
