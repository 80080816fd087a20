// @ts-check
/** When a page of staff has nothing to show: erased, no right any more, or not just now; each with its sentence. */

import { html, nothing } from 'lit-html';
import { call } from '../live/api.js';
import { first, follow, link, notice, session, store } from './page.js';
import { t } from './words.js';

const RELOAD_MS = 6_000;
const ASK_MS = 15_000;
const SPREAD_MS = 2_000;

/** @param {boolean} controls whether there is somebody to press a button */
const again = (controls) =>
  controls ? html`<p><button type="button" class="primary" @click=${() => location.reload()}>${t('again')}</button></p>` : nothing;

const isPassing = (/** @type {number} */ status) => ![401, 403, 404].includes(status);

/** The page came without its session. @param {boolean} [controls] */
export function refused(controls = true) {
  const { status } = first.problem;
  if (isPassing(status)) return notice(t('busy.title'), t('busy.why'), again(controls));
  return notice(t(status === 404 ? 'problem.unknown' : 'problem.forbidden'), t('problem.why'));
}

/** A page that was turned away for the moment comes again by itself. */
export function comeAgain() {
  if (isPassing(first.problem.status)) setTimeout(() => location.reload(), RELOAD_MS * (1 + Math.random()));
}

/** What is drawn once the stream has ended for good; null while it may go on. @param {boolean} [controls] */
export function ended(controls = true) {
  if (link.mark !== 'ended') return null;
  if (link.reason === 'closed') return notice(t('gone.title'), t('gone.why'));
  return notice(t('ended.title'), t('ended.why'), again(controls));
}

/**
 * Follows a view. A refused stream looks to a browser like a network that is away, so whoever is
 * offline asks now and then whether there is still something to come back to.
 *
 * @param {string} view
 * @param {Parameters<typeof follow>[1]} [hooks]
 */
export async function followView(view, hooks = {}) {
  const onLink = (/** @type {any} */ now) => {
    hooks.onLink?.(now);
    if (now.mark === 'offline') look();
  };
  const stream = await follow(view, { ...hooks, onLink });
  let asking = false;
  const look = async () => {
    if (asking || link.mark !== 'offline') return;
    asking = true;
    const reason = await endOf();
    asking = false;
    if (!reason || link.mark !== 'offline') return;
    stream.stop();
    if (reason === 'revoked') store.clear();
    stream.tell('ended', undefined, reason);
  };
  setInterval(look, ASK_MS);
  addEventListener('online', () => setTimeout(look, SPREAD_MS * Math.random()));
}

/** @returns {Promise<'closed'|'revoked'|null>} null as well when nobody answers */
async function endOf() {
  try {
    await call('GET', `/api/sessions/${session().id}`);
    const { grants } = await call('GET', '/api/me');
    return grants.length ? null : 'revoked';
  } catch (/** @type {any} */ error) {
    if (error?.status === 404) return 'closed';
    return error?.status === 401 ? 'revoked' : null;
  }
}
