/**
 * The field for a join code, and what is wrong with a code that cannot be used.
 *
 * Runs in the join page. The code holds keys: it is read here and neither kept nor shown again.
 */
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { Agreement } from '../charter/agreement.ts';
import { parseJoinCode } from '../charter/join-code.ts';
import { t } from '../popup/translate.ts';

export function CodeForm({ onRead }: { onRead: (agreement: Agreement) => void }): JSX.Element {
  const [code, setCode] = useState('');
  const [problems, setProblems] = useState<string[]>([]);
  const read = () => {
    const parsed = parseJoinCode(code);
    setProblems(parsed.ok ? [] : parsed.problems);
    if (parsed.ok) onRead(parsed.agreement);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        read();
      }}
    >
      <label class="field" for="join-code">
        {t('join_codeLabel')}
      </label>
      <p id="join-code-hint" class="hint">
        {t('join_codeHint')}
      </p>
      <textarea
        id="join-code"
        rows={5}
        spellcheck={false}
        autocomplete="off"
        aria-describedby="join-code-hint join-code-problems"
        aria-invalid={problems.length > 0}
        value={code}
        onInput={(event) => setCode(event.currentTarget.value)}
      />
      <div id="join-code-problems" role="alert">
        {problems.length > 0 && (
          <>
            <p class="alert">{t('join_problems')}</p>
            <ul class="problems" lang="en">
              {problems.map((problem) => (
                <li key={problem}>
                  <code>{problem}</code>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      <button type="submit">{t('join_read')}</button>
    </form>
  );
}
