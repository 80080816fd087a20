// @ts-check
/**
 * What a moderator does. Each act is drawn at once and sent with the version that was seen; what
 * somebody else did first is shown instead of being overwritten.
 */

import { Problem, call, command, intentKey } from '../../live/api.js';
import { explain, redraw, say, session, store, toast } from '../../ui/page.js';
import { t } from '../../ui/words.js';
import { columnOf, desk, question, reasons, touched } from './desk.js';
import { focusNextOf, follow } from './focus.js';

const path = () => `/api/sessions/${session().id}`;

/** The newest version of `triage/{id}` that this page knows of. @type {Map<string, number>} */
const confirmed = new Map();
/** Acts on one question run one after the other. @type {Map<string, Promise<any>>} */
const running = new Map();

/** @param {string} id */
function versionOf(id) {
  return Math.max(store.versionOf(`triage/${id}`) ?? 0, confirmed.get(id) ?? 0) || null;
}

/** @param {string[]} ids @param {() => Promise<any>} act */
function inTurn(ids, act) {
  const before = Promise.all(ids.map((id) => running.get(id)));
  const run = before.then(act, act);
  const settled = run.catch(() => undefined);
  for (const id of ids) running.set(id, settled);
  return run;
}

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
  if (!how.stay) focusNextOf(going);
  const wishes = going.flatMap((id) => wishMove(id, to, how));
  if (to === 'stage') wishes.push(...clearStage(going[0]));
  desk.marked.clear();
  const { stay, ...place } = how;
  const send = () =>
    going.length === 1
      ? command('POST', `${path()}/questions/${going[0]}/moves`, {
          body: { to, ...place },
          key: intentKey(),
          version: versionOf(going[0]),
        })
      : command('POST', `${path()}/moves`, {
          body: {
            to,
            ...(how.reason ? { reason: how.reason } : {}),
            questions: going.map((id) => ({ id, version: versionOf(id) ?? undefined })),
          },
          key: intentKey(),
        });
  await finish(going, wishes, send, t(moved[to] ?? 'did.changed', { n: going.length }));
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
  if (how.before) return `${question(how.before)?.rank ?? ''}`.slice(0, -1) || '';
  if (how.after) return `${question(how.after)?.rank ?? ''}\u0001`;
  return '\uffff';
}

/** One question is on stage at a time: the present one is drawn as answered. @param {string} id */
function clearStage(id) {
  return store
    .all('question/')
    .filter((q) => q.status === 'stage' && q.id !== id)
    .flatMap((q) => wishMove(q.id, 'answered', {}));
}

/**
 * @param {string[]} ids
 * @param {import('../../live/store.js').Pending[]} wishes
 * @param {() => Promise<any>} send
 * @param {string} done
 */
async function finish(ids, wishes, send, done) {
  for (const id of ids) desk.conflicts.delete(id);
  try {
    const answer = await inTurn(ids, send);
    for (const id of ids) confirmed.set(id, answer.version);
    for (const wish of wishes) store.confirm(wish, answer.version);
    remember(answer.entry, done, ids);
  } catch (error) {
    for (const wish of wishes) store.retract(wish);
    refused(ids, error);
  }
}

/** @param {string|undefined} entry @param {string} text @param {string[]} ids */
function remember(entry, text, ids) {
  say(text);
  if (!entry) return;
  desk.undoable = [...desk.undoable.slice(-49), { entry, text, ids }];
  toast(text, { label: t('undo'), action: undoLast, slot: 'act', keys: 'Z' });
}

/** @param {string[]} ids @param {any} error */
function refused(ids, error) {
  const text = error instanceof Problem && error.status === 409 ? conflict(error) : explain(error);
  for (const id of ids) {
    desk.conflicts.set(id, text);
    setTimeout(() => {
      if (desk.conflicts.get(id) === text) desk.conflicts.delete(id);
      redraw();
    }, 10_000);
  }
  toast(text, { tone: 'bad', slot: 'act' });
  redraw();
}

/** What happened instead. @param {Problem} problem */
function conflict(problem) {
  return problem.message || t('conflict');
}

export async function undoLast() {
  const last = desk.undoable.pop();
  if (!last) return toast(t('undo.nothing'), { slot: 'act' });
  await undo(last.entry, last.ids, last.text);
}

/** @param {string} entry @param {string[]} ids @param {string} text */
export async function undo(entry, ids, text) {
  desk.undoable = desk.undoable.filter((one) => one.entry !== entry);
  for (const id of ids) touched(id);
  try {
    const answer = await command('POST', `${path()}/log/${entry}/undo`, { key: intentKey() });
    for (const one of answer?.questions ?? []) confirmed.set(one.id, answer.version);
    toast(t('undo.done', { text }), { slot: 'act' });
    if (ids[0]) follow(ids[0]);
  } catch (error) {
    toast(error instanceof Problem && error.status === 409 ? conflict(error) : explain(error), { tone: 'bad', slot: 'act' });
  }
  if (desk.side === 'history') await loadHistory();
  redraw();
}

/** @param {string} id @param {any} change */
export async function patch(id, change) {
  const wish = store.wish(`question/${id}`, (q) => ({ ...q, ...publicPart(change) }));
  const send = () =>
    command('PATCH', `${path()}/questions/${id}`, {
      body: change,
      key: intentKey(),
      version: versionOf(id),
    });
  await finish([id], [wish], send, t('did.changed'));
}

/** @param {any} change */
function publicPart(change) {
  const { assignee, note, ...rest } = change;
  return rest;
}

/**
 * Joins the marked questions: the one with most votes, or the one one is at, takes the others in.
 *
 * @param {string[]} ids
 */
export async function merge(ids) {
  if (ids.length < 2) return toast(t('merge.more'), { slot: 'act' });
  const into = desk.at && ids.includes(desk.at) ? desk.at : ids[0];
  const others = ids.filter((id) => id !== into);
  focusNextOf(others);
  desk.at = into;
  desk.marked.clear();
  for (const id of others) {
    const wishes = wishMove(id, 'merged', {});
    const send = () =>
      command('POST', `${path()}/questions/${id}/merge`, {
        body: { into },
        key: intentKey(),
        version: versionOf(id),
      });
    // Only the one that went in has a new version: naming one that `into` never had is refused.
    await finish([id], wishes, send, t('did.merged', { n: ids.length }));
  }
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
  const reason = reasons[number - 1];
  if (reason) return move(ids, 'dismissed', { reason: reason.id });
}

export async function loadHistory() {
  try {
    const log = await call('GET', `${path()}/log?limit=50`);
    desk.history = log.entries ?? [];
  } catch (error) {
    toast(explain(error), { tone: 'bad' });
  }
  redraw();
}

/** @param {string} state */
export async function setState(state) {
  const wish = store.wish('session', (body) => ({ ...body, state }));
  try {
    const answer = await command('PATCH', path(), { body: { state }, key: intentKey() });
    store.confirm(wish, answer?.version);
  } catch (error) {
    store.retract(wish);
    toast(explain(error), { tone: 'bad' });
  }
}
