/**
 * A charter in full, in plain words: who, why, where, how long, where to, how it is protected.
 *
 * Used by the popup and the join page. Leaves nothing of the charter out but its scopes' texts, which stand beside
 * the switches.
 */
import type { ComponentChildren, JSX } from 'preact';
import type { Charter } from '../charter/charter.ts';
import { LEVEL_TEXTS, SCOPE_TEXTS } from './scope-texts.ts';
import { t } from './translate.ts';

const BYTES_PER_MEGABYTE = 1_000_000;

export function CharterView({ charter }: { charter: Charter }): JSX.Element {
  return (
    <dl class="charter">
      <Row title={t('charter_who')}>
        <p>{t('consent_operator', charter.organization)}</p>
        <p>
          {t('charter_contact')}: {charter.contact}
        </p>
      </Row>
      <Row title={t('charter_purpose')}>
        <code>{charter.purpose}</code>
      </Row>
      <Row title={t('charter_where')}>
        {charter.apps.length === 0 ? <p>{t('charter_noApps')}</p> : <Apps apps={charter.apps} />}
      </Row>
      <Row title={t('charter_never')}>
        <p>{t('charter_neverBuiltIn')}</p>
        <Codes texts={charter.neverRecord} />
      </Row>
      <Row title={t('charter_scopes')}>
        <p>{charter.scopes.map((scope) => t(SCOPE_TEXTS[scope].title)).join(', ')}</p>
      </Row>
      <Row title={t('charter_howLong')}>
        <HowLong charter={charter} />
      </Row>
      <Row title={t('charter_sentTo')}>
        <code>{charter.collectorUrl}</code>
      </Row>
      <Row title={t('charter_protection')}>
        <p>
          {t(LEVEL_TEXTS[charter.protection].title)}: {t(LEVEL_TEXTS[charter.protection].what)}
        </p>
        {charter.protection === 'linked' && <p>{t('linked_onlyVolunteers')}</p>}
      </Row>
      <Row title={t('charter_release')}>
        <p>{releaseText(charter)}</p>
        <p>{t('charter_markers')}</p>
      </Row>
      <Row title={t('charter_tasks')}>
        {charter.tasks.length === 0 ? <p>{t('charter_none')}</p> : <Codes texts={charter.tasks} />}
      </Row>
      <Row title={t('charter_budget')}>
        <p>{t('charter_budgetText', charter.budget.bytesPerDay / BYTES_PER_MEGABYTE)}</p>
      </Row>
      <Row title={t('charter_notice')}>
        <p class="hint">{t('charter_noticeVersion', charter.notice.version)}</p>
        <Notice notice={charter.notice} />
      </Row>
    </dl>
  );
}

/** What a person must know before anything is ticked; the charter in full stands below. */
export function CharterInShort({ charter }: { charter: Charter }): JSX.Element {
  return (
    <dl class="charter">
      <Row title={t('charter_who')}>
        <p>{t('consent_operator', charter.organization)}</p>
      </Row>
      <Row title={t('charter_purpose')}>
        <code>{charter.purpose}</code>
      </Row>
      <Row title={t('charter_where')}>
        <p>{charter.apps.map((app) => app.label).join(', ') || t('charter_noApps')}</p>
      </Row>
      <Row title={t('charter_howLong')}>
        <HowLong charter={charter} />
      </Row>
    </dl>
  );
}

function HowLong({ charter }: { charter: Charter }): JSX.Element {
  return (
    <>
      <p>{charter.holdHours === 0 ? t('charter_holdNone') : t('charter_hold', charter.holdHours)}</p>
      <p>{t('charter_retention', charter.retentionDays)}</p>
    </>
  );
}

function Row({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Apps({ apps }: { apps: Charter['apps'] }): JSX.Element {
  return (
    <ul>
      {apps.map((app) => (
        <li key={app.label}>
          {app.label}
          <Codes texts={app.matches} />
        </li>
      ))}
    </ul>
  );
}

function Codes({ texts }: { texts: readonly string[] }): JSX.Element | null {
  if (texts.length === 0) return null;
  return (
    <ul>
      {texts.map((text) => (
        <li key={text}>
          <code>{text}</code>
        </li>
      ))}
    </ul>
  );
}

function Notice({ notice }: { notice: Charter['notice'] }): JSX.Element {
  if (notice.url === undefined) return <p class="notice">{notice.text}</p>;
  return (
    <a href={notice.url} target="_blank" rel="noreferrer">
      {notice.url}
    </a>
  );
}

function releaseText({ release, minContributors, expectedParticipants }: Charter): string {
  return minContributors === 0
    ? t('charter_releaseNone')
    : t('charter_releaseText', release.everyHours, release.minRecords, minContributors, expectedParticipants);
}
