/**
 * A field's name or label -> whether it asks for a secret.
 *
 * In the page. Part of what reads words, counted with the vocabulary. The text is tested and forgotten. Whatever looks
 * like a secret is left out: a field that is left out by mistake costs little.
 */
import { outward } from './element-tree.ts';
import { unclobbered } from './unclobbered.ts';

/**
 * What makes a field sensitive: anywhere, also inside a joined word such as `newpassword`, and however its parts are
 * joined; with a `_` only where a word begins or ends there, since inside other words it means something else.
 *
 * Looked up and not matched: as a pattern this was 62 KiB of machine code in every page, and three milliseconds at the
 * first field.
 */
const SENSITIVE_WORDS = (
  'password passwd passphrase passcode passkey pwd pswd passwort kennwort geheim losungswort ' +
  'motdepasse contrase palavrapasse wachtwoord has_ł_o_ haslo_ senord adgangskode ' +
  'salasana jelsz slapta lozink mậtkhẩu katasandi şifre ' +
  'apikey accesskey privatekey secretkey backupkey recoverykey encryptionkey licencekey licensekey ' +
  'token_ tokens_ secret_ secrets_ secretquestion secretanswer secretphrase secretword ' +
  'securityquestion securityanswer seedphrase mnemonic pincode pinnum ' +
  'newpin_ oldpin_ mypin_ simpin_ userpin_ yourpin_ cardpin_ loginpin_ otpcode onetimecode onetimepass ' +
  'authcode smscode backupcode recoverycode securitycode authenticationcode confirmationcode verificationcode ' +
  'logincode loginphrase smsphrase securityphrase authphrase backupphrase recoveryphrase ationphrase ' +
  'sicherheitscode bestätigungscode einmalcode freischaltcode sicherheitsfrage ' +
  'creditcard debitcard cardno_ card_no_ cardnum accountnumber routingnumber kreditkarte kartennummer ' +
  'sortcode kontonummer socialsecurity sozialversicherungs ' +
  'パスワード 暗証 認証コード ワンタイム 密码 密碼 口令 验证码 驗證碼 비밀번호 암호 парол пинкод ' +
  'كلمةالمرور كلمةالسر סיסמ κωδικόςπρόσβασης κωδικόπρόσβασης पासवर्ड รหัสผ่าน ' +
  '_otp_ _totp_ _mfa_ 2_fa_ _cvc_ _cvv_ _csc_ _iban_ _ssn_ _pin_ _tan_ _pass_ _credential _one_time_ ' +
  '_onetime_ _clave_ _senha_ _heslo_ _geslo_ _parola_ _parole_ _parool_'
).split(' ');
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
  return named.some((one) => {
    const attributes = [...unclobbered(one).attributes];
    const values = attributes.map(({ name, value }) => (NOT_NAMING.has(name) ? '' : value));
    return attributes.length > MAX_ATTRIBUTES || hasSensitiveWord([...values, ...textsAround(one)]);
  });
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

/** Whether one of the names has one of the words in it, in any of the usual ways to join words. */
export function hasSensitiveWord(names: readonly (string | null | undefined)[]): boolean {
  // As one text, with a sign between them that no word has: to go through the list costs more than to read a name.
  const edged = names
    .map((name) => name?.slice(0, MAX_LENGTH))
    .join('|')
    .normalize('NFKC')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[a-z]+/g, '_$&_')
    .replace(/[\s_\-.:[\]]+/g, '_');
  const text = `${edged}|${edged.replaceAll('_', '')}`;
  return SENSITIVE_WORDS.some((word) => text.includes(word));
}
