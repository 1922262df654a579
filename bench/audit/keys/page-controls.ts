/**
 * Every control of a page with its structure path, as the recorder would tell it, whether it is used or not.
 *
 * Runs in pages of the demo app only, bundled by `page-keys.ts`. Unlike the recorder it also tells what people call the
 * control, to count how many of them one key stands for: the pages are invented.
 */
import { isInteractiveRole, roleOf, statedRole } from '../../../src/capture/control-role.ts';
import { outward } from '../../../src/capture/element-tree.ts';
import { structurePath } from '../../../src/capture/structure-path.ts';

export interface PageControl {
  structure: string;
  /** Its id, label or text: what tells it from others for a person. */
  name: string;
}

/** All of them, inside open shadow roots too. */
export function controlsOf(root: Document | ShadowRoot): PageControl[] {
  return [...root.querySelectorAll('*')].flatMap((element) => [
    ...(isInteractiveRole(roleOf(element))
      ? [{ structure: structureOf(element), name: nameOf(element) }]
      : []),
    ...(element.shadowRoot ? controlsOf(element.shadowRoot) : []),
  ]);
}

function structureOf(element: Element): string {
  const around = [...outward(element)];
  return structurePath(around, around.map(roleOf), around.map(statedRole));
}

function nameOf(element: Element): string {
  const name = element.id || element.getAttribute('aria-label') || element.textContent;
  return `${roleOf(element)} ${name.trim().replace(/\s+/g, ' ')}`;
}
