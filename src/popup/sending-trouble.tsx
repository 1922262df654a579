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

interface SendingTroubleProps {
  trouble: UploadTrouble | undefined;
  contact: string;
  nowMs: number;
}

export function SendingTrouble({ trouble, contact, nowMs }: SendingTroubleProps): JSX.Element | null {
  if (trouble === undefined) return null;
  const since = formatMoment(trouble.sinceMs, nowMs, displayLanguage());
  return (
    <p class="alert" role="alert" data-trouble={trouble.kind}>
      {t(TEXTS[trouble.kind], since, contact)}
    </p>
  );
}
