// @ts-check
/** The form of an account on a network. Secrets go in and are never shown again. */

import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { command, intentKey } from '../../live/api.js';
import { explain, networkNames, redraw, toast } from '../../ui/page.js';
import { fault, number, t } from '../../ui/words.js';
import { work } from './work.js';

/** What the dialog is about: an account, null for a new one. */
const form = {
  network: 'mastodon',
  one: /** @type {any} */ (null),
  key: '',
  /** Each opening has fields of its own, so that nothing typed before is left in them. */
  opened: 0,
  busy: false,
  trouble: '',
  /** What the server did not take, by the field's name. @type {Record<string, string>} */
  wrong: {},
  done: /** @type {() => any} */ (() => undefined),
};

const USER = ['userToken', 'refreshToken', 'clientId', 'clientSecret'];
const SIGNING = ['apiKey', 'apiSecret', 'accessToken', 'accessSecret'];
const SECRETS = ['token', 'appPassword', 'bearer', ...USER, ...SIGNING];
/** The others have 500 characters at most. */
const LONG = ['token', 'bearer', 'userToken', 'refreshToken'];
const TEXTS = ['server', 'handle', 'jetstream'];

const dialog = () => /** @type {HTMLDialogElement|null} */ (document.getElementById('net-account'));

/** @param {string} network @param {any} one null for a new account @param {() => any} done */
export function openAccount(network, one, done) {
  Object.assign(form, { network, one, key: intentKey(), opened: form.opened + 1, busy: false, trouble: '', wrong: {}, done });
  redraw();
  requestAnimationFrame(() => dialog()?.showModal());
}

/** @param {FormData} data what is sent: of secrets only what was typed */
function bodyOf(data) {
  const text = (/** @type {string} */ name) => String(data.get(name) ?? '').trim();
  /** @type {any} */
  const body = { reads: data.get('reads') !== null, posts: data.get('posts') !== null };
  for (const name of SECRETS) if (text(name)) body[name] = text(name);
  for (const name of TEXTS) {
    if (text(name)) body[name] = text(name);
    else if (data.has(name) && form.one?.[name] && name !== 'jetstream') body[name] = null;
  }
  if (form.network === 'x') body.links = data.get('links') !== null;
  if (text('capDollars')) body.capDollars = Number(text('capDollars'));
  return body;
}

/** @param {SubmitEvent} event */
async function save(event) {
  event.preventDefault();
  const body = bodyOf(new FormData(/** @type {HTMLFormElement} */ (event.target)));
  const path = `/api/meetings/${work.meeting.id}/networks`;
  const name = networkNames[form.network];
  Object.assign(form, { busy: true, trouble: '', wrong: {} });
  redraw();
  try {
    if (form.one) await command('PATCH', `${path}/${form.one.id}`, { body, key: intentKey() });
    else await command('POST', path, { body: { network: form.network, ...body }, key: form.key });
    toast(t(form.one ? 'net.changed' : 'net.added', { name }));
    dialog()?.close();
    await form.done();
  } catch (error) {
    refused(error);
  }
  form.busy = false;
  redraw();
}

/** @param {any} error */
function refused(error) {
  form.key = intentKey();
  const fields = [...SECRETS, ...TEXTS, 'capDollars'];
  const errors = (error?.errors ?? []).map((/** @type {any} */ one) => [String(one.pointer).split('/').pop(), fault(one) ?? t('error.refused')]);
  form.wrong = Object.fromEntries(errors.filter(([name]) => fields.includes(name)));
  form.trouble = Object.keys(form.wrong).length ? '' : explain(error);
  const [first] = Object.keys(form.wrong);
  if (first) requestAnimationFrame(() => /** @type {HTMLElement|null} */ (dialog()?.querySelector(`[name=${first}]`))?.focus());
}

/** @param {string} name of a field */
const trouble = (name) => (form.wrong[name] ? html`<span class="field-bad" role="alert" lang="en" dir="auto">${form.wrong[name]}</span>` : nothing);

/** @param {string} name */
const wrong = (name) => (form.wrong[name] ? 'true' : 'false');

/** @param {string} name @param {string} label @param {any} why */
function secret(name, label, why) {
  const kept = (form.one?.secrets ?? []).includes(name);
  return html`<label>${label}<input name=${name} type="password" autocomplete="new-password" spellcheck="false" dir="ltr" maxlength=${LONG.includes(name) ? 2000 : 500} aria-invalid=${wrong(name)} .value=${''} />
    ${kept || why ? html`<small>${kept ? html`${t('net.kept')} ` : nothing}${why}</small>` : nothing}${trouble(name)}</label>`;
}

