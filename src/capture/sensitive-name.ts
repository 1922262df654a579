/**
 * A field's name or label -> whether it asks for a secret.
 *
 * In the page. Part of what reads words, counted with the vocabulary. The text is tested and forgotten.
 */

/** Words that make a field sensitive when one of them is in its name or label. */
const SENSITIVE_WORDS = new RegExp(
  '(^|[^a-z])(otp|totp|mfa|2fa|cvc|cvv|csc|iban|ssn|pin|tan|pass ?code|pass ?word|pass ?phrase|pass|passwd|pwd|pswd|' +
    'secrets?|tokens?|api ?keys?|private ?key|credentials?|card ?(no|num|number)|credit ?card|security ?code|one ?time|' +
    '(verification|recovery|backup|auth|authentication|confirmation|sms) ?(code|key|phrase)|social security|' +
    'passwort|kennwort|geheimzahl|kartennummer|(sicherheits|bestätigungs|einmal)code|mot de passe|contraseña|clave|' +
    'senha|wachtwoord|hasło|lösenord|adgangskode|salasana|heslo|şifre)([^a-z]|$)|' +
    'パスワード|暗証|認証コード|密码|密碼|验证码|비밀번호|парол',
);
const MAX_LENGTH = 200;
/** Attributes that name a field for people, programs or tests. */
const NAMING = [
  'name',
  'id',
  'class',
  'aria-label',
  'placeholder',
  'title',
  'formcontrolname',
  'data-testid',
];

/** Whether one of the field's names and labels has such a word in it. What is read here becomes a yes or no. */
export function hasSensitiveName(field: Element): boolean {
  return (
    NAMING.some((name) => isSensitiveName(field.getAttribute(name))) ||
    labelsOf(field).some((label) => isSensitiveName(label.textContent))
  );
}

function labelsOf(field: Element): Element[] {
  const root = field.getRootNode() as Document | ShadowRoot;
  const stated = (field.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter((id) => id !== '');
  const named = stated.flatMap((id) => root.getElementById(id) ?? []);
  // A text beside the field, which nothing in the page joins to it: in its own cell or in the one before.
  const beside = [field.previousElementSibling, field.parentElement?.previousElementSibling];
  const plain = beside.filter((one) => one && one.childElementCount < 3) as Element[];
  return [...((field as HTMLInputElement).labels ?? []), ...named, ...plain];
}

/** Whether a name has one of the words in it, in any of the usual ways to join words. */
export function isSensitiveName(name: string | null): boolean {
  if (!name) return false;
  const words = name
    .slice(0, MAX_LENGTH)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[\s_\-.:[\]]+/g, ' ');
  return SENSITIVE_WORDS.test(words);
}
