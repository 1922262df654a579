/**
 * What was agreed, refused and taken back, and when: the person's own receipts, as a list and as a file.
 */
import type { JSX } from 'preact';
import type { Receipt } from '../consent/stored-items.ts';
import { dateFormat } from '../popup/formatters.ts';
import { LEVEL_TEXTS, SCOPE_TEXTS } from '../popup/scope-texts.ts';
import { displayLanguage, t, type TextName } from '../popup/translate.ts';
import { CharterView } from '../popup/charter-view.tsx';
import type { MyData } from './my-data.ts';
import { receiptsFile } from './receipts-file.ts';
import { saveFile } from './save-file.ts';

const EVENT_TEXTS: Record<Receipt['event'], TextName> = {
  granted: 'myDataReceipt_granted',
  declined: 'myDataReceipt_declined',
  withdrawn: 'myDataReceipt_withdrawn',
  narrowed: 'myDataReceipt_narrowed',
};

export function ReceiptsView({ data }: { data: MyData }): JSX.Element {
  const save = () =>
    saveFile({
      name: 'proffer-receipts.json',
      mediaType: 'application/json',
      text: JSON.stringify(receiptsFile(data.receipts, data.charters, data.readAtMs), null, 2),
    });
  return (
    <section id="receipts" aria-labelledby="receipts-heading">
      <h2 id="receipts-heading">{t('myDataReceipts_heading')}</h2>
      {data.receipts.length === 0 ? (
        <p class="empty">{t('myDataReceipts_none')}</p>
      ) : (
        <>
          <ol class="receipts">
            {data.receipts.toReversed().map((receipt, index) => (
              <li key={index}>
                <ReceiptEntry receipt={receipt} data={data} />
              </li>
            ))}
          </ol>
          <button type="button" onClick={save}>
            {t('myDataReceipts_save')}
          </button>
          <p class="hint">{t('myDataReceipts_hint')}</p>
        </>
      )}
    </section>
  );
}

function ReceiptEntry({ receipt, data }: { receipt: Receipt; data: MyData }): JSX.Element {
  const charter = data.charters.get(receipt.charterHash);
  const at = dateFormat(displayLanguage(), { dateStyle: 'medium', timeStyle: 'short' });
  const scopes = receipt.scopes.map((scope) => t(SCOPE_TEXTS[scope].title)).join(', ');
  return (
    <>
      <p>
        <strong>{t(EVENT_TEXTS[receipt.event])}</strong> · {at.format(new Date(receipt.at))} ·{' '}
        {receipt.organization}
      </p>
      {scopes !== '' && <p>{t('myDataReceipt_scopes', scopes, t(LEVEL_TEXTS[receipt.level].title))}</p>}
      <p class="hint">
        {t('myDataReceipt_versions', receipt.noticeVersion, receipt.softwareVersion)}{' '}
        <code>{receipt.charterHash}</code>
      </p>
      {charter ? (
        <details>
          <summary>{t('charter_heading')}</summary>
          <CharterView charter={charter} />
        </details>
      ) : (
        <p class="hint">{t('myDataReceipt_noText')}</p>
      )}
    </>
  );
}
