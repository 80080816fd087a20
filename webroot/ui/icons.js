// @ts-check
import { svg, html } from 'lit-html';

/** Strokes on a 24 grid; drawn for this project. They carry no meaning without the words beside. */
const paths = {
  up: 'M12 19V6M6 12l6-6 6 6',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  cross: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  queue: 'M4 7h11M4 12h11M4 17h7M18 10v8M15 15l3 3 3-3',
  stage: 'M4 5h16v10H4zM12 15v4M8 19h8',
  done: 'M3.5 13l4 4 7-8M11.5 17l7-8',
  back: 'M9 7L4 12l5 5M4 12h11a5 5 0 0 1 0 10h-2',
  edit: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  label: 'M4 5h8l8 8-7 7-9-9zM8.5 9.5h.01',
  merge: 'M6 4v4c0 4 6 4 6 8v4M18 4v4c0 4-6 4-6 8M9 17l3 3 3-3',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l4.5 4.5',
  help: 'M9 9.5a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1-1.5 2.4M12 18h.01',
  send: 'M4 12l16-7-6 16-3-7z',
  people: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c0-4 3-6 6.5-6s6.5 2 6.5 6M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14.5c2.3.8 3.5 2.700 3.5 5.5',
  phone: 'M7 3h10v18H7zM11 18h2',
  mic: 'M12 14a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3zM6 11a6 6 0 0 0 12 0M12 17v4',
  globe: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2',
  pin: 'M9 4h6l-1 6 3 3H7l3-3zM12 13v7',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  link: 'M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 6 6l1-1',
  trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
  plus: 'M12 5v14M5 12h14',
  flag: 'M6 21V4h12l-3 4 3 4H6',
  history: 'M4 12a8 8 0 1 0 2.5-5.800M4 4v4h4M12 8v4l3 2',
  down: 'M6 9l6 6 6-6',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  cue: 'M6 5v14M10 6l9 6-9 6z',
  snow: 'M12 3v18M4.2 7.500l15.600 9M19.800 7.500l-15.600 9M9.500 4.500L12 7l2.500-2.500M9.500 19.500L12 17l2.500 2.500',
  moon: 'M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500z',
  hand: 'M8 12V6a1.500 1.500 0 0 1 3 0v5V4.500a1.500 1.500 0 0 1 3 0V11V6a1.500 1.500 0 0 1 3 0v8c0 4-2 6.500-5.500 6.500S6.500 18.500 4.500 14c-.6-1.400 1.100-2.400 2.100-1.200L8 14.500',
  speaker: 'M12 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM5 20c0-4 3-6 7-6s7 2 7 6',
  pause: 'M8 5v14M16 5v14',
  play: 'M8 5l11 7-11 7z',
  carry: 'M4 12h14M13 7l5 5-5 5M21 5v14',
  filter: 'M4 6h16M7 12h10M10 18h4',
  chat: 'M4 5h16v11H10l-4 4v-4H4zM8 9h8M8 12.500h5',
  dots: 'M6 12h.01M12 12h.01M18 12h.01',
};

/** Those that point along the line of reading, and are mirrored where it runs to the left. */
const directed = ['send', 'carry', 'back', 'queue'];

/** @param {keyof typeof paths} name */
export function icon(name) {
  return html`<svg class=${directed.includes(name) ? 'icon icon-directed' : 'icon'} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    ${svg`<path d=${paths[name]}></path>`}
  </svg>`;
}

/** A QR code as the server drew it. @param {{size: number, path: string}} code @param {string} label */
export function qr(code, label) {
  return html`<svg
    class="qr"
    viewBox="0 0 ${code.size} ${code.size}"
    role="img"
    aria-label=${label}
    shape-rendering="crispEdges"
  >
    ${svg`<path d=${code.path}></path>`}
  </svg>`;
}
