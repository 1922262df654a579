/**
 * The schema of managed storage: what a browser policy may set for the extension.
 *
 * The charter is one JSON string, since registries and property lists retype nested values.
 */
import { ManagedAgreement } from '../src/charter/agreement.ts';

const TEXTS: Record<keyof typeof ManagedAgreement.shape, { title: string; description: string }> = {
  charter: { title: 'Charter', description: 'The charter as one JSON string, as the install kit writes it.' },
  participantKey: {
    title: 'Participant key',
    description: 'May send batches and erasures and read the access log.',
  },
  hashingKey: {
    title: 'Hashing key',
    description: 'Makes view and element keys. Never give it to the collector.',
  },
};

export function managedSchema(): object {
  const names = Object.keys(ManagedAgreement.shape) as (keyof typeof TEXTS)[];
  return {
    $schema: 'http://json-schema.org/draft-03/schema#',
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, { type: 'string', ...TEXTS[name] }])),
  };
}
