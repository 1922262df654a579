/**
 * The style sheet of the viewer's pages, as text: the colours and type of the extension's pages, light and dark.
 *
 * Runs in the data team's browser. Loads nothing; with forced colours the pictures are drawn in the system's.
 */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f6f5f2, #16181b);
  --surface: light-dark(#ffffff, #202327);
  --ink: light-dark(#1c2024, #eceae6);
  --ink-soft: light-dark(#50575f, #b3b9c0);
  --line: light-dark(#dcd9d2, #363b41);
  --edge: light-dark(#7b8188, #868d95);
  --accent: light-dark(#0b5f66, #83d5ca);
  --accent-tint: light-dark(#e3f0ef, #17302f);
  --alarm: light-dark(#a3241c, #ffa499);
  --off-tint: light-dark(#edebe6, #26292d);
}
@media (forced-colors: active) {
  :root {
    --ground: Canvas; --surface: Canvas; --ink: CanvasText; --ink-soft: CanvasText; --line: CanvasText;
    --edge: CanvasText; --accent: Highlight; --accent-tint: Canvas; --alarm: CanvasText; --off-tint: Canvas;
  }
}
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
body {
  margin: 0;
  background: var(--ground);
  color: var(--ink);
  font: 0.9375rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
  overflow-wrap: anywhere;
}
header, main { max-width: 84rem; margin: 0 auto; padding-inline: 1rem; }
header { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; align-items: baseline; padding-block: 1rem 0.75rem; border-bottom: 1px solid var(--line); }
main { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; padding-block: 1.25rem 3rem; }
main:focus { outline: none; }
p, h1, h2, dl, dd, ol, ul, figure { margin: 0; padding: 0; }
.product { color: var(--accent); font-weight: 650; }
.folder { font-weight: 600; }
.soft { color: var(--ink-soft); font-size: 0.8125rem; font-weight: 400; }
header nav { margin-inline-start: auto; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; list-style: none; }
nav a { display: inline-block; padding-block: 0.25rem; }
a { color: var(--accent); }
a[aria-current] { color: var(--ink); font-weight: 650; text-decoration-thickness: 2px; }
.skip { position: absolute; inset-inline-start: -100vw; padding: 0.5rem; background: var(--surface); }
.skip:focus { inset-inline-start: 0.5rem; inset-block-start: 0.5rem; z-index: 1; }
h1 { font-size: 1.5rem; line-height: 1.25; }
h2 { font-size: 1.0625rem; }
.lead { max-width: 48rem; }
code { font: 0.875em ui-monospace, 'SF Mono', Consolas, 'DejaVu Sans Mono', monospace; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
button, select, input[type='number'] {
  min-height: 2.25rem;
  max-width: 100%;
  padding: 0.25rem 0.625rem;
  border: 1px solid var(--edge);
  border-radius: 0.5rem;
  background: var(--surface);
  color: var(--ink);
  font: inherit;
}
button { font-weight: 550; cursor: pointer; }
button:hover { border-color: var(--accent); background: var(--accent-tint); }
input[type='range'] { accent-color: var(--accent); }
label { display: grid; gap: 0.125rem; color: var(--ink-soft); font-size: 0.8125rem; min-width: 0; }
label > * { font-size: 0.9375rem; }
.filters {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(10.5rem, 100%), 1fr));
  gap: 0.625rem 0.75rem;
  align-items: end;
  padding: 0.875rem;
  border: 1px solid var(--line);
  border-radius: 0.75rem;
  background: var(--surface);
}
.filters select, .filters input { width: 100%; }
.buttons { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; }
.found { font-weight: 600; }
.empty { padding: 1rem; border: 1px dashed var(--edge); border-radius: 0.625rem; color: var(--ink-soft); }
.table { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
th, td { padding: 0.375rem 0.75rem 0.375rem 0; border-bottom: 1px solid var(--line); text-align: start; vertical-align: baseline; overflow-wrap: normal; }
td:nth-child(2), td:nth-child(7) { overflow-wrap: anywhere; min-width: 7rem; }
thead th { color: var(--ink-soft); font-size: 0.8125rem; }
tbody th { font-weight: 500; }
.number { text-align: end; }
td.number, th.number { padding-inline-end: 1.5rem; }
.pager { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; align-items: center; }
.off { color: var(--ink-soft); }
.facts { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; }
.facts > div { display: flex; gap: 0.375rem; min-width: 0; }
.facts dt { color: var(--ink-soft); }
.beside { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.5rem; align-items: start; }
.beside > section { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.625rem; }
@media (min-width: 60rem) {
  .beside { grid-template-columns: minmax(0, 7fr) minmax(0, 6fr); }
  .player { position: sticky; inset-block-start: 1rem; }
}
.stage, .single { display: block; width: 100%; height: auto; border: 1px solid var(--line); border-radius: 0.625rem; background: var(--off-tint); }
.single { background: var(--surface); }
.stage circle.now { r: 11px; }
.strip { display: block; width: 100%; height: auto; }
.strip-place:not(:has(> *)) { display: none; }
.strip-place { aspect-ratio: 15; }
.caption { min-height: 3rem; }
.player-buttons { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; }
.player-buttons input { flex: 1 1 100%; min-height: 1.5rem; margin: 0; }
.player-buttons label { display: inline-flex; gap: 0.375rem; align-items: center; }
#play { min-width: 5.5rem; }
.moments { display: grid; gap: 0.25rem; max-height: max(28rem, calc(100vh - 14rem)); overflow-y: auto; padding: 2px; list-style: none; }
.moment {
  display: grid;
  grid-template-columns: 2rem minmax(0, 1fr) 7.5rem;
  gap: 0 0.5rem;
  align-items: baseline;
  width: 100%;
  font-weight: 400;
  text-align: start;
}
.moment[aria-current] { border-color: var(--accent); background: var(--accent-tint); box-shadow: inset 3px 0 var(--accent); }
.moment .number { color: var(--ink-soft); font-size: 0.8125rem; }
.moment.gap, .moment.motion, .moment.rhythm { border-style: dashed; color: var(--ink-soft); font-size: 0.875rem; }
.moment.gap { border-color: var(--alarm); color: var(--alarm); }
.pause { color: var(--ink-soft); font-size: 0.8125rem; text-align: end; }
.pause svg { display: block; width: 100%; height: 0.375rem; transform: scaleX(-1); }
.chips { grid-column: 2 / -1; display: flex; flex-wrap: wrap; gap: 0.25rem; }
.chip { padding: 0 0.5rem; border: 1px solid var(--edge); border-radius: 1rem; background: var(--surface); color: var(--ink); font-size: 0.8125rem; }
.chip.effect { border-color: var(--accent); color: var(--accent); }
.singles { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(17rem, 100%), 1fr)); gap: 1rem; list-style: none; }
.singles.rhythms { grid-template-columns: repeat(auto-fill, minmax(min(26rem, 100%), 1fr)); }
figure { display: grid; gap: 0.375rem; grid-template-columns: minmax(0, 1fr); }
figcaption .soft { display: block; }
figcaption code { white-space: nowrap; }
.charts { columns: 28rem; column-gap: 1.25rem; }
.charts figure { break-inside: avoid; margin-block-end: 1.25rem; }
.charts img { display: block; width: 100%; height: auto; border: 1px solid var(--line); border-radius: 0.5rem; }
summary { color: var(--accent); cursor: pointer; padding-block: 0.25rem; }
@media (max-width: 34rem) {
  .moment { grid-template-columns: 1.5rem minmax(0, 1fr); }
  .moment .pause, .moment .chips { grid-column: 2; }
  .pause { text-align: start; }
  .pause svg { transform: none; }
  header nav { margin-inline-start: 0; }
}
`;
