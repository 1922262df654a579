/**
 * A wireframe as the full snapshot of a page, as rrweb has it: a document of boxes that is built anew for each view.
 *
 * Pure. Holds what the wireframe holds, roles, terms and landmarks, and nothing of a page.
 */
import type { Box, Control, Scene } from '../../src/replay/wireframe.ts';

/** What a node is, by rrweb's numbers. */
const NODE_TYPES = { document: 0, doctype: 1, element: 2, text: 3 } as const;

export type SnapshotNode =
  | { type: 0; childNodes: SnapshotNode[]; id: number }
  | { type: 1; name: string; publicId: string; systemId: string; id: number }
  | {
      type: 2;
      tagName: string;
      attributes: Record<string, string>;
      childNodes: SnapshotNode[];
      id: number;
    }
  | { type: 3; textContent: string; id: number };

export interface Snapshot {
  node: SnapshotNode;
  documentId: number;
  bodyId: number;
  /** The node of a control of the scene. */
  idOf: (control: Control | undefined) => number;
}

const STYLE = `html { background: #fff; font: 13px/1.2 sans-serif; color: #333 }
body { margin: 0; height: 600vh }
.box { position: fixed; box-sizing: border-box; overflow: hidden; padding: 2px 4px; border: 1px solid #667; background: #f2f4fa }
.landmark { border: 1px dashed #bbb; background: none; color: #888 }`;

/** Roles that a person types in: a real field, so that a player can show that something was typed. */
const TYPED_ROLES: readonly string[] = ['textbox', 'searchbox', 'combobox', 'spinbutton'];

/** A page with the boxes of a scene; an empty one where no view is known. */
export function createSnapshot(scene: Pick<Scene, 'controls' | 'regions'> | undefined): Snapshot {
  let lastId = 0;
  const nextId = () => (lastId += 1);
  const element = (
    tagName: string,
    attributes: Record<string, string>,
    childNodes: SnapshotNode[],
  ): SnapshotNode => ({ type: NODE_TYPES.element, tagName, attributes, childNodes, id: nextId() });
  const text = (textContent: string): SnapshotNode => ({ type: NODE_TYPES.text, textContent, id: nextId() });

  const regions = (scene?.regions ?? []).map(({ landmark, box }) =>
    element('div', { class: 'box landmark', style: placed(box) }, [text(landmark)]),
  );
  const ids = new Map<Control, number>();
  const controls = (scene?.controls ?? []).map((control) => {
    const { box, role, term = '' } = control;
    const label = term === '' ? role : `${role} ${term}`;
    const common = { class: 'box', role, style: placed(box) };
    const node = TYPED_ROLES.includes(role)
      ? element('input', { ...common, type: 'text', value: '', placeholder: label }, [])
      : element('div', common, [text(label)]);
    ids.set(control, node.id);
    return node;
  });
  const head = element('head', {}, [element('style', {}, [text(STYLE)])]);
  const body = element('body', {}, [...regions, ...controls]);
  const doctype: SnapshotNode = {
    type: NODE_TYPES.doctype,
    name: 'html',
    publicId: '',
    systemId: '',
    id: nextId(),
  };
  const html = element('html', { lang: 'en' }, [head, body]);
  const node: SnapshotNode = { type: NODE_TYPES.document, childNodes: [doctype, html], id: nextId() };
  return {
    node,
    documentId: node.id,
    bodyId: body.id,
    idOf: (control) => (control === undefined ? body.id : (ids.get(control) ?? body.id)),
  };
}

function placed({ x, y, width, height }: Box): string {
  return `left: ${round(x)}px; top: ${round(y)}px; width: ${round(width)}px; height: ${round(height)}px`;
}

function round(px: number): number {
  return Math.round(px * 100) / 100;
}
