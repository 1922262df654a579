/**
 * What came of the last action, and what was deleted on this page and can still be brought back: always in reach.
 */
import type { JSX } from 'preact';
import { t } from '../popup/translate.ts';
import type { Deletion } from './use-my-data.ts';

interface NoticeBarProps {
  notice: string;
  deletions: readonly Deletion[];
  onUndo: (deletion: Deletion) => void;
}

export function NoticeBar({ notice, deletions, onUndo }: NoticeBarProps): JSX.Element {
  const last = deletions.at(-1);
  return (
    <div class="notice-bar" role="status">
      {notice !== '' && <p>{notice}</p>}
      {last && (
        <>
          <p>
            {t('myDataUndo_text', last.label, last.fragments)}{' '}
            <span class="hint">{t('myDataUndo_hint', deletions.length)}</span>
          </p>
          <button type="button" onClick={() => onUndo(last)}>
            {t('myDataUndo')}
          </button>
        </>
      )}
    </div>
  );
}