/** @param {string} name @param {string} label @param {string} example @param {any} why */
function field(name, label, example, why) {
  return html`<label>${label}<input name=${name} maxlength="300" autocomplete="off" autocapitalize="none" spellcheck="false" dir="ltr" placeholder=${example} aria-invalid=${wrong(name)} .value=${form.one?.[name] ?? ''} />
    ${why ? html`<small>${why}</small>` : nothing}${trouble(name)}</label>`;
}

function bluesky() {
  return html`${field('handle', t('net.handle'), 'chat.example.org', t('net.handle.why'))}
    ${secret('appPassword', t('net.appPassword'), t('net.appPassword.why'))}
    <details ?open=${Boolean(form.one?.server || form.one?.jetstream || form.wrong.server || form.wrong.jetstream)}>
      <summary>${t('net.elsewhere')}</summary>
      ${field('server', t('net.pds'), 'bsky.social', '')}
      ${field('jetstream', t('net.jetstream'), 'wss://jetstream2.us-east.bsky.network', '')}
    </details>`;
}

function mastodon() {
  const scopes = { read: 'read:statuses, read:accounts', check: 'read:mutes, read:blocks', write: 'write:statuses' };
  return html`${field('server', t('net.server'), 'mastodon.example', t('net.server.why'))}
    ${secret('token', t('net.token'), t('net.token.why', scopes))}
    <p class="hint">${t('net.token.account')}</p>`;
}

function x() {
  const cost = number(3.3);
  return html`<p class="net-problem">${t('net.x.why')}</p>
    ${secret('bearer', t('net.bearer'), t('net.bearer.why'))}
    <label>${t('net.cap')}<input name="capDollars" type="number" min="0" max="100000" step="0.01" inputmode="decimal" dir="ltr" aria-invalid=${wrong('capDollars')} .value=${String(form.one?.capDollars ?? '')} />
      <small>${t('net.cap.why', { cost: `${cost} $` })}</small>${trouble('capDollars')}</label>
    ${secret('userToken', t('net.userToken'), t('net.userToken.why', { scopes: 'tweet.read, tweet.write, users.read, offline.access' }))}
    ${secret('refreshToken', t('net.refreshToken'), '')}
    ${secret('clientId', t('net.clientId'), '')}
    ${secret('clientSecret', t('net.clientSecret'), '')}
    <details ?open=${SIGNING.some((name) => form.wrong[name] || form.one?.secrets?.includes(name))}>
      <summary>${t('net.signing')}</summary>
      <p class="hint">${t('net.signing.why')}</p>
      ${secret('apiKey', t('net.apiKey'), '')}
      ${secret('apiSecret', t('net.apiSecret'), '')}
      ${secret('accessToken', t('net.accessToken'), '')}
      ${secret('accessSecret', t('net.accessSecret'), '')}
    </details>
    <label class="choice"><input type="checkbox" name="links" .checked=${form.one?.links ?? false} /><span>${t('net.links')}<small>${t('net.links.why', { cost: `${number(0.2)} $`, usual: `${number(0.015)} $` })}</small></span></label>`;
}

const FORMS = { bluesky, mastodon, x };

export function accountDialog() {
  return html`<dialog id="net-account" aria-labelledby="net-account-title">${repeat([form.opened], (key) => key, fields)}</dialog>`;
}

function fields() {
  const { network, one } = form;
  const name = networkNames[network];
  return html`<form @submit=${save} autocomplete="off">
      <h2 id="net-account-title">${one ? t('net.change', { name }) : t('net.new', { name })}</h2>
      ${FORMS[/** @type {'bluesky'|'mastodon'|'x'} */ (network)]()}
      <label class="choice"><input type="checkbox" name="reads" .checked=${one?.reads ?? true} /><span>${t('net.reads')}<small>${t('net.reads.why')}</small></span></label>
      <label class="choice"><input type="checkbox" name="posts" .checked=${one?.posts ?? (network === 'bluesky')} /><span>${t('net.posts')}<small>${t('net.posts.why')}</small></span></label>
      ${form.trouble ? html`<p class="field-bad" role="alert">${form.trouble}</p>` : nothing}
      <div class="row-end">
        <button type="button" class="quiet-button" @click=${() => dialog()?.close()}>${t('cancel')}</button>
        <button class="primary" ?disabled=${form.busy}>${t('save')}</button>
      </div>
    </form>`;
}
