/**
 * The table of permissions of a compliance pack.
 */
import { idLine, type PackFacts } from '../pack-facts.ts';
import type { Page } from '../page.ts';
import { permissionFacts } from '../permission-facts.ts';

export function permissions(facts: PackFacts): Page {
  return {
    name: 'permissions',
    title: 'Permissions of the extension',
    blocks: [idLine(facts), ...permissionFacts(facts.charter)],
  };
}
