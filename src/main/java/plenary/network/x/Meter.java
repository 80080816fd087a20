package plenary.network.x;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * What X charges, in millionths of a dollar: each post and each user once a UTC day. Money is
 * reserved through the account's limit before it can be spent, and taken from what was reserved
 * when X delivered. What a node had reserved when it died counts as spent.
 */
final class Meter {
  static final long POST = 5_000;
  static final long USER = 10_000;
  static final long CREATE = 15_000;
  static final long CREATE_WITH_LINK = 200_000;
  static final long OWN_POST = 1_000;

  /** What a post may cost: itself and its author. */
  static final long POST_AND_USER = POST + USER;

  /** Most ids that are remembered as paid for; beyond, one is paid for again, on our books. */
  private static final int PAID_MAX = 200_000;

  private final Purse purse;
  private final Set<String> paidPosts = new HashSet<>();
  private final Set<String> paidUsers = new HashSet<>();
  private LocalDate day = LocalDate.EPOCH;

  /** Where money comes from: the account's monthly limit. */
  interface Purse {
    /** Adds to what was spent, durably; false when the limit would be passed. */
    Future<Boolean> spend(long micros);
  }

  Meter(Purse purse) {
    this.purse = purse;
  }

  Pot pot() {
    return new Pot();
  }

  /** What posts would cost that are asked for by their ids, without their authors. */
  long price(Collection<String> ids, Instant now) {
    startDay(now);
    return ids.stream().filter(id -> !paidPosts.contains(id)).count() * POST;
  }

  private void startDay(Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    if (!today.equals(day)) {
      day = today;
      paidPosts.clear();
      paidUsers.clear();
    }
  }

  private long cost(Set<String> paid, String id, long price, Instant now) {
    startDay(now);
    if (paid.contains(id)) {
      return 0;
    }
    if (paid.size() < PAID_MAX) {
      paid.add(id);
    }
    return price;
  }

  /** Money that was reserved for one use. */
  final class Pot {
    private long left;

    long left() {
      return left;
    }

    /** Sees to it that this much is reserved; false when the limit does not allow it. */
    Future<Boolean> ensure(long micros) {
      long missing = micros - left;
      if (missing <= 0) {
        return Future.succeededFuture(true);
      }
      return purse
          .spend(missing)
          .map(
              within -> {
                left += within ? missing : 0;
                return within;
              });
    }

    /** X delivered a post. */
    void post(String id, Instant now) {
      left -= cost(paidPosts, id, POST, now);
    }

    /** X delivered a user. */
    void user(String id, Instant now) {
      left -= cost(paidUsers, id, USER, now);
    }
  }
}
