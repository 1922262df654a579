/**
 * The short message at the foot of the window that says what has just happened.
 * Runs in the page. Never takes focus and never asks anything.
 */

const SHOWN_MS = 4000;

/** Opens the toast on its live region; `say` shows one message, replacing the one before; `clear` hides it. */
export function openToast(region) {
  let hideTimer;

  function clear() {
    clearTimeout(hideTimer);
    region.classList.remove('shown');
    region.textContent = '';
  }

  return {
    say(message) {
      clear();
      region.textContent = message;
      region.classList.add('shown');
      hideTimer = setTimeout(clear, SHOWN_MS);
    },
    clear,
  };
}
