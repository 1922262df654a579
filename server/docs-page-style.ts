/**
 * The style sheet of the page of the interface, as text: system fonts, light and dark, nothing loaded.
 *
 * Runs in a reader's or an operator's browser, allowed by its hash.
 */
import { PAGE_COLORS } from './page-colors.ts';

export const DOCS_PAGE_STYLE = `${PAGE_COLORS}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0;
  background: var(--ground);
  color: var(--text);
  font: 1rem/1.55 system-ui, sans-serif;
  overflow-wrap: anywhere;
}
main { max-width: 52rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
.product { margin: 0; color: var(--accent); font-weight: 600; letter-spacing: 0.02em; }
h1 { margin: 0.25rem 0 0.75rem; font-size: 1.75rem; line-height: 1.2; }
h2 { margin: 2.5rem 0 0.25rem; font-size: 1.25rem; }
h3 { margin: 0; font-size: 1.05rem; }
p { margin: 0.5rem 0 0; }
.lead, .soft, .kind { color: var(--soft); }
section, nav {
  margin-top: 1rem;
  padding: 1.25rem 1.5rem;
  background: var(--card);
  border: 1px solid var(--line);
  border-radius: 0.75rem;
}
section:target { border-color: var(--accent); }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li + li { margin-top: 0.4rem; }
dl { display: grid; grid-template-columns: minmax(5rem, max-content) 1fr; gap: 0.4rem 1rem; margin: 1rem 0 0; }
dt { color: var(--soft); }
dd { margin: 0; min-width: 0; }
code {
  padding: 0.1em 0.35em;
  background: var(--ground);
  border-radius: 0.3em;
  font: 0.875em ui-monospace, monospace;
}
.route code { display: inline-block; padding: 0.3em 0.6em; }
a { color: var(--accent); }
a code { color: inherit; }
.code { display: block; }
.media { display: block; margin-top: 0.2rem; }
.fields { margin: 0.5rem 0 0; padding: 0 0 0 1rem; border-left: 2px solid var(--line); list-style: none; }
.fields > li + li { margin-top: 0.5rem; }
.says { display: block; font-size: 0.9rem; }
.kind { font-size: 0.9rem; }
details { margin-top: 0.25rem; }
summary { cursor: pointer; color: var(--accent); font-size: 0.9rem; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
@media (max-width: 34rem) {
  main { padding: 1.25rem 0.75rem 3rem; }
  section, nav { padding: 1rem; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: 0.6rem; }
}
`;
