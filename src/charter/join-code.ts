/**
 * The join code: an agreement as one line of text, for studies without a managed policy.
 *
 * `proffer1.<charter and participant key>.<hashing key>`. The collector's join page shows the first two parts
 * and its script appends the third from the invitation link's fragment, which browsers never send: so the
 * collector does not learn the hashing key. The extension's join page reads the code and shows the charter.
 */
import type { Charter } from './charter.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { parseAgreement, type ParsedAgreement } from './agreement.ts';

const PREFIX = 'proffer1';

/** The part of a code that the collector may know. */
export function createJoinCodeStart(charter: Charter, participantKey: string): string {
  return `${PREFIX}.${toBase64Url(new TextEncoder().encode(JSON.stringify({ charter: JSON.stringify(charter), participantKey })))}`;
}

/** The whole code. */
export function createJoinCode(charter: Charter, participantKey: string, hashingKey: string): string {
  return `${createJoinCodeStart(charter, participantKey)}.${hashingKey}`;
}

/** Reads a pasted code; white space around and inside it, as mail programs add, does not matter. */
export function parseJoinCode(text: string): ParsedAgreement {
  const [prefix, middle, hashingKey, ...rest] = text.replace(/\s+/g, '').split('.');
  if (prefix !== PREFIX || middle === undefined || rest.length > 0) {
    return { ok: false, problems: [`code: does not start with "${PREFIX}." or has parts missing`] };
  }
  if (hashingKey === undefined || hashingKey === '') {
    return {
      ok: false,
      problems: ['code: the study key is missing; open the join page by the link of your invitation'],
    };
  }
  try {
    const start = new TextDecoder('utf-8', { fatal: true }).decode(fromBase64Url(middle));
    return parseAgreement({ ...(JSON.parse(start) as object), hashingKey });
  } catch {
    return { ok: false, problems: ['code: is damaged; copy it again, whole'] };
  }
}
