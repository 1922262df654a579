/**
 * The join page's script, as text: it completes the code with the study's hashing key and copies it.
 *
 * Runs in the participant's browser, allowed by its hash. The key comes from the address's fragment and goes into the
 * page's text field; it must never be sent or stored.
 */
export const JOIN_PAGE_SCRIPT = `
'use strict';
const code = document.getElementById('code');
const copied = document.getElementById('copied');

function complete() {
  const hashingKey = location.hash.slice(1);
  const isComplete = /^[A-Za-z0-9_-]{43}$/.test(hashingKey);
  document.getElementById('missing-key').hidden = isComplete;
  document.getElementById('code-box').hidden = !isComplete;
  code.value = isComplete ? code.dataset.start + '.' + hashingKey : '';
}

document.getElementById('copy').addEventListener('click', async () => {
  code.select();
  try {
    await navigator.clipboard.writeText(code.value);
    copied.textContent = 'Copied.';
  } catch {
    copied.textContent = document.execCommand('copy') ? 'Copied.' : 'Press Ctrl+C or Cmd+C to copy.';
  }
});
window.addEventListener('hashchange', complete);
complete();
`;
