// @ts-check
/**
 * What a moderator does. Each act is drawn at once and sent with the version that was seen; what
 * somebody else did first is shown instead of being overwritten.
 */

import { Problem, call } from '../../live/api.js';
import { explain, redraw, say, store, toast } from '../../ui/page.js';
import { t } from '../../ui/words.js';
import { claim, columnOf, desk, isMe, path, places, question, questions, reasons, touched, triage } from './desk.js';
import { focusNextOf, giveUp } from './focus.js';
import { confirm, deliver, inTurn, versionOf } from './send.js';
import { undoLast } from './history.js';

/** Moves that fill or empty the stage keep their order among each other. */
const STAGE = 'stage';

/** @type {Record<string, string>} */
const moved = {
  approved: 'did.approved',
  queued: 'did.queued',
  stage: 'did.stage',
  answered: 'did.answered',
  dismissed: 'did.dismissed',
  incoming: 'did.incoming',
};

/**
 * Moves questions. Focus goes on to the next card of the column before anything is sent.
 *
 * @param {string[]} ids
 * @param {string} to
 * @param {{reason?: string, before?: string, after?: string, stay?: boolean}} [how]
 */
export async function move(ids, to, how = {}) {
  const going = ids.filter((id) => question(id)?.status !== to || how.before || how.after);
  if (!going.length) return;
  if (to === 'stage') return goLive(going[0]);
  if (!how.stay) focusNextOf(going);
  desk.marked.clear();
  const { stay, ...place } = how;
  if (going.length > 1 && (place.before || place.after)) {
    // One by one, each next to the same neighbour, keeps their order.
    for (const id of place.after ? going.reverse() : going) moveOne(id, to, place);
    return;
  }
  if (going.length === 1) return moveOne(going[0], to, place);
  const wishes = going.flatMap((id) => wishMove(id, to, how));
  const send = () =>
    deliver({
      method: 'POST',
      path: `${path()}/moves`,
      body: {
        to,
        ...(how.reason ? { reason: how.reason } : {}),
        questions: going.map((id) => ({ id, version: versionOf(id) ?? undefined })),
      },
    });
  await finish(going, wishes, send, t(moved[to] ?? 'did.changed', { n: going.length }));
}

/** @param {string} id @param {string} to @param {any} place */
function moveOne(id, to, place) {
  const wishes = wishMove(id, to, place);
  const send = () =>
    deliver({
      method: 'POST',
      path: `${path()}/questions/${id}/moves`,
      body: { to, ...place },
      version: versionOf(id),
    });
  return finish([id], wishes, send, t(moved[to] ?? 'did.changed', { n: 1 }));
}

/**
 * On stage, with the cue and the blackout taken away; who was there counts as answered.
 *
 * @param {string} id
 */
export async function goLive(id) {
  if (question(id)?.status === 'stage') return;
  focusNextOf([id]);
  desk.marked.clear();
  const present = questions().filter((q) => q.status === 'stage' && q.id !== id);
  const wishes = [...wishMove(id, 'stage', {}), ...present.flatMap((q) => wishMove(q.id, 'answered', {}))];
  wishes.push(store.wish('stage', (body) => ({ ...body, blackout: body.blackout && body.frozen })));
  wishes.push(store.wish('desk', ({ cue, ...body }) => body));
  const send = () =>
    deliver({
      method: 'POST',
      path: `${path()}/stage`,
      body: { go: id, version: versionOf(id) ?? undefined },
    });
  await finish([id], wishes, send, t('did.stage', { n: 1 }), [STAGE, ...present.map((q) => q.id)]);
}

/** @param {string} id @param {string} to @param {any} how */
function wishMove(id, to, how) {
  touched(id);
  return [
    store.wish(`question/${id}`, (q) => ({ ...q, status: to, rank: rankFor(q, to, how) })),
    store.wish(`triage/${id}`, (body) => ({
      ...body,
      status: to,
      reason: how.reason,
      at: new Date(store.time()).toISOString(),
    })),
  ];
}

/** Where it will be drawn until the server has said where it is. @param {any} q @param {string} to @param {any} how */
function rankFor(q, to, how) {
  if (to !== 'queued') return q.rank;
  if (how.before) return store.get(`question/${how.before}`)?.rank?.slice(0, -1) ?? '';
  if (how.after) return `${store.get(`question/${how.after}`)?.rank ?? ''}\u0001`;
  return '\uffff';
}

/**
 * @param {string[]} ids
 * @param {import('../../live/store.js').Pending[]} wishes
 * @param {() => Promise<any>} send
 * @param {string} done
 * @param {string[]} [also] other things it must keep its turn with
 * @returns {Promise<boolean>} whether it took effect
 */
export async function finish(ids, wishes, send, done, also = []) {
  for (const id of ids) desk.conflicts.delete(id);
  try {
    const answer = await inTurn([...ids, ...also], send);
    // Without an entry nothing changed, and the question keeps the version it had.
    if (answer.entry) for (const id of ids) confirm(id, answer.version);
    for (const wish of wishes) store.confirm(wish, answer.version);
    remember(answer.entry, done, ids);
    return true;
  } catch (error) {
    for (const wish of wishes) store.retract(wish);
    refused(ids, error);
    return false;
  }
}

