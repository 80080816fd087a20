// @ts-check
/** Things that change places glide there, so that an eye can follow; not where motion is reduced. */

const CALM_MS = 700;

export class Glide {
  /** @param {string} selector elements with a `data-id` */
  constructor(selector) {
    this.selector = selector;
    /** @type {Map<string, number>} */
    this.tops = new Map();
    this.still = matchMedia('(prefers-reduced-motion: reduce)');
  }

  /** After each drawing. */
  settle() {
    /** @type {Map<string, number>} */
    const now = new Map();
    for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(this.selector))) {
      const id = element.dataset.id ?? '';
      const top = element.offsetTop;
      const before = this.tops.get(id);
      now.set(id, top);
      if (before === undefined || before === top || this.still.matches) continue;
      element.animate([{ transform: `translateY(${before - top}px)` }, { transform: 'none' }], {
        duration: CALM_MS,
        easing: 'cubic-bezier(0.2, 0.7, 0.2, 1)',
      });
    }
    this.tops = now;
  }
}
