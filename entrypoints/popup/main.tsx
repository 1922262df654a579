/**
 * The popup's start: wiring only.
 *
 * `?tab=<id>` in the address names the tab to tell of, for a popup that is itself opened as a tab.
 */
import { render } from 'preact';
import { Popup } from '../../src/popup/popup.tsx';
import { t } from '../../src/popup/translate.ts';
import './style.css';

// The popup's own address.
const tab = new URLSearchParams(location.search).get('tab');
document.documentElement.lang = t('languageTag');
document.documentElement.classList.toggle('in-tab', tab !== null);
render(<Popup tabId={tab === null ? undefined : Number(tab)} />, document.querySelector('#popup')!);
