/**
 * The start of the My data page: wiring only. Opened by the person from the popup, never by itself.
 */
import { render } from 'preact';
import { MyDataPage } from '../../src/my-data/my-data-page.tsx';
import { t } from '../../src/popup/translate.ts';
import './style.css';

document.documentElement.lang = t('languageTag');
// This page's own: the browser translates no HTML.
document.title = `${t('myData_title')} – Proffer`;
render(<MyDataPage />, document.querySelector('#my-data')!);
