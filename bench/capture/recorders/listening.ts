/**
 * Contestant `listening`: hears of everything that the product hears of and does nothing about it.
 *
 * What is below its figures no recorder of these events can reach, in a script of an extension. Runs in the page's
 * isolated world.
 */
const TYPES =
  'auxclick beforeinput blur change click contextmenu copy cut dblclick dragend dragstart ' +
  'drop focus focusin focusout invalid keydown keyup paste pointercancel pointerdown pointermove pointerup resize scroll ' +
  'submit toggle visibilitychange wheel';

/** Kept, so that nothing is left out as useless. */
export let lastMs = 0;

for (const type of TYPES.split(' '))
  window.addEventListener(
    type,
    (event) => {
      if (event.isTrusted) lastMs = event.timeStamp;
    },
    { capture: true, passive: true },
  );
