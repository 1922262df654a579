/**
 * A field's name or label -> whether it asks for a secret.
 *
 * In the page. Part of what reads words, counted with the vocabulary. The text is tested and forgotten. Whatever looks
 * like a secret is left out: a field that is left out by mistake costs little.
 */
import { outward } from './element-tree.ts';
import { unclobbered } from './unclobbered.ts';

/** These make a field sensitive wherever they stand, also inside a joined word such as `newpassword`. */
const ANYWHERE =
  'pass ?word|passwd|pass ?phrase|pass ?code|pass ?key|pwd|pswd|passwort|kennwort|geheim(zahl|nummer)|losungswort|' +
  'mot ?de ?passe|contrase(ñ|n)a|palavra ?passe|wachtwoord|has(ł|l)o([^a-z]|$)|l(ö|o)senord|adgangskode|salasana|' +
  'jelsz(ó|o)|slapta(ž|z)od|lozink|mật khẩu|kata ?sandi|şifre|' +
  '(api|access|private|secret|recovery|backup|encryption|licen[cs]e) ?keys?([^a-z]|$)|tokens?([^a-z]|$)|' +
  'secrets?([^a-z]|$)|secret ?(question|answer|phrase|word)|security ?(question|answer)|seed ?phrase|mnemonic|' +
  'pin ?(code|number|nummer)|(user|card|login|new|old|my|your|sim) ?pin([^a-z]|$)|otp ?code|one ?time ?(code|pass)|' +
  '(verification|recovery|backup|auth|authentication|confirmation|security|sms|login) ?(code|phrase)|' +
  '(sicherheits|bestätigungs|einmal|freischalt)code|sicherheitsfrage|' +
  'credit ?card|debit ?card|card ?num|card ?no([^a-z]|$)|kreditkarte|kartennummer|account ?number|routing ?number|' +
  'sort ?code|kontonummer|social ?security|sozialversicherungs|' +
  'パスワード|暗証|認証コード|ワンタイム|密码|密碼|口令|验证码|驗證碼|비밀번호|암호|парол|пин ?код|' +
  'كلمة المرور|كلمة السر|סיסמ|κωδικός πρόσβασης|κωδικό πρόσβασης|पासवर्ड|รหัสผ่าน';
/** And these when they stand alone: inside other words they mean something else. */
const ALONE =
  'otp|totp|mfa|2fa|cvc|cvv|csc|iban|ssn|pin|tan|pass|secrets?|credentials?|one ?time|clave|senha|heslo|geslo|parola|' +
  'parole|parool';
const SENSITIVE_WORDS = new RegExp(`${ANYWHERE}|(^|[^a-z])(${ALONE})([^a-z]|$)`);
const MAX_LENGTH = 200;
/** With more, a page hides something. */
const MAX_ATTRIBUTES = 100;
const MAX_NAMING = 20;
/** What a field holds, and what says nothing of what it is for. */
const NOT_NAMING = new Set(['value', 'style']);
const FIELDS = 'input, textarea, select, [contenteditable]';
/** A text stands beside a field also where both are wrapped a few times. */
const MAX_WRAPPINGS = 4;
const MAX_LABEL_LENGTH = 60;
const BUTTONS = 'button, a, [role=button]';
const DOTS = /^[•●∙·⋅⚫*＊xX]{3,}$/;

/** Whether one of the field's names and labels has such a word in it. What is read here becomes a yes or no. */
export function hasSensitiveName(field: Element): boolean {
  if (DOTS.test(unclobbered(field).getAttribute('placeholder')?.replace(/\s/g, '') ?? '')) return true;
  // A component names itself, and not the field in its shadow root; far out it is the whole app.
  const components = [...outward(field)]
    .filter((around) => unclobbered(around).shadowRoot)
    .slice(0, MAX_WRAPPINGS);
  const named = [field, ...components];
  if (named.some((one) => unclobbered(one).attributes.length > MAX_ATTRIBUTES)) return true;
  return named.some(
    (one) =>
      [...unclobbered(one).attributes].some(
        ({ name, value }) => !NOT_NAMING.has(name) && isSensitiveName(value),
      ) || textsAround(one).some(isSensitiveName),
  );
}

/**
 * Texts that say what a field is for: its labels, its descriptions, and what stands beside it. Held against the list above
 * and gone: nothing of them is kept or told.
 */
function textsAround(field: Element): (string | null | undefined)[] {
  const facts = unclobbered(field as HTMLInputElement);
  const root = unclobbered(facts.getRootNode() as Document | ShadowRoot);
  const stated = ['aria-labelledby', 'aria-describedby'].map((name) => facts.getAttribute(name) ?? '');
  const ids = stated.join(' ').split(/\s+/, MAX_NAMING);
  const next = facts.nextElementSibling && unclobbered(facts.nextElementSibling);
  return [
    ...[...(facts.labels ?? [])].slice(0, MAX_NAMING).map((label) => label.textContent),
    ...ids.map((id) => (id === '' ? '' : root.getElementById(id)?.textContent)),
    facts.closest('fieldset')?.querySelector('legend')?.textContent,
    // A button that shows or makes a password stands behind its field.
    next?.matches(BUTTONS) ? `${next.textContent} ${next.getAttribute('aria-label') ?? ''}` : '',
    ...textsBefore(field),
  ];
}

/**
 * Texts before the field, which nothing in the page joins to it: beside it, beside what wraps it, and, where that wraps
 * nothing else, further out. There only a short text of its own can be its label.
 */
function textsBefore(field: Element): string[] {
  const texts: string[] = [];
  let wrapping: Element | null = field;
  for (let level = 0; wrapping && level < MAX_WRAPPINGS; level++) {
    const isNear = level < 2;
    const facts: Element = unclobbered(wrapping);
    if (!isNear && facts.querySelectorAll(FIELDS).length > 1) break;
    const { previousElementSibling, previousSibling: node } = facts;
    const before = previousElementSibling && unclobbered(previousElementSibling);
    if (before && before.childElementCount < 3 && (isNear || isShortLabel(before)))
      texts.push(before.textContent);
    if (node?.nodeType === Node.TEXT_NODE) texts.push(node.nodeValue ?? '');
    wrapping = facts.parentElement;
  }
  return texts;
}

function isShortLabel(element: Element): boolean {
  return element.querySelector(FIELDS) === null && element.textContent.trim().length <= MAX_LABEL_LENGTH;
}

/** Whether a name has one of the words in it, in any of the usual ways to join words. */
export function isSensitiveName(name: string | null | undefined): boolean {
  if (!name) return false;
  const words = name
    .slice(0, MAX_LENGTH)
    .normalize('NFKC')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[\s_\-.:[\]]+/g, ' ');
  return SENSITIVE_WORDS.test(words);
}
