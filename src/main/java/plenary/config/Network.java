package plenary.config;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * A range of addresses: {@code 10.0.0.0/8}, {@code fd00::/8}, or one address alone.
 *
 * @param base first address, 4 or 16 bytes, with zeros behind the prefix
 * @param prefix how many leading bits must agree
 */
public record Network(InetAddress base, int prefix) {

  /**
   * Reads one; never asks a name server.
   *
   * @throws IllegalArgumentException when it is neither an address nor a network
   */
  public static Network parse(String text) {
    int slash = text.indexOf('/');
    InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
    int bits = address.getAddress().length * 8;
    int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
    if (prefix < 0 || prefix > bits) {
      throw new IllegalArgumentException("prefix out of range: " + text);
    }
    byte[] bytes = address.getAddress();
    for (int bit = prefix; bit < bits; bit++) {
      bytes[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
    }
    return new Network(of(bytes), prefix);
  }

  /** Whether the address is in here; an IPv4 address is never in an IPv6 network. */
  public boolean contains(InetAddress address) {
    byte[] mine = base.getAddress();
    byte[] theirs = address.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    int whole = prefix / 8;
    if (!Arrays.equals(mine, 0, whole, theirs, 0, whole)) {
      return false;
    }
    int rest = prefix % 8;
    return rest == 0 || ((mine[whole] ^ theirs[whole]) & 0xFF) >> (8 - rest) == 0;
  }

  @Override
  public String toString() {
    return base.getHostAddress() + "/" + prefix;
  }

  private static InetAddress of(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (java.net.UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
