/**
 * That nothing can be sent, or that something is wrong with what was: since when, and who can help.
 *
 * Used by the popup while consent is given; nothing where all is well.
 */
import type { JSX } from 'preact';
import type { UploadTrouble } from '../queue/queue-schema.ts';
import { formatMoment } from './format-moment.ts';
import { displayLanguage, t, type TextName } from './translate.ts';

const TEXTS: Record<UploadTrouble['kind'], TextName> = {
  key: 'trouble_key',
  charter: 'trouble_charter',
  conflict: 'trouble_conflict',
};

interface SendingTroublesProps {
  troubles: readonly UploadTrouble[];
  contact: string;
  nowMs: number;
}

export function SendingTroubles({ troubles, contact, nowMs }: SendingTroublesProps): JSX.Element {
  return (
    <>
      {troubles.map(({ kind, sinceMs }) => (
        <p key={kind} class="alert" role="alert" data-trouble={kind}>
          {t(TEXTS[kind], formatMoment(sinceMs, nowMs, displayLanguage()), contact)}
        </p>
      ))}
    </>
  );
}
