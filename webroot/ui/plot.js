// @ts-check
/**
 * Small live plots, drawn by uPlot. A plot is a picture of numbers that also stand beside it or in its
 * label: whoever cannot see it misses nothing. How high it is, the page's style says (`live-plot`).
 */

import { html } from 'lit-html';
import { number, time } from './words.js';

/**
 * @typedef {object} Series
 * @property {(number|null)[]} values null where nothing is known
 * @property {'line'|'bars'|'rows'} [kind] rows lie, one below the other, behind a list of as many lines
 * @property {string} [tone] the token of its colour
 * @property {string} [fill] the token of what is below a line
 *
 * @typedef {object} Spec
 * @property {Series[]} series
 * @property {number[]} [at] when each value was, in milliseconds
 * @property {boolean} [axes] with times and numbers at its sides
 * @property {string} [zone] the time zone of these times
 */

/**
 * A plot; without a label it is decoration of what is said beside it.
 *
 * @param {Spec} spec
 * @param {string} [label]
 */
export function plot(spec, label) {
  return label
    ? html`<live-plot role="img" aria-label=${label} .spec=${spec}></live-plot>`
    : html`<live-plot aria-hidden="true" .spec=${spec}></live-plot>`;
}

/** @type {Promise<any>|null} */
let coming = null;

/** uPlot and its style, when the first plot is on the page; again later when the network was away. */
function load() {
  coming ??= Promise.all([import('uplot'), style('../lib/uplot/uplot.css'), style('../css/plot.css')])
    .then(([{ default: uPlot }]) => uPlot)
    .catch(() => (coming = null));
  return coming;
}

/** @param {string} path */
function style(path) {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = new URL(path, import.meta.url).href;
  document.head.append(link);
  return new Promise((resolve, reject) => {
    link.onload = resolve;
    link.onerror = () => (link.remove(), reject(new Error(path)));
  });
}

/** All that are on the page, for a change between light and dark. @type {Set<LivePlot>} */
const shown = new Set();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => shown.forEach((one) => one.show()));

class LivePlot extends HTMLElement {
  /** @type {Spec|null} */
  #spec = null;
  /** @type {any} */
  #chart = null;
  #shape = '';
  #drawn = '';
  #probe = document.createElement('i');
  #size = new ResizeObserver(() => this.show());

  set spec(/** @type {Spec} */ spec) {
    this.#spec = spec;
    this.show();
  }

  connectedCallback() {
    this.#probe.hidden = true;
    this.append(this.#probe);
    shown.add(this);
    this.#size.observe(this);
  }

  disconnectedCallback() {
    shown.delete(this);
    this.#size.disconnect();
    this.#forget();
  }

  #forget() {
    this.#chart?.destroy();
    this.#chart = null;
    this.#drawn = '';
  }

  /** Draws what is not drawn yet: other numbers, another size, other colours. */
  async show() {
    const uPlot = await load();
    const spec = this.#spec;
    const [width, height] = [this.clientWidth, this.clientHeight];
    if (!uPlot || !spec || !this.isConnected || !width || !height) return;
    const shape = JSON.stringify([spec.series.map(({ kind, tone, fill }) => [kind, tone, fill]), spec.axes, spec.zone]);
    const now = JSON.stringify([shape, width, height, spec.at, spec.series, this.#colours(spec)]);
    if (now === this.#drawn) return;
    if (shape !== this.#shape) this.#forget();
    this.#shape = shape;
    this.#drawn = now;
    const values = spec.series.map((one) => one.values);
    const data = [spec.at ?? values[0].map((_, i) => i), ...values];
    if (!this.#chart) {
      this.#chart = new uPlot({ ...options(uPlot, spec, (token) => this.#colour(token)), width, height }, data, this);
      return;
    }
    this.#chart.batch(() => {
      this.#chart.setSize({ width, height });
      this.#chart.setData(data);
    });
  }

  /** @param {Spec} spec */
  #colours(spec) {
    return spec.series.map((one) => this.#colour(one.tone ?? '--accent'));
  }

  /** What a token is here and now: a canvas knows no custom properties. @param {string} token */
  #colour(token) {
    this.#probe.style.color = `var(${token})`;
    return getComputedStyle(this.#probe).color;
  }
}

customElements.define('live-plot', LivePlot);

/**
 * @param {any} uPlot
 * @param {Spec} spec
 * @param {(token: string) => string} colour
 */
function options(uPlot, spec, colour) {
  const rows = spec.series.some((one) => one.kind === 'rows');
  const padded = rows || spec.series.some((one) => one.kind === 'bars');
  const backwards = document.documentElement.dir === 'rtl' ? -1 : 1;
  return {
    ms: 1,
    tzDate: (/** @type {number} */ ts) => (spec.zone ? uPlot.tzDate(new Date(ts), spec.zone) : new Date(ts)),
    legend: { show: false },
    cursor: { show: false },
    padding: spec.axes ? [8, 8, 0, 0] : rows ? [0, 0, 0, 0] : [2, 2, 2, 2],
    scales: {
      x: {
        time: Boolean(spec.at),
        ori: rows ? 1 : 0,
        dir: rows ? -1 : backwards,
        range: (/** @type {any} */ u, /** @type {number} */ min, /** @type {number} */ max) => {
          const half = padded ? (max - min) / Math.max(1, u.data[0].length - 1) / 2 || 0.5 : 0;
          return [min - half, max + half];
        },
      },
      y: {
        ori: rows ? 0 : 1,
        dir: rows ? backwards : 1,
        range: (/** @type {any} */ u, /** @type {number} */ min, /** @type {number} */ max) => [0, Math.max(1, max)],
      },
    },
    axes: spec.axes ? axes(spec, colour, backwards) : [{ show: false }, { show: false }],
    series: [{}, ...spec.series.map((one) => series(uPlot, one, colour))],
  };
}

/** @param {any} uPlot @param {Series} one @param {(token: string) => string} colour */
function series(uPlot, one, colour) {
  const tone = one.tone ?? '--accent';
  if (one.kind === 'bars' || one.kind === 'rows') {
    const paths = uPlot.paths.bars({ size: [one.kind === 'rows' ? 0.8 : 0.72, 120], radius: 0.15 });
    return { paths, width: 0, fill: () => colour(tone), points: { show: false } };
  }
  const { fill } = one;
  return {
    stroke: () => colour(tone),
    fill: fill && (() => colour(fill)),
    width: 2,
    // A single value is a point, not nothing.
    points: {
      show: (/** @type {any} */ u, /** @type {number} */ i) => u.data[i].filter((/** @type {any} */ n) => n !== null).length === 1,
      fill: () => colour(tone),
      size: 6,
    },
  };
}

/** @param {Spec} spec @param {(token: string) => string} colour @param {number} backwards */
function axes(spec, colour, backwards) {
  const look = {
    stroke: () => colour('--ink-3'),
    grid: { stroke: () => colour('--line'), width: 1 },
    ticks: { show: false },
    font: '12px system-ui, sans-serif',
  };
  const whole = (/** @type {number} */ n) => (Number.isInteger(n) ? number(n) : '');
  return [
    { ...look, size: 28, values: (/** @type {any} */ u, /** @type {number[]} */ at) => at.map((n) => (spec.at ? time(n, spec.zone) : whole(n))) },
    { ...look, size: 40, side: backwards === 1 ? 3 : 1, values: (/** @type {any} */ u, /** @type {number[]} */ at) => at.map(whole) },
  ];
}
