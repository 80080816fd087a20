package plenary.web;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose word is taken for the address and the scheme of a client. {@code X-Forwarded-For} and
 * {@code X-Forwarded-Proto} of anybody else are ignored, for everybody can send them.
 */
public final class TrustedProxies {
  /** Nobody is believed. */
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  private static final int HOPS_MAX = 20;

  private final List<Range> ranges;

  /**
   * Trusts some addresses.
   *
   * @param ranges addresses or CIDR ranges, for example {@code 10.0.0.0/8}
   * @throws IllegalArgumentException when one is neither
   */
  public TrustedProxies(List<String> ranges) {
    this.ranges = ranges.stream().map(Range::of).toList();
  }

  /** The client's address: the nearest one that is not a trusted proxy. */
  public String client(String peer, @Nullable String forwardedFor) {
    if (ranges.isEmpty() || forwardedFor == null || !trusts(peer)) {
      return peer;
    }
    String client = peer;
    int end = forwardedFor.length();
    for (int hop = 0; hop < HOPS_MAX && end >= 0; hop++) {
      int comma = forwardedFor.lastIndexOf(',', end - 1);
      String address = forwardedFor.substring(comma + 1, end).trim();
      if (NetUtil.createByteArrayFromIpAddressString(address) == null) {
        return client;
      }
      client = address;
      if (!trusts(address)) {
        return client;
      }
      end = comma;
    }
    return client;
  }

  /** Whether a trusted proxy says that the client came over https. */
  public boolean secure(String peer, @Nullable String forwardedProto) {
    return !ranges.isEmpty() && "https".equalsIgnoreCase(forwardedProto) && trusts(peer);
  }

  /**
   * The key under which an address is counted: itself, or the /64 network of an IPv6 address, for
   * one line has a whole network of those.
   */
  public static String network(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes == null || bytes.length != 16) {
      return address;
    }
    StringBuilder key = new StringBuilder(24);
    for (int i = 0; i < 8; i++) {
      key.append(Integer.toHexString(bytes[i] & 0xff)).append(i % 2 == 1 ? ":" : ".");
    }
    return key.append(":/64").toString();
  }

  private boolean trusts(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes == null) {
      return false;
    }
    for (Range range : ranges) {
      if (range.contains(bytes)) {
        return true;
      }
    }
    return false;
  }

  private record Range(List<Byte> prefix, int bits) {
    static Range of(String text) {
      int slash = text.indexOf('/');
      String address = (slash < 0 ? text : text.substring(0, slash)).trim();
      byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
      if (bytes == null) {
        throw new IllegalArgumentException("not an address or a CIDR range: " + text);
      }
      bytes = unmapped(bytes);
      int bits = slash < 0 ? bytes.length * 8 : Integer.parseInt(text.substring(slash + 1).trim());
      if (bits < 0 || bits > bytes.length * 8) {
        throw new IllegalArgumentException("not a CIDR range: " + text);
      }
      List<Byte> prefix = new ArrayList<>();
      for (byte b : bytes) {
        prefix.add(b);
      }
      return new Range(List.copyOf(prefix), bits);
    }

    boolean contains(byte[] mapped) {
      byte[] address = unmapped(mapped);
      if (address.length != prefix.size()) {
        return false;
      }
      for (int bit = 0; bit < bits; bit += 8) {
        int mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit)) & 0xff;
        if ((address[bit / 8] & mask) != (prefix.get(bit / 8) & mask)) {
          return false;
        }
      }
      return true;
    }

    /** {@code ::ffff:10.0.0.1} is {@code 10.0.0.1}. */
    private static byte[] unmapped(byte[] bytes) {
      try {
        return InetAddress.getByAddress(bytes).getAddress();
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException("not an address", e);
      }
    }
  }
}
