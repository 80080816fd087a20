// @ts-check
import { html, nothing } from 'lit-html';
import { Unreachable, call, intentKey } from '../../live/api.js';
import { icon } from '../../ui/icons.js';
import { explain, redraw, toast } from '../../ui/page.js';
import { t } from '../../ui/words.js';
import { loadSessions, show, work } from './work.js';

/** @type {{of: string, file: File|null, preview: any, running: any, busy: boolean, trouble: string, key: string}} */
const plan = { of: '', file: null, preview: null, running: null, busy: false, trouble: '', key: '' };

/** Browsers know few of these kinds; the content decides anyway. @type {Record<string, string>} */
const kinds = { json: 'application/json', xml: 'application/xml', ics: 'text/calendar', csv: 'text/csv' };

/** @param {File} file */
function typed(file) {
  const kind = kinds[file.name.split('.').pop()?.toLowerCase() ?? ''] ?? file.type;
  return new Blob([file], { type: kind });
}

/** @param {File|null|undefined} file */
async function choose(file) {
  if (!file) return;
  Object.assign(plan, { of: work.meeting.id, file, preview: null, running: null, trouble: '', busy: true, key: intentKey() });
  redraw();
  try {
    plan.preview = await call('POST', `/api/meetings/${work.meeting.id}/agenda?preview=true`, { file: typed(file), timeoutMs: 60_000 });
  } catch (error) {
    const problem = /** @type {any} */ (error);
    const others = (problem.errors ?? []).slice(1, 4);
    // What is wrong where in a file, only the server can tell.
    const why = problem.type === 'malformed' ? t('error.invalid', { why: problem.message }) : explain(error);
    plan.trouble = [why, ...others.map((/** @type {any} */ e) => `${e.pointer}: ${e.detail}`)].join(' ');
  }
  plan.busy = false;
  redraw();
}

async function apply() {
  if (!plan.file) return;
  plan.busy = true;
  redraw();
  try {
    const started = await call('POST', `/api/meetings/${work.meeting.id}/agenda`, { file: typed(plan.file), key: plan.key, timeoutMs: 60_000 });
    await watch(started.import);
  } catch (error) {
    toast(explain(error), { tone: 'bad' });
  }
  plan.busy = false;
  redraw();
}

/** Follows an import to its end. @param {string} id */
export async function watch(id) {
  Object.assign(plan, { of: work.meeting.id, preview: null, trouble: '' });
  for (;;) {
    try {
      plan.running = await call('GET', `/api/imports/${id}`);
    } catch (error) {
      // It goes on without us; what an answer that did not come would have said is asked again.
      if (!(error instanceof Unreachable)) throw error;
    }
    if (plan.running && plan.running.state !== 'running') break;
    redraw();
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
  if (work.meeting?.id === plan.running.meeting) await loadSessions();
  redraw();
}

/** @type {Record<string, string>} */
const actions = { add: 'agenda.add', change: 'agenda.change', missing: 'agenda.missing' };

/** @param {any} preview */
function previewed(preview) {
  const { counts } = preview;
  const changes = preview.changes.filter((/** @type {any} */ one) => one.action !== 'keep');
  return html`<div class="sheet wide-sheet">
    <h2>${t('agenda.preview', { file: plan.file?.name ?? '' })}</h2>
    <dl class="counts">
      <div class="good"><dt>${t('agenda.add')}</dt><dd>${counts.add}</dd></div>
      <div class="warn"><dt>${t('agenda.change')}</dt><dd>${counts.change}</dd></div>
      <div class="bad"><dt>${t('agenda.missing')}</dt><dd>${counts.missing}</dd></div>
      <div><dt>${t('agenda.keep')}</dt><dd>${counts.keep}</dd></div>
    </dl>
    <ul class="changes">
      ${changes.slice(0, 200).map(
        (/** @type {any} */ one) => html`<li class="change-${one.action}"><span class="chip">${t(actions[one.action])}</span><span dir="auto">${one.title}</span>${one.fields?.length ? html`<span class="fields">${one.fields.map((/** @type {string} */ field) => t(fieldWords[field] ?? field)).join(', ')}</span>` : nothing}</li>`,
      )}
      ${changes.length > 200 ? html`<li>${t('agenda.more', { n: changes.length - 200 })}</li>` : nothing}
    </ul>
    ${problems(preview.problems)}
    <div class="row-end">
      <button type="button" class="quiet-button" @click=${() => (Object.assign(plan, { preview: null, file: null }), redraw())}>${t('cancel')}</button>
      ${counts.add + counts.change + counts.missing > 0
        ? html`<button type="button" class="primary" ?disabled=${plan.busy} @click=${apply}>${t('agenda.apply')}</button>`
        : html`<p class="hint" role="status">${t('agenda.nothing')}</p>`}
    </div>
  </div>`;
}

/** @param {any[]} list */
function problems(list) {
  if (!list?.length) return nothing;
  return html`<details class="problems"><summary>${t('agenda.problems', { n: list.length })}</summary>
    <ul>${list.slice(0, 100).map((one) => html`<li><strong>${one.place ?? ''}</strong> ${one.detail}</li>`)}</ul></details>`;
}

/** @param {any} running */
function progress(running) {
  const words = { running: t('agenda.running', { done: running.done, total: running.total }), done: t('agenda.done', { n: running.done }), failed: t('agenda.failed') };
  return html`<div class="sheet wide-sheet" role="status">
    <h2>${words[/** @type {'running'|'done'|'failed'} */ (running.state)]}</h2>
    <progress max=${Math.max(1, running.total)} .value=${running.done} aria-label=${t('tab.agenda')}></progress>
    ${problems(running.problems)}
    ${running.state === 'done' ? html`<div class="row-end"><button type="button" class="primary" @click=${() => show(work.meeting.id, 'sessions')}>${t('agenda.toSessions')}</button></div>` : nothing}
  </div>`;
}

/** @type {Record<string, string>} */
const fieldWords = { title: 'field.title', abstract: 'field.abstract', speakers: 'field.speakers', room: 'field.room', track: 'field.track', language: 'field.language', url: 'field.url', startsAt: 'field.startsAt', endsAt: 'field.endsAt', missing: 'field.missing' };

export function agenda() {
  if (plan.of !== work.meeting.id) Object.assign(plan, { of: work.meeting.id, file: null, preview: null, running: null, trouble: '' });
  return html`<div class="agenda">
    <label
      class="drop"
      @dragover=${(/** @type {Event} */ e) => e.preventDefault()}
      @drop=${(/** @type {DragEvent} */ e) => (e.preventDefault(), choose(e.dataTransfer?.files[0]))}
    >
      ${icon('file')}
      <strong>${plan.busy && !plan.preview ? t('agenda.reading') : t('agenda.drop')}</strong>
      <span>${t('agenda.formats')}</span>
      <input type="file" class="sr" accept=".json,.xml,.ics,.csv" @change=${(/** @type {any} */ e) => (choose(e.target.files[0]), (e.target.value = ''))} />
    </label>
    ${plan.trouble ? html`<p class="banner-bad" role="alert">${plan.trouble}</p>` : nothing}
    ${plan.running ? progress(plan.running) : nothing} ${plan.preview ? previewed(plan.preview) : nothing}
  </div>`;
}
