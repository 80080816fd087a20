package plenary.network;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plenary.problem.Failure;

/**
 * Which servers an organiser may have called: those on the open internet, over https. A server of
 * the operator's own network is none of them, unless the operator says so; otherwise an organiser
 * could have this machine knock at every door behind it.
 */
public final class Hosts {
  private final Vertx vertx;
  private final boolean anywhere;

  /**
   * @param anywhere whether private addresses and plain http are allowed
   */
  public Hosts(Vertx vertx, boolean anywhere) {
    this.vertx = vertx;
    this.anywhere = anywhere;
  }

  /**
   * The URL of a server as it is kept: without a path.
   *
   * @param pointer of the field in the body
   */
  public String read(String given, String pointer) {
    String text = given.strip();
    try {
      URI url = new URI(text.contains("://") ? text : "https://" + text);
      String scheme = url.getScheme();
      boolean plain = "http".equals(scheme) || "ws".equals(scheme);
      if (url.getHost() == null
          || url.getUserInfo() != null
          || !(plain || "https".equals(scheme) || "wss".equals(scheme))) {
        throw new Failure.Invalid(
            pointer,
            "no-server",
            "This is no address of a server, such as https://mastodon.example.");
      }
      if (plain && !anywhere) {
        throw new Failure.Invalid(pointer, "no-https", "The server has to be reached over https.");
      }
      return scheme + "://" + url.getAuthority();
    } catch (URISyntaxException broken) {
      throw new Failure.Invalid(
          pointer,
          "no-server",
          "This is no address of a server, such as https://mastodon.example.");
    }
  }

  /** Fails with a sentence when one of an account's servers may not be called. */
  Future<Void> check(Account account) {
    Future<Void> checked = check(account.server());
    for (String name : Accounts.ADDRESSES) {
      checked = checked.compose(done -> check(account.settings().getString(name)));
    }
    return checked;
  }

  private Future<Void> check(@Nullable String server) {
    if (server == null || anywhere) {
      return Future.succeededFuture();
    }
    String host = URI.create(server).getHost();
    return vertx.executeBlocking(
        () -> {
          try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
              if (!allows(address)) {
                throw new Failure.Invalid(
                    "/server",
                    "private-network",
                    host + " is an address of a private network.",
                    Map.of("host", host));
              }
            }
          } catch (UnknownHostException unknown) {
            throw new Failure.Invalid(
                "/server",
                "unknown-host",
                "There is no server called " + host + ".",
                Map.of("host", host));
          }
          return null;
        },
        false);
  }

  /**
   * Where to connect to for a host: its name is looked up once for each connection, and the
   * connection goes to the address that was found to be allowed, so that a name cannot lead
   * elsewhere in between.
   *
   * @return fails with {@link Inside} when it may not be called, with {@link UnknownHostException}
   *     when there is none
   */
  public Future<SocketAddress> find(String host, int port) {
    return vertx
        .executeBlocking(() -> InetAddress.getAllByName(host), false)
        .compose(
            found -> {
              for (InetAddress address : found) {
                if (allows(address)) {
                  return Future.succeededFuture(
                      SocketAddress.inetSocketAddress(port, address.getHostAddress()));
                }
              }
              return Future.failedFuture(new Inside(host));
            });
  }

  /** A host that is inside the operator's own network. */
  public static final class Inside extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Inside(String host) {
      super(
          host + " is inside this server's own network, where it must not look.",
          null,
          false,
          false);
    }

    public String sentence() {
      return String.valueOf(getMessage());
    }
  }

  private boolean allows(InetAddress address) {
    return anywhere || isPublic(address);
  }

  /** Unique local addresses of IPv6 and shared ones of providers are not public either. */
  private static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
    boolean shared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
    boolean special = bytes.length == 4 ? isSpecial(bytes) : isTranslated(bytes);
    return !(address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()
        || uniqueLocal
        || special
        || shared);
  }

  /** This network, benchmarks, and what is reserved (RFC 6890). */
  private static boolean isSpecial(byte[] four) {
    return four[0] == 0
        || (four[0] == (byte) 198 && (four[1] & 0xfe) == 18)
        || (four[0] & 0xf0) == 0xf0;
  }

  /** Ways to an IPv4 address, which may be anybody's (RFC 6052, RFC 3056). */
  private static boolean isTranslated(byte[] sixteen) {
    boolean nat64 = sixteen[0] == 0 && sixteen[1] == 0x64 && sixteen[2] == (byte) 0xff;
    boolean sixToFour = sixteen[0] == 0x20 && sixteen[1] == 0x02;
    return nat64 || sixToFour;
  }
}
