// @ts-check
/** Keeps a screen on, where the browser lets a page do that: over https alone. */

/**
 * Asks again whenever the page is looked at again, for the lock ends when it is hidden.
 *
 * @param {(held: boolean) => void} [told] whether the screen is kept on
 */
export function awake(told = () => {}) {
  const ask = async () => {
    try {
      const lock = await /** @type {any} */ (navigator).wakeLock.request('screen');
      told(true);
      lock.addEventListener('release', () => told(false));
    } catch {
      // Plain http, low battery or a policy: the device's own setting decides.
      told(false);
    }
  };
  document.addEventListener('visibilitychange', () => !document.hidden && ask());
  return ask();
}
