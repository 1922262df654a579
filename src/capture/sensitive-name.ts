/**
 * A field's name or label -> whether it asks for a secret.
 *
 * In the page. Part of what reads words, counted with the vocabulary. The text is tested and forgotten.
 */

/** Words that make a field sensitive when one of them is in its name or label. */
const SENSITIVE_WORDS = new RegExp(
  '(^|[^a-z])(otp|totp|mfa|2fa|cvc|cvv|csc|iban|ssn|pin|tan|pass ?code|pass ?word|pass ?phrase|passwd|pwd|' +
    'secrets?|tokens?|api ?keys?|card ?number|security ?code|one ?time|social security|' +
    'passwort|kennwort|geheimzahl|mot de passe|contraseña|clave|senha)([^a-z]|$)|パスワード|暗証',
);
const MAX_LENGTH = 200;

/** Whether one of the field's names and labels has such a word in it. What is read here becomes a yes or no. */
export function hasSensitiveName(field: Element): boolean {
  const attributes = ['name', 'id', 'aria-label', 'placeholder'];
  return (
    attributes.some((name) => isSensitiveName(field.getAttribute(name))) ||
    labelsOf(field).some((label) => isSensitiveName(label.textContent))
  );
}

function labelsOf(field: Element): Element[] {
  const root = field.getRootNode() as Document | ShadowRoot;
  const stated = (field.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter((id) => id !== '');
  const named = stated.flatMap((id) => root.getElementById(id) ?? []);
  return [...((field as HTMLInputElement).labels ?? []), ...named];
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
