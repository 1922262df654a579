/**
 * Contestant `bare`: an empty content script, what any extension costs that does nothing.
 *
 * Runs in the page's isolated world.
 */
export {};
