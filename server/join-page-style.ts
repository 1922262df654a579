/**
 * The join page's style sheet, as text: system fonts, light and dark, nothing loaded.
 *
 * Runs in the participant's browser, allowed by its hash.
 */
import { PAGE_COLORS } from './page-colors.ts';

export const JOIN_PAGE_STYLE = `${PAGE_COLORS}
* { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--ground);
  color: var(--text);
  font: 1rem/1.55 system-ui, sans-serif;
}
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
header { margin-bottom: 1.5rem; }
.product { margin: 0; color: var(--accent); font-weight: 600; letter-spacing: 0.02em; }
h1 { margin: 0.25rem 0 0.75rem; font-size: 1.75rem; line-height: 1.2; text-wrap: balance; }
.lead { margin: 0; color: var(--soft); font-size: 1.05rem; }
section {
  margin-top: 1rem;
  padding: 1.25rem 1.5rem;
  background: var(--card);
  border: 1px solid var(--line);
  border-radius: 0.75rem;
}
h2 { margin: 0 0 0.75rem; font-size: 1.1rem; }
h3 { margin: 0; font-size: 1rem; }
p { margin: 0.5rem 0 0; }
.scopes { list-style: none; margin: 0; padding: 0; }
.scopes li + li { margin-top: 1rem; padding-top: 1rem; border-top: 1px solid var(--line); }
.scopes p { margin-top: 0.25rem; }
.scopes + p { margin-top: 1rem; padding-top: 1rem; border-top: 1px solid var(--line); }
.risk { color: var(--soft); font-size: 0.9rem; }
dl { display: grid; grid-template-columns: minmax(8rem, 11rem) 1fr; gap: 0.5rem 1rem; margin: 0; }
dt { color: var(--soft); }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
code { padding: 0.1em 0.35em; background: var(--ground); border-radius: 0.3em; font-size: 0.9em; }
a { color: var(--accent); overflow-wrap: anywhere; }
.notice { white-space: pre-line; }
.join { border-color: var(--accent); }
textarea {
  display: block;
  width: 100%;
  margin: 0.75rem 0;
  padding: 0.75rem;
  background: var(--ground);
  color: var(--text);
  border: 1px solid var(--line);
  border-radius: 0.5rem;
  font: 0.85rem/1.4 ui-monospace, monospace;
  resize: vertical;
}
button {
  padding: 0.55rem 1.4rem;
  background: var(--accent);
  color: var(--on-accent);
  border: 0;
  border-radius: 0.5rem;
  font: inherit;
  font-weight: 600;
  cursor: pointer;
}
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
#copied { margin-left: 0.75rem; color: var(--soft); }
[hidden] { display: none !important; }
@media (max-width: 34rem) {
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: 0.6rem; }
}
`;
