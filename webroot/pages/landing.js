// @ts-check
/** A code leads on: six characters, pasted or typed, with or without spaces. */

import { html, nothing } from 'lit-html';
import { Problem, call } from '../live/api.js';
import { icon } from '../ui/icons.js';
import { draw, explain, redraw } from '../ui/page.js';
import { t } from '../ui/words.js';

const page = { code: '', trouble: '', busy: false };

/** @param {string} typed */
function clean(typed) {
  const path = typed.match(/\/s\/([A-Za-z0-9]+)/);
  return (path ? path[1] : typed).replace(/[^A-Za-z0-9]/g, '').toUpperCase().slice(0, 6);
}

/** @param {Event} event */
async function enter(event) {
  event.preventDefault();
  if (page.code.length !== 6) {
    page.trouble = t('code.short');
    return redraw();
  }
  page.busy = true;
  page.trouble = '';
  redraw();
  try {
    await call('GET', `/api/join/${page.code}`);
    location.assign(`/s/${page.code}`);
  } catch (error) {
    const unknown = error instanceof Problem && (error.status === 404 || error.status === 400 || error.status === 422);
    page.trouble = unknown ? t('code.unknown') : explain(error);
    page.busy = false;
    redraw();
    document.getElementById('code')?.focus();
  }
}

draw(
  () => html`<div class="landing">
    <header class="brand"><span class="logo" aria-hidden="true"></span>Plenary</header>
    <form class="door" @submit=${enter} novalidate>
      <h1>${t('code.title')}</h1>
      <p class="lead">${t('code.lead')}</p>
      <label for="code">${t('code.label')}</label>
      <input
        id="code"
        name="code"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck="false"
        enterkeyhint="go"
        maxlength="60"
        autofocus
        .value=${page.code}
        aria-invalid=${page.trouble ? 'true' : 'false'}
        aria-describedby="trouble"
        @input=${(/** @type {any} */ event) => {
          page.code = clean(event.target.value);
          event.target.value = page.code;
          page.trouble = '';
          redraw();
        }}
      />
      <p id="trouble" class="trouble" role="alert">${page.trouble || nothing}</p>
      <button class="primary wide" ?disabled=${page.busy}>${icon('check')}${t('code.go')}</button>
    </form>
    <footer class="small-print"><a href="/organise">${t('code.organise')}</a><a href="/docs">${t('code.docs')}</a></footer>
  </div>`,
);
