/**
 * The data inventory of a compliance pack: every field, where it rests, and what no field can hold.
 */
import { dataFields, longLists } from '../data-dictionary.ts';
import { keptByCollector, keptOnDevice } from '../kept-where.ts';
import { idLine, neverRecorded, scopeBlocks, type PackFacts } from '../pack-facts.ts';
import { heading, paragraph, type Page } from '../page.ts';

export function dataInventory(facts: PackFacts): Page {
  return {
    name: 'data-inventory',
    title: 'Data inventory',
    blocks: [
      idLine(facts),
      heading('In short'),
      ...scopeBlocks(facts),
      heading('Never recorded'),
      neverRecorded(facts),
      heading('Where it rests, and for how long'),
      keptOnDevice(facts),
      keptByCollector(facts),
      paragraph(
        'Readers hold copies of what they have pulled; when those are deleted is a [decision](decisions.md). So are backups.',
      ),
      heading('Every field that can leave a computer'),
      paragraph(
        'From the schemas that both extension and collector check every record with. A field that is not listed is refused on both sides. None takes free text: a field holds a word of a closed list, a number within bounds, a random id, a keyed hash or a label of the charter.',
      ),
      ...dataFields(facts.offer),
      ...longLists(facts.offer),
    ],
  };
}
