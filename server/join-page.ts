/**
 * The join page: the charter in plain words, and the code that a person pastes into the extension.
 *
 * Made in the collector, shown in the participant's browser. Its script takes the study's hashing key from the
 * address's fragment, which browsers never send, and appends it to the code: so the collector never learns it. Loads
 * nothing from anywhere. Must never join by itself: consent is given in the extension, and there only.
 */
import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Charter, Scope } from '../src/charter/charter.ts';
import { createJoinCodeStart } from '../src/charter/join-code.ts';
import { SENSITIVE_PATTERNS } from '../src/charter/sensitive-places.ts';
import { RISK_STATEMENTS, smallTeamStatement } from '../src/trace/risk-statement.ts';
import { levelWords, plural, releaseWords, SCOPE_WORDS, smallestGroupWords } from './charter-words.ts';
import { JOIN_PAGE_SCRIPT } from './join-page-script.ts';
import { JOIN_PAGE_STYLE } from './join-page-style.ts';

const sha256 = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The page's content security policy: its own script and style and nothing else. */
export const JOIN_PAGE_POLICY = [
  "default-src 'none'",
  `script-src ${sha256(JOIN_PAGE_SCRIPT)}`,
  `style-src ${sha256(JOIN_PAGE_STYLE)}`,
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The whole page as HTML; every text of the charter is escaped. */
export function createJoinPage(charter: Charter, participantKey: string): string {
  const risk = RISK_STATEMENTS[charter.protection];
  const riskOf: Record<Scope, string> = { pointer: risk.motion, keys: risk.rhythm, workflow: risk.episode };
  const { notice } = charter;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Join: ${charter.organization}</title>
        ${raw(`<style>${JOIN_PAGE_STYLE}</style>`)}
      </head>
      <body>
        <main>
          <header>
            <p class="product">Proffer</p>
            <h1>${charter.organization} asks to record how you work</h1>
            <p class="lead">
              Only with your consent, only in the apps below, and never what you write or read. Joining is
              voluntary. This page records nothing: you decide in the extension, and you can stop at any time.
            </p>
          </header>

          <section>
            <h2>What would be recorded</h2>
            <ul class="scopes">
              ${charter.scopes.map(
                (scope) =>
                  html`<li>
                    <h3>${SCOPE_WORDS[scope].name}</h3>
                    <p>${SCOPE_WORDS[scope].takes}; <strong>${SCOPE_WORDS[scope].never}</strong>.</p>
                    <p class="risk">${riskOf[scope]}</p>
                  </li>`,
              )}
            </ul>
            <p>You switch on each of these yourself. None is on to begin with.</p>
            <p>
              ${levelWords(charter.protection, charter.scopes)} You may choose a stricter level.
              ${smallTeamStatement(charter.protection, charter.scopes) ?? ''}
            </p>
          </section>

          <section>
            <h2>Where</h2>
            ${charter.apps.length === 0 ? html`<p>Nowhere: the charter lists no app.</p>` : ''}
            <dl>
              ${charter.apps.map(
                (app) =>
                  html`<dt>${app.label}</dt>
                    <dd>${codeList(app.matches)}</dd>`,
              )}
              ${
                charter.neverRecord.length > 0
                  ? html`<dt>never, even there</dt>
                      <dd>${codeList(charter.neverRecord)}</dd>`
                  : ''
              }
            </dl>
            <p>
              Sign-in, banking, health, HR, union and personal mail pages are never recorded
              (${SENSITIVE_PATTERNS.length} built-in patterns that no charter can lift), nor are password,
              one-time code and payment fields.
            </p>
          </section>

          <section>
            <h2>Who, why and for how long</h2>
            <dl>
              <dt>Who collects</dt>
              <dd>${charter.organization}</dd>
              <dt>Questions</dt>
              <dd>${charter.contact}</dd>
              <dt>Purpose</dt>
              <dd><code>${charter.purpose}</code>, and no other</dd>
              <dt>Sent to</dt>
              <dd><code>${charter.collectorUrl}</code>, and nowhere else</dd>
              <dt>Held on your device</dt>
              <dd>
                ${charter.holdHours === 0 ? 'not held: sent when it is next due' : `at least ${plural(charter.holdHours, 'hour')} and at most twice as long, in which you can look at it and delete it`}
              </dd>
              <dt>Kept by the collector</dt>
              <dd>${plural(charter.retentionDays, 'day')}, then deleted</dd>
              <dt>People expected</dt>
              <dd>${charter.expectedParticipants}</dd>
              <dt>Smallest group</dt>
              <dd>${smallestGroupWords(charter)}</dd>
              <dt>Released to readers</dt>
              <dd>${releaseWords(charter)}</dd>
              <dt>Tasks you may mark</dt>
              <dd>${charter.tasks.length === 0 ? 'none' : codeList(charter.tasks)}</dd>
              <dt>Cost</dt>
              <dd>
                at most ${charter.budget.mainThreadMsPerMinute} ms of a page’s time per minute and
                ${(charter.budget.bytesPerDay / 1_000_000).toLocaleString('en')} MB a day
              </dd>
            </dl>
          </section>

          <section>
            <h2>The notice (version ${notice.version})</h2>
            ${
              notice.text === undefined
                ? html`<p><a href="${notice.url}" rel="noreferrer">${notice.url}</a></p>`
                : html`<p class="notice">${notice.text}</p>`
            }
          </section>

          <section class="join">
            <h2>Your join code</h2>
            <p id="missing-key">
              The code is not complete: open this page by the link of your invitation, whole, with JavaScript
              switched on.
            </p>
            <div id="code-box" hidden>
              <p>
                Copy the code, open the extension’s “Join a study” page and paste it there. It will show all
                this again.
              </p>
              <textarea
                id="code"
                readonly
                rows="4"
                spellcheck="false"
                aria-label="Join code"
                data-start="${createJoinCodeStart(charter, participantKey)}"
              ></textarea>
              <button id="copy" type="button">Copy</button>
              <span id="copied" role="status"></span>
            </div>
          </section>
        </main>
        ${raw(`<script>${JOIN_PAGE_SCRIPT}</script>`)}
      </body>
    </html>`;
  // Nothing in it is asynchronous, so it is a string already.
  return (page as HtmlEscapedString).toString();
}

function codeList(items: readonly string[]) {
  return html`${items.map((item) => html`<code>${item}</code> `)}`;
}
