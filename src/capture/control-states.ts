/**
 * A control -> the states it is in, from a closed list.
 *
 * In the page. Reads attributes and properties that hold yes or no, never a value.
 */
import type { TargetState } from '../trace/limits.ts';
import { isEditingHost } from './control-role.ts';
import { unclobbered } from './unclobbered.ts';

export function statesOf(element: Element): TargetState[] {
  const field = unclobbered(element as HTMLInputElement & HTMLOptionElement);
  const stated = (name: string) => field.getAttribute(`aria-${name}`);
  const checked = isCheckable(field)
    ? String(field.indeterminate ? 'mixed' : field.checked)
    : stated('checked');
  const details = field.parentElement;
  const expanded =
    field.localName === 'summary' && details
      ? String(unclobbered(details).hasAttribute('open'))
      : stated('expanded');
  const found: [state: TargetState, is: boolean | string | null][] = [
    ['disabled', field.matches(':disabled') || stated('disabled')],
    ['readonly', (field.readOnly && !isEditingHost(element)) || stated('readonly')],
    ['required', field.required || stated('required')],
    ['checked', checked],
    ['unchecked', checked === 'false'],
    ['mixed', checked === 'mixed'],
    ['expanded', expanded],
    ['collapsed', expanded === 'false'],
    ['selected', field.selected || stated('selected')],
    ['pressed', stated('pressed')],
    ['invalid', field.matches(':user-invalid') || stated('invalid')],
    // These two name a kind rather than say yes; only "false", nothing and absence mean no.
    ['hasPopup', !/^(false)?$/.test(stated('haspopup') ?? '')],
    ['current', !/^(false)?$/.test(stated('current') ?? '')],
  ];
  return found.filter(([, is]) => is === true || is === 'true').map(([state]) => state);
}

function isCheckable(element: Element): boolean {
  return element.matches('input:is([type=checkbox], [type=radio])');
}
