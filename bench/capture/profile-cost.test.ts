import { describe, expect, it } from 'vitest';
import { scriptCost, type CpuProfile, type ProfileNode } from './profile-cost.ts';

const OWN = 'chrome-extension://own/recorder.js';
const PAGE = 'http://127.0.0.1/form';
const isOwn = (url: string) => url === OWN;

function aNode(id: number, functionName: string, url: string, children: number[] = []): ProfileNode {
  return { id, callFrame: { functionName, url, lineNumber: 0, columnNumber: 0 }, children };
}

/** A sample of each node, a millisecond each. */
function aProfile(nodes: ProfileNode[], samples: number[]): CpuProfile {
  return {
    nodes,
    samples,
    timeDeltas: samples.map(() => 1000),
    startTime: 0,
    endTime: (samples.length + 1) * 1000,
  };
}

describe('script time of a contestant', () => {
  it('counts a native call for the script that made it', () => {
    const nodes = [
      aNode(1, '(root)', '', [2]),
      aNode(2, 'look', OWN, [3]),
      aNode(3, 'getBoundingClientRect', ''),
    ];
    const cost = scriptCost(aProfile(nodes, [2, 3, 3]), isOwn);
    expect(cost.selfMs).toBe(3);
    expect(cost.functions).toEqual([
      { name: 'look 1:1 > getBoundingClientRect', selfMs: 2 },
      { name: 'look 1:1', selfMs: 1 },
    ]);
  });

  it('does not count what the page does in a function that was wrapped, nor the other way round', () => {
    const nodes = [
      aNode(1, '(root)', '', [2]),
      aNode(2, 'wrapper', OWN, [3]),
      aNode(3, 'original', PAGE, [4]),
      aNode(4, 'observed', OWN),
    ];
    expect(scriptCost(aProfile(nodes, [3, 3, 4]), isOwn).selfMs).toBe(1);
  });

  it('counts neither idle time nor garbage collection nor the browser itself', () => {
    const nodes = [
      aNode(1, '(root)', '', [2, 3, 4]),
      aNode(2, '(idle)', ''),
      aNode(3, '(garbage collector)', ''),
      aNode(4, '(program)', ''),
    ];
    expect(scriptCost(aProfile(nodes, [2, 3, 4]), isOwn)).toEqual({ selfMs: 0, functions: [] });
  });

  it('lets a sample last until the next one', () => {
    const nodes = [aNode(1, '(root)', '', [2, 3]), aNode(2, 'own', OWN), aNode(3, 'page', PAGE)];
    const profile = { nodes, samples: [2, 3, 2], timeDeltas: [100, 7000, 200], startTime: 0, endTime: 8300 };
    expect(scriptCost(profile, isOwn).selfMs).toBeCloseTo(7 + 1);
  });
});
