// @ts-check
/** A meeting's colours on its pages. Set through the object model, which the strict policy allows. */

/** What `tokens.css` has. */
const own = { light: '#0b5c63', dark: '#79cfcd' };

let worn = '{}';

/** @param {string} colour `#rrggbb` */
const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));

/**
 * The first colour with that part of the second in it.
 *
 * @param {string} from @param {string} to @param {number} part
 */
export function mixed(from, to, part) {
  const other = channels(to);
  return `#${channels(from)
    .map((one, i) => Math.floor(one + (other[i] - one) * part + 0.5).toString(16).padStart(2, '0'))
    .join('')}`;
}

/**
 * The tokens that follow from a meeting's accents.
 *
 * @param {{accent?: string, accentDark?: string}} look
 */
export function tokens({ accent = own.light, accentDark = own.dark }) {
  return {
    '--accent': [accent, accentDark],
    '--accent-deep': [mixed(accent, '#000000', 0.2), mixed(accentDark, '#ffffff', 0.25)],
    '--accent-ink': ['#ffffff', '#05282a'],
    '--accent-soft': [mixed('#ffffff', accent, 0.12), mixed('#1a1f22', accentDark, 0.18)],
  };
}

/** Gives the page the colours of its meeting. @param {any} look */
export function wear(look) {
  const wanted = JSON.stringify(look ?? {});
  if (wanted === worn) return;
  worn = wanted;
  const style = document.documentElement.style;
  const both = CSS.supports('color', 'light-dark(#000, #fff)');
  const coloured = look?.accent || look?.accentDark;
  for (const [name, [light, dark]] of Object.entries(tokens(look ?? {}))) {
    if (coloured) style.setProperty(name, both ? `light-dark(${light}, ${dark})` : light);
    else style.removeProperty(name);
  }
}
