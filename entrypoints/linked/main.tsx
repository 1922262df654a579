/**
 * The start of the consent page for level `linked`: wiring only. Opened by the person from the popup, never by itself.
 */
import { render } from 'preact';
import { LinkedPage } from '../../src/linked-consent/linked-page.tsx';
import { t } from '../../src/popup/translate.ts';
import './style.css';

document.documentElement.lang = t('languageTag');
// This page's own: the browser translates no HTML.
document.title = t('linked_title');
render(<LinkedPage />, document.querySelector('#linked')!);
