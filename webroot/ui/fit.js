// @ts-check
/** Type as large as fits: for rooms, where a question is read from twenty metres. */

/**
 * Sets the font size of an element so that its content fills its box without overflowing it.
 *
 * @param {HTMLElement} box with a fixed size of its own
 * @param {number} least pixels
 * @param {number} most pixels
 */
export function fit(box, least, most) {
  const key = `${box.textContent}|${box.clientWidth}|${box.clientHeight}`;
  if (box.dataset.fitted === key) return;
  let low = least;
  let high = most;
  while (high - low > 1) {
    const middle = (low + high) / 2;
    box.style.fontSize = `${middle}px`;
    const fits = box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1;
    if (fits) low = middle;
    else high = middle;
  }
  box.style.fontSize = `${Math.floor(low)}px`;
  box.dataset.fitted = key;
}

/** Fits all of these again whenever the window or the fonts change. @param {() => void} again */
export function refit(again) {
  const anew = () => {
    for (const box of document.querySelectorAll('[data-fitted]')) delete (/** @type {HTMLElement} */ (box).dataset.fitted);
    again();
  };
  window.addEventListener('resize', anew);
  document.fonts?.ready.then(anew);
}
