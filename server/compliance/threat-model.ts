/**
 * The threat model: docs/threat-model.md as a whole, and in the pack as far as its charter goes.
 *
 * Both are made from the same lists, so neither can say what the other does not.
 */
import { DEFENCES } from './defences.ts';
import { applying, type Offer } from './offer.ts';
import { heading, list, paragraph, table, type Block } from './page.ts';
import { REMAINING_RISKS } from './remaining-risks.ts';
import { WATCHERS } from './who-sees.ts';

/** @param offer of one charter; without it everything is said. */
export function threatModel(offer?: Offer): { title: string; blocks: Block[] } {
  return {
    title: 'Threat model',
    blocks: [
      paragraph(
        'Who could learn what, what stands against it, and what does not. Plain statements, so that they can be checked. The data is pseudonymous: a person may still be recognised.',
      ),
      heading('Who could see what'),
      paragraph(
        'The employer is usually at once operator of the network, the devices, the identity provider, the apps and the collector. What each role could see is said one by one; who has several sees all of it together.',
      ),
      table(
        ['who', 'could see', 'could they learn that someone takes part?', 'what stands in the way'],
        applying(WATCHERS, offer).map(({ who, couldSee, takesPart, inTheWay }) => [
          who,
          couldSee,
          takesPart,
          inTheWay,
        ]),
      ),
      heading('What is defended, and how it is checked'),
      table(
        ['against', 'what stands in the way', 'checked by'],
        applying(DEFENCES, offer).map(({ against, inTheWay, checkedBy }) => [against, inTheWay, checkedBy]),
      ),
      heading('What is not defended'),
      list(applying(REMAINING_RISKS, offer).map(({ name, says }) => `**${name}.** ${says}`)),
    ],
  };
}
