// @ts-check
/** Whether an accent can be read on the pages; the same rule as the server's, which has the last word. */

import { mixed } from '../../ui/look.js';

/** WCAG 2.2, 1.4.3: what text needs. */
export const NEEDED = 4.5;

const STEPS = 100;

/** The grounds of `tokens.css`, what a tint is made of, the text on an accent, and where to go. */
const grounds = {
  light: { on: ['#f6f4ef', '#ffffff', '#edeae2'], surface: '#ffffff', ink: '#ffffff', tint: 0.12, away: '#000000' },
  dark: { on: ['#111416', '#1a1f22', '#0b0e0f'], surface: '#1a1f22', ink: '#05282a', tint: 0.18, away: '#ffffff' },
};

/** @param {string} colour */
function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @param {string} one @param {string} other */
function ratio(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** The lowest contrast of an accent anywhere. @param {'light'|'dark'} theme @param {string} accent */
export function contrast(theme, accent) {
  const { on, surface, ink, tint } = grounds[theme];
  return Math.min(...[...on, ink, mixed(surface, accent, tint)].map((ground) => ratio(accent, ground)));
}

/** The first colour that can be read. @param {'light'|'dark'} theme @param {string} accent */
export function nearest(theme, accent) {
  for (let step = 0; step < STEPS; step += 1) {
    const tried = mixed(accent, grounds[theme].away, step / STEPS);
    if (contrast(theme, tried) >= NEEDED) return tried;
  }
  return grounds[theme].away;
}
