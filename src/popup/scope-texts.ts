/**
 * What each scope and each level is called and says of itself, as names of texts.
 *
 * Shared by everything that shows a charter: consent form, overview, join page.
 */
import type { Level, Scope } from '../charter/charter.ts';
import type { TextName } from './translate.ts';

interface ScopeTexts {
  title: TextName;
  what: TextName;
  never: TextName;
  example: Record<Level, TextName>;
}

const KEYS_EXAMPLE = 'scope_keys_example';
const WORKFLOW_EXAMPLE = 'scope_workflow_example';

export const SCOPE_TEXTS: Record<Scope, ScopeTexts> = {
  pointer: {
    title: 'scope_pointer',
    what: 'scope_pointer_what',
    never: 'scope_pointer_never',
    example: {
      linked: 'scope_pointer_exampleBalanced',
      balanced: 'scope_pointer_exampleBalanced',
      strict: 'scope_pointer_exampleStrict',
    },
  },
  keys: {
    title: 'scope_keys',
    what: 'scope_keys_what',
    never: 'scope_keys_never',
    example: { linked: KEYS_EXAMPLE, balanced: KEYS_EXAMPLE, strict: KEYS_EXAMPLE },
  },
  workflow: {
    title: 'scope_workflow',
    what: 'scope_workflow_what',
    never: 'scope_workflow_never',
    example: { linked: WORKFLOW_EXAMPLE, balanced: WORKFLOW_EXAMPLE, strict: WORKFLOW_EXAMPLE },
  },
};

export const LEVEL_TEXTS: Record<Level, { title: TextName; what: TextName }> = {
  linked: { title: 'level_linked', what: 'level_linked_what' },
  balanced: { title: 'level_balanced', what: 'level_balanced_what' },
  strict: { title: 'level_strict', what: 'level_strict_what' },
};
