/**
 * The charter in force, folded away until it is wanted, with what stands beside it: since when, set by whom, which keys.
 *
 * Used by the popup and the join page. Names the keys and what they are for, and never shows them.
 */
import type { JSX } from 'preact';
import type { Agreement } from '../charter/agreement.ts';
import type { CharterInForce } from '../consent/charter-in-force.ts';
import { CharterRow, CharterView } from './charter-view.tsx';
import { formatDay } from './format-moment.ts';
import type { Since } from './snapshot.ts';
import { displayLanguage, t, type TextName } from './translate.ts';

/** All that is set together with the charter, by policy or by code. */
export const KEY_TEXTS: Record<Exclude<keyof Agreement, 'charter'>, TextName> = {
  participantKey: 'charter_participantKey',
  hashingKey: 'charter_hashingKey',
};

interface CharterDetailsProps {
  inForce: CharterInForce & { kind: 'in-force' };
  /** Undefined where it was not agreed to. */
  since?: Since | undefined;
}

export function CharterDetails(props: CharterDetailsProps): JSX.Element {
  return (
    <details class="fold">
      <summary>{t('charter_heading')}</summary>
      <CharterInFull {...props} />
    </details>
  );
}

export function CharterInFull({ inForce, since }: CharterDetailsProps): JSX.Element {
  const day = (momentMs: number) => formatDay(momentMs, displayLanguage());
  return (
    <CharterView charter={inForce.agreement.charter}>
      {since && (
        <CharterRow title="charter_since">
          <p>{t('charter_agreed', day(since.agreedAtMs))}</p>
          {since.narrowedAtMs !== undefined && <p>{t('charter_narrowed', day(since.narrowedAtMs))}</p>}
        </CharterRow>
      )}
      <CharterRow title="charter_setBy">
        <p>{t(inForce.source === 'policy' ? 'charter_byPolicy' : 'charter_byCode')}</p>
        {Object.values(KEY_TEXTS).map((name) => (
          <p key={name}>{t(name)}</p>
        ))}
      </CharterRow>
      <CharterRow title="charter_fingerprint">
        <code>{inForce.hash.match(/.{1,8}/g)!.join(' ')}</code>
        <p class="hint">{t('charter_fingerprintHint')}</p>
      </CharterRow>
    </CharterView>
  );
}
