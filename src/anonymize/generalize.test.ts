import { describe, expect, it } from 'vitest';
import { aStep, aTarget, aView } from '../testing/builders.ts';
import { Step, View } from '../trace/episode.ts';
import { pauseBucketMs } from './buckets.ts';
import { generalizeStep, generalizeView } from './generalize.ts';
import { createKeyedHasher } from './keyed-hash.ts';

const hasher = await createKeyedHasher('A'.repeat(43));

describe('generalizing', () => {
  it('turns a step into grid cells, powers of two and counts in buckets', async () => {
    const raw = aStep({
      action: 'type',
      keyCount: 37,
      target: aTarget({ xPx: 1279, yPx: 0, widthPx: 90, heightPx: 0, siblings: 7, listSize: 25, depth: 400 }),
    });
    const step = await generalizeStep(raw, 'desk', hasher);
    expect(step).toMatchObject({ length: '20-49' });
    expect(step.target).toMatchObject({
      gridX: 11,
      gridY: 0,
      widthLog2: 6,
      heightLog2: 0,
      siblings: '5-9',
      listSize: '20+',
      depth: 5,
    });
    expect(Step.parse({ ...step, view: 0, pauseBeforeMs: 0 })).toBeDefined();
  });

  it('says states and path flags once each and in one order, whatever the page said', async () => {
    const raw = aStep({
      pathFlags: ['overshot', 'hesitated', 'overshot'],
      target: aTarget({ states: ['required', 'disabled', 'required'] }),
    });
    const step = await generalizeStep(raw, 'desk', hasher);
    expect(step.pathFlags).toEqual(['hesitated', 'overshot']);
    expect(step.target?.states).toEqual(['disabled', 'required']);
    const told = { ...step, view: 0, pauseBeforeMs: 0 };
    expect(Step.safeParse(told).success).toBe(true);
    expect(Step.safeParse({ ...told, pathFlags: ['overshot', 'hesitated'] }).success).toBe(false);
    expect(Step.safeParse({ ...told, pathFlags: ['overshot', 'overshot'] }).success).toBe(false);
  });

  it('keeps neither the structure nor the route, only keyed hashes of them', async () => {
    const raw = aStep({ target: aTarget({ structure: 'html>body>canary' }) });
    const step = JSON.stringify(await generalizeStep(raw, 'desk', hasher));
    const view = JSON.stringify(await generalizeView(aView({ routeShape: '/canary/:id' }), 'desk', hasher));
    expect(step + view).not.toContain('canary');
    View.parse(JSON.parse(view));
  });

  it('gives the same place the same key, and another one in another app or under another hashing key', async () => {
    const other = await createKeyedHasher(`${'A'.repeat(42)}E`);
    const keyOf = async (app: string, using = hasher) =>
      (await generalizeStep(aStep(), app, using)).target?.elementKey;
    expect(await keyOf('desk')).toBe(await keyOf('desk'));
    expect(await keyOf('wiki')).not.toBe(await keyOf('desk'));
    expect(await keyOf('desk', other)).not.toBe(await keyOf('desk'));
  });

  it('tells views apart by public words only, never by a name in the route', async () => {
    const keyOf = async (routeShape: string) =>
      (await generalizeView(aView({ routeShape }), 'desk', hasher)).viewKey;
    expect(await keyOf('/users/alice-jones/inbox')).toBe(await keyOf('/users/bob/inbox'));
    expect(await keyOf('/users/alice/inbox')).not.toBe(await keyOf('/users/alice/settings'));
    expect(await keyOf('/tickets/:id')).not.toBe(await keyOf('/tickets'));
  });

  it('puts a pause into the bucket whose lower end it reaches', () => {
    expect([0, 99, 100, 499, 500, 2999, 3000, 90_000].map(pauseBucketMs)).toEqual([
      0, 0, 100, 250, 500, 2000, 3000, 5000,
    ]);
  });
});
