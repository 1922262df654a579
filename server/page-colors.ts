/**
 * The colours of the collector's own pages, light and dark.
 *
 * Runs in the browser of whoever opens one, as the beginning of the page's style sheet.
 */
export const PAGE_COLORS = `
:root {
  color-scheme: light dark;
  --text: light-dark(#1d2330, #e6e9f0);
  --soft: light-dark(#5a6375, #a3acbe);
  --line: light-dark(#dde2ea, #323a49);
  --ground: light-dark(#f4f6f9, #12161d);
  --card: light-dark(#ffffff, #1b212b);
  --accent: light-dark(#1f5fbf, #7db0ff);
  --on-accent: light-dark(#ffffff, #0d1420);
}`;
