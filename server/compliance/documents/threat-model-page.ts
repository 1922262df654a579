/**
 * The threat model of a compliance pack: what applies under its charter.
 */
import { idLine, type PackFacts } from '../pack-facts.ts';
import type { Page } from '../page.ts';
import { threatModel } from '../threat-model.ts';

export function threatModelPage(facts: PackFacts): Page {
  const { title, blocks } = threatModel(facts.offer);
  return { name: 'threat-model', title, blocks: [idLine(facts), ...blocks] };
}