/** @param {string|undefined} entry @param {string} text @param {string[]} ids */
export function remember(entry, text, ids) {
  say(text);
  if (!entry) return;
  desk.undoable = [...desk.undoable.slice(-49), { entry, text, ids }];
  toast(text, { label: t('undo'), action: undoLast, slot: 'act', keys: 'Z' });
}

/** @param {string[]} ids @param {any} error */
function refused(ids, error) {
  explainOn(ids, told(error));
}

/** Says on the cards, and once below, what happened instead. @param {string[]} ids @param {string} text */
function explainOn(ids, text) {
  for (const id of ids) {
    desk.conflicts.set(id, text);
    setTimeout(() => {
      if (desk.conflicts.get(id) === text) desk.conflicts.delete(id);
      redraw();
    }, 10_000);
  }
  toast(text, { tone: 'bad', ms: 10_000, slot: 'refused' });
  redraw();
}

/** A key came for a card that somebody else had moved a moment before: it is told, and does nothing. */
export function tooLate() {
  const id = desk.at;
  if (!id) return;
  const { by, at } = triage(id);
  const seconds = Math.max(0, Math.round((store.time() - Date.parse(at ?? '')) / 1000)) || 0;
  const place = places[question(id)?.status];
  explainOn([id], by && place ? t('conflict.by', { who: by, place: t(place), n: seconds }) : t('conflict'));
  giveUp();
}

/** What happened instead of what was wanted, with who did it when that is known. @param {any} error */
export function told(error) {
  if (!(error instanceof Problem) || error.status !== 409) return explain(error);
  const now = error.current?.questions?.[0] ?? error.current;
  if (now?.by && places[now.status] && (error.type === 'stale-version' || error.type === 'changed-since')) {
    const seconds = Math.max(0, Math.round((store.time() - Date.parse(now.at)) / 1000));
    return t('conflict.by', { who: now.by, place: t(places[now.status]), n: seconds });
  }
  return explain(error);
}

/** @param {string} id @param {any} change @param {number|null} [version] what it was made from @returns {Promise<boolean>} */
export async function patch(id, change, version = versionOf(id)) {
  const { assignee, note, ...shown } = change;
  const wishes = [
    store.wish(`question/${id}`, (q) => ({ ...q, ...shown })),
    store.wish(`triage/${id}`, (body) => ({
      ...body,
      ...(assignee === undefined ? {} : { assignee: assignee ?? undefined }),
      ...(note === undefined ? {} : { note: note ?? undefined }),
    })),
  ];
  const send = () =>
    deliver({ method: 'PATCH', path: `${path()}/questions/${id}`, body: change, version });
  return finish([id], wishes, send, t('did.changed'));
}

/** Joins questions: those merged in keep their voters, and each voter counts once. @param {string} into @param {string[]} others */
export async function mergeInto(into, others) {
  focusNextOf(others);
  // One goes on in the column one is in, wherever the question went.
  if (columnOf(into)?.id === desk.column) desk.at = into;
  desk.marked.clear();
  for (const id of others) {
    const wishes = wishMove(id, 'merged', {});
    const send = () =>
      deliver({
        method: 'POST',
        path: `${path()}/questions/${id}/merge`,
        body: { into },
        version: versionOf(id),
      });
    // Only the one that went in has a new version: naming one that `into` never had is refused.
    await finish([id], wishes, send, t('did.merged', { n: others.length + 1 }));
  }
}

/** The marked ones into the one that one is at, or the first that was marked. @param {string[]} ids */
export function merge(ids) {
  const into = desk.at && ids.includes(desk.at) ? desk.at : ids[0];
  return mergeInto(into, ids.filter((id) => id !== into));
}

/** Up or down in Next up. @param {string} id @param {-1|1} step */
export function shift(id, step) {
  const order = desk.shown.queued ?? [];
  const from = order.indexOf(id);
  const neighbour = order[from + step];
  if (from < 0 || !neighbour || columnOf(id)?.id !== 'queued') return;
  const place = step < 0 ? { before: neighbour } : { after: neighbour };
  return move([id], 'queued', { ...place, stay: true });
}

/** @param {string[]} ids @param {number} number 1 to 5 */
export function dismiss(ids, number) {
  desk.reasonAsked = false;
  desk.reasonFor = [];
  const reason = reasons[number - 1];
  if (reason) return move(ids, 'dismissed', { reason: reason.id });
}

/** Holds a card, or lets go of it. Somebody else's is taken over only by asking twice. @param {string} id */
export async function claimOrRelease(id) {
  const held = claim(id);
  const where = `${path()}/questions/${id}/claim`;
  try {
    if (held && isMe(held.by)) {
      await call('DELETE', where);
      say(t('did.released'));
    } else if (held) {
      const take = () => call('PUT', `${where}?take=true`).catch((error) => toast(told(error), { tone: 'bad' }));
      toast(t('claim.held', { who: held.name }), { label: t('claim.take'), action: take, slot: 'act' });
    } else {
      await call('PUT', where);
      say(t('did.claimed'));
    }
  } catch (error) {
    toast(told(error), { tone: 'bad', slot: 'act' });
  }
}

/** Claims end by themselves; those of a page that is open are renewed. */
export function renewClaims() {
  for (const held of store.all('claim/')) {
    const left = Date.parse(held.until) - store.time();
    if (isMe(held.by) && left < 90_000) call('PUT', `${path()}/questions/${held.question}/claim`).catch(() => {});
  }
}
