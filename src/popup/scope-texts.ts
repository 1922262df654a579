/**
 * What each scope and each level is called and says of itself, as names of texts.
 *
 * Shared by everything that shows a charter: consent form, overview, join page.
 */
import type { Level, Scope } from '../charter/charter.ts';
import type { TextName } from './translate.ts';

interface ScopeTexts {
  title: TextName;
  what: Record<Level, TextName>;
  never: Record<Level, TextName>;
  example: Record<Level, TextName>;
}

export const SCOPE_TEXTS: Record<Scope, ScopeTexts> = {
  pointer: {
    title: 'scope_pointer',
    what: unlessLinked('scope_pointer_what', 'scope_pointer_whatLinked'),
    never: unlessLinked('scope_pointer_never', 'scope_pointer_neverLinked'),
    example: {
      linked: 'scope_pointer_exampleLinked',
      balanced: 'scope_pointer_exampleBalanced',
      strict: 'scope_pointer_exampleStrict',
    },
  },
  keys: {
    title: 'scope_keys',
    what: unlessLinked('scope_keys_what', 'scope_keys_whatLinked'),
    never: unlessLinked('scope_keys_never', 'scope_keys_neverLinked'),
    example: unlessLinked('scope_keys_example', 'scope_keys_exampleLinked'),
  },
  workflow: {
    title: 'scope_workflow',
    what: unlessLinked('scope_workflow_what', 'scope_workflow_whatLinked'),
    never: unlessLinked('scope_workflow_never', 'scope_workflow_neverLinked'),
    example: unlessLinked('scope_workflow_example', 'scope_workflow_example'),
  },
};

export const LEVEL_TEXTS: Record<Level, { title: TextName; what: TextName }> = {
  linked: { title: 'level_linked', what: 'level_linked_what' },
  balanced: { title: 'level_balanced', what: 'level_balanced_what' },
  strict: { title: 'level_strict', what: 'level_strict_what' },
};

function unlessLinked(ordinary: TextName, linked: TextName): Record<Level, TextName> {
  return { linked, balanced: ordinary, strict: ordinary };
}
