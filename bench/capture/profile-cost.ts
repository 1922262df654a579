/**
 * A CPU profile -> how long a contestant's own code was at work.
 *
 * Pure. A sample counts for whoever's script is innermost on its stack: native calls (layout that a read forces,
 * serialization, compression) count for the script that made them, and what a page does in a function that a recorder
 * has wrapped counts for the page. Idle time, garbage collection and the browser's own work count for nobody.
 */

/** As the debugging protocol's `Profiler.stop` gives it; times in µs. */
export interface CpuProfile {
  nodes: readonly ProfileNode[];
  startTime: number;
  endTime: number;
  samples?: readonly number[];
  timeDeltas?: readonly number[];
}

export interface ProfileNode {
  id: number;
  callFrame: { functionName: string; url: string; lineNumber: number; columnNumber: number };
  children?: readonly number[];
}

export interface ScriptCost {
  selfMs: number;
  /** By function, with the native call in it where there is one; most expensive first. */
  functions: { name: string; selfMs: number }[];
}

/** @param isOwn whether an address is that of one of the contestant's scripts. */
export function scriptCost(profile: CpuProfile, isOwn: (url: string) => boolean): ScriptCost {
  const { samples = [], timeDeltas = [] } = profile;
  const owners = ownerNames(profile.nodes, isOwn);
  const byName = new Map<string, number>();
  let atUs = profile.startTime;
  let selfUs = 0;
  samples.forEach((nodeId, index) => {
    atUs += timeDeltas[index] ?? 0;
    // What was seen at a sample lasts until the next one.
    const lastedUs = timeDeltas[index + 1] ?? Math.max(0, profile.endTime - atUs);
    const name = owners.get(nodeId);
    if (name === undefined || lastedUs < 0) return;
    selfUs += lastedUs;
    byName.set(name, (byName.get(name) ?? 0) + lastedUs);
  });
  return {
    selfMs: selfUs / 1000,
    functions: [...byName]
      .map(([name, us]) => ({ name, selfMs: us / 1000 }))
      .sort((one, other) => other.selfMs - one.selfMs),
  };
}

/** For each node whose innermost script is the contestant's, which function of it, and what native code it called. */
function ownerNames(nodes: readonly ProfileNode[], isOwn: (url: string) => boolean): Map<number, string> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(
    nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node] as const)),
  );
  const names = new Map<number, string>();
  for (const node of nodes) {
    let owner: ProfileNode | undefined = node;
    while (owner !== undefined && isNative(owner)) owner = parents.get(owner.id);
    if (owner === undefined || !isOwn(owner.callFrame.url)) continue;
    const { functionName, lineNumber, columnNumber } = owner.callFrame;
    const own = `${functionName || '(anonymous)'} ${lineNumber + 1}:${columnNumber + 1}`;
    const native = byId.get(node.id)!.callFrame.functionName;
    names.set(node.id, node === owner ? own : `${own} > ${native}`);
  }
  return names;
}

/** Without a script of its own; the browser's bindings for extensions are part of the native call as well. */
function isNative({ callFrame }: ProfileNode): boolean {
  return callFrame.url === '' || callFrame.url.startsWith('extensions::');
}
