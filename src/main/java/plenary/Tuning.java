package plenary;

import plenary.access.AccessLimits;
import plenary.config.Config;
import plenary.config.Limits;
import plenary.live.CommitLimits;
import plenary.live.LiveLimits;
import plenary.question.BoundedViews;
import plenary.web.RateLimits;

/** What the configuration says, in the terms of each part: no part knows the configuration. */
final class Tuning {
  /** Addresses and participants that a node tells apart for its rates. */
  private static final int KEYS_MAX = 200_000;

  private Tuning() {}

  static RateLimits rates(Limits.Rate rate) {
    return RateLimits.of(rate.perSecond(), rate.burst(), KEYS_MAX);
  }

  /** How often one participant may ask. */
  static RateLimits asks(Limits limits) {
    return RateLimits.of(1_000.0 / limits.askInterval().toMillis(), limits.askBurst(), KEYS_MAX);
  }

  static CommitLimits commits(Config.Commits commits) {
    return new CommitLimits(
        commits.committers(),
        commits.batchMax(),
        commits.staffQueueMax(),
        commits.crowdQueueMax(),
        commits.voteGather(),
        commits.deadline(),
        commits.batchTime());
  }

  static LiveLimits live(Config.Live live) {
    return new LiveLimits(
        live.tick(),
        live.attendeeTick(),
        live.staffTick(),
        live.sendsPerSecond(),
        live.tallyTick(),
        live.moderatorTallyTick(),
        live.pulse(),
        live.ping(),
        live.stalled(),
        live.idle(),
        live.heal());
  }

  static BoundedViews.Bounds bounds(Config.Live live) {
    return new BoundedViews.Bounds(live.viewQuestions(), live.viewSlack());
  }

  static AccessLimits access(Config config) {
    AccessLimits usual = AccessLimits.DEFAULT;
    return new AccessLimits(
        config.access().staffIdle(),
        usual.rotationGrace(),
        config.access().setupLink(),
        config.access().invitation(),
        usual.principalAge(),
        config.limits().codeFailedNode().perSecond());
  }
}
