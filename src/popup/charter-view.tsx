/**
 * A charter in full, in plain words: who, why, where, how long, where to, how it is protected.
 *
 * Used by the popup, the join page and the consent page for `linked`. Every field of a charter stands in one of its rows.
 */
import type { ComponentChildren, JSX } from 'preact';
import type { Charter } from '../charter/charter.ts';
import { charterLines, type CharterLine } from './charter-lines.ts';
import { t, type TextName } from './translate.ts';

/** What a charter says, in the order in which one asks. */
export const CHARTER_ROWS: readonly { title: TextName; fields: readonly (keyof Charter)[] }[] = [
  { title: 'charter_who', fields: ['organization', 'contact'] },
  { title: 'charter_purpose', fields: ['purpose'] },
  { title: 'charter_where', fields: ['apps'] },
  { title: 'charter_never', fields: ['neverRecord'] },
  { title: 'charter_scopes', fields: ['scopes'] },
  { title: 'charter_howLong', fields: ['holdHours', 'retentionDays'] },
  { title: 'charter_sentTo', fields: ['collectorUrl'] },
  { title: 'charter_protection', fields: ['protection'] },
  { title: 'charter_release', fields: ['release', 'minContributors', 'expectedParticipants'] },
  { title: 'charter_tasks', fields: ['tasks'] },
  { title: 'charter_budget', fields: ['budget'] },
  { title: 'charter_notice', fields: ['notice'] },
];

interface CharterViewProps {
  charter: Charter;
  /** More rows, about this charter and this person. */
  children?: ComponentChildren;
}

export function CharterView({ charter, children }: CharterViewProps): JSX.Element {
  return (
    <dl class="charter">
      {CHARTER_ROWS.map(({ title, fields }) => (
        <CharterRow key={title} title={title}>
          <Lines lines={fields.flatMap((field) => charterLines(charter, field))} />
        </CharterRow>
      ))}
      {children}
    </dl>
  );
}

/** What a person must know before anything is ticked; the charter in full stands below. */
export function CharterInShort({ charter }: { charter: Charter }): JSX.Element {
  const where = charter.apps.map((app) => app.label).join(', ') || t('charter_noApps');
  return (
    <dl class="charter">
      <CharterRow title="charter_who">
        <Lines lines={charterLines(charter, 'organization')} />
      </CharterRow>
      <CharterRow title="charter_purpose">
        <Lines lines={charterLines(charter, 'purpose')} />
      </CharterRow>
      <CharterRow title="charter_where">
        <p>{where}</p>
      </CharterRow>
      <CharterRow title="charter_howLong">
        <Lines lines={[...charterLines(charter, 'holdHours'), ...charterLines(charter, 'retentionDays')]} />
      </CharterRow>
    </dl>
  );
}

export function CharterRow({
  title,
  children,
}: {
  title: TextName;
  children: ComponentChildren;
}): JSX.Element {
  return (
    <div>
      <dt>{t(title)}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Lines({ lines }: { lines: readonly CharterLine[] }): JSX.Element {
  return (
    <>
      {lines.map((line, index) => (
        <p key={index} class="notice">
          {line.text} {line.code !== undefined && <Code line={line} />}
        </p>
      ))}
    </>
  );
}

function Code({ line: { code, href } }: { line: CharterLine }): JSX.Element {
  if (href === undefined) return <code>{code}</code>;
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {code}
    </a>
  );
}
