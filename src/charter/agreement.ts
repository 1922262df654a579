/**
 * An agreement: a charter with what an installation needs to take part in it.
 *
 * Comes from managed policy or from a join code. The two keys stand beside the charter, never in it: the
 * participant key may send batches and erasures; the hashing key never reaches the collector or a dataset.
 */
import { z } from 'zod';
import { parseCharter, type Charter } from './charter.ts';

/** 256 random bits, base64url. */
const Key = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be 256 random bits in base64url (43 characters)');

/** The three managed-storage values, as a policy carries them; the charter is one JSON string. */
export const ManagedAgreement = z.strictObject({
  charter: z.string().max(200_000),
  participantKey: Key,
  hashingKey: Key,
});
export type ManagedAgreement = z.infer<typeof ManagedAgreement>;

export interface Agreement {
  charter: Charter;
  participantKey: string;
  hashingKey: string;
}

export type ParsedAgreement = { ok: true; agreement: Agreement } | { ok: false; problems: string[] };

/** Reads what managed storage answered or what a join code held. Problems name the field, never the value. */
export function parseAgreement(input: unknown): ParsedAgreement {
  const managed = ManagedAgreement.safeParse(input);
  if (!managed.success) {
    return {
      ok: false,
      problems: managed.error.issues.map(
        (issue) => `${issue.path.join('.') || 'agreement'}: ${issue.message}`,
      ),
    };
  }
  const parsed = parseCharter(managed.data.charter);
  if (!parsed.ok) return parsed;
  const { participantKey, hashingKey } = managed.data;
  return { ok: true, agreement: { charter: parsed.charter, participantKey, hashingKey } };
}
