package plenary.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The address of the next page of a list, for the header {@code Link} (RFC 8288). */
public final class NextLink {
  /** Items of a page when nothing is said. */
  private static final int LIMIT_DEFAULT = 50;

  private NextLink() {}

  /** How many items the caller wants of a page. */
  public static int limit(Request request) {
    return request.query("limit").map(Integer::valueOf).orElse(LIMIT_DEFAULT);
  }

  /**
   * The header's value: the address of this request with another {@code after}.
   *
   * @param after where this page ended
   * @param kept the other parameters of the query that the next page needs
   */
  public static String to(Request request, String after, List<String> kept) {
    StringBuilder address = new StringBuilder(request.routing().request().path());
    address.append("?limit=").append(limit(request)).append("&after=").append(encoded(after));
    for (String name : kept) {
      request
          .query(name)
          .ifPresent(value -> address.append('&').append(name).append('=').append(encoded(value)));
    }
    return "<" + address + ">; rel=\"next\"";
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
