/**
 * The join page's start: wiring only. Opened by the person from the popup, never by itself.
 */
import { render } from 'preact';
import { JoinPage } from '../../src/join/join-page.tsx';
import { t } from '../../src/popup/translate.ts';
import './style.css';

document.documentElement.lang = t('languageTag');
// This page's own: the browser translates no HTML.
document.title = t('join_title');
render(<JoinPage />, document.querySelector('#join')!);
