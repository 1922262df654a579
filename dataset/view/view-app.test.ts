/**
 * The viewer answers its own address alone, shows what was pulled, and finds it by filters.
 */
import type { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import type { PublishedRow } from '../../src/trace/published.ts';
import { openDataset } from '../open-dataset.ts';
import type { PullOptions } from '../pull.ts';
import { withTemporaryFolder } from '../testing/dataset-reader.ts';
import type { FakeCollector } from '../testing/fake-collector.ts';
import { aMotion, anEpisode, aRhythm, aRow, aStep, aTarget, aView } from '../testing/published-rows.ts';
import {
  aCollector,
  aLinkedCollector,
  aLinkedTrace,
  CHARTER,
  LINKED_PURPOSE,
  pullOrFail,
} from '../testing/pulling.ts';
import { createViewApp } from './view-app.ts';

const BASE = 'http://127.0.0.1:4000/token';

type Get = (path: string) => Promise<string>;

async function withView(
  collector: FakeCollector,
  use: (get: Get, app: Hono) => Promise<void>,
  changes: Partial<PullOptions> = {},
): Promise<void> {
  await withTemporaryFolder(async (outDir) => {
    await pullOrFail(collector, outDir, changes);
    const dataset = await openDataset(outDir);
    const app = await createViewApp({ dataset, dir: outDir, token: 'token' });
    await use(async (path) => {
      const response = await app.request(`${BASE}${path}`);
      expect(response.status, path).toBe(200);
      return response.text();
    }, app);
    dataset.close();
  });
}

const row = (record: PublishedRow['record']) => aRow(CHARTER.hash, record);
const listed = (page: string) => Array.from(page.matchAll(/records\/([\w-]+)"/g), ([, id]) => id);

describe('an address that is not the viewer’s own', () => {
  it('is refused: of another name, without the token, and for anything but reading', () =>
    withView(aCollector([]), async (_get, app) => {
      const statusOf = async (url: string, init?: RequestInit) => (await app.request(url, init)).status;
      expect(await statusOf(`${BASE}/`)).toBe(200);
      expect(await statusOf('http://localhost:4000/token/')).toBe(200);
      expect(await statusOf('http://evil.example:4000/token/')).toBe(403);
      expect(await statusOf('http://127.0.0.1.evil.example:4000/token/')).toBe(403);
      expect(await statusOf('http://127.0.0.1:4000/')).toBe(404);
      expect(await statusOf('http://127.0.0.1:4000/tokens/')).toBe(404);
      expect(await statusOf(`${BASE}/`, { method: 'POST' })).toBe(405);
    }));

  it('tells nothing, and every answer allows nothing from elsewhere', () =>
    withView(aCollector([row(anEpisode(1))]), async (_get, app) => {
      for (const url of [`${BASE}/`, `${BASE}/style.css`, `${BASE}/nothing`, 'http://evil.example/token/']) {
        const { headers } = await app.request(url);
        expect(headers.get('content-security-policy'), url).toContain("default-src 'none'");
        expect(headers.get('cross-origin-resource-policy'), url).toBe('same-origin');
      }
      const refused = await (await app.request('http://evil.example/token/')).text();
      expect(refused).not.toContain(anEpisode(1).recordId);
    }));
});

describe('the list', () => {
  const quick = anEpisode(1, { steps: [aStep({ action: 'type', length: '5-9' })], outcome: 'done' });
  const slow = anEpisode(2, {
    steps: [aStep({ action: 'drag', pathFlags: ['overshot'] }), aStep(), aStep({ view: 1 })],
    views: [aView({ app: 'wiki' }), aView()],
    recordedWeek: '2026-W50',
  });

  it('is filtered by app, action, label, outcome, week and length, and sorted', () =>
    withView(aCollector([row(quick), row(slow)]), async (get) => {
      expect(listed(await get('/')).sort()).toEqual([quick.recordId, slow.recordId].sort());
      for (const query of [
        'app=wiki',
        'action=drag',
        'mark=overshot',
        'outcome=unknown',
        'week=2026-W50',
        'min=2',
      ])
        expect(listed(await get(`/?${query}`)), query).toEqual([slow.recordId]);
      for (const query of ['action=type', 'outcome=done', 'max=2&level=balanced'])
        expect(listed(await get(`/?${query}`)), query).toEqual([quick.recordId]);
      expect(listed(await get('/?action=type&app=wiki'))).toEqual([]);
      expect(listed(await get('/?sort=longest'))).toEqual([slow.recordId, quick.recordId]);
      expect(await get('/?action=drag')).toContain('1 of 2 episodes');
    }));

  it('takes nothing in an address as SQL or markup', () =>
    withView(aCollector([row(quick)]), async (get) => {
      const page = await get(`/?app=${encodeURIComponent("' OR 1=1 --<script>")}&min=-1&page=x&sort=drop`);
      expect(listed(page)).toEqual([]);
      expect(page).not.toContain('<script>');
    }));

  it('is shown page by page', () =>
    withView(aCollector(Array.from({ length: 60 }, (_, seed) => row(anEpisode(seed)))), async (get) => {
      const [first, second] = [listed(await get('/')), listed(await get('/?page=1'))];
      expect([first.length, second.length]).toEqual([50, 10]);
      expect(new Set([...first, ...second]).size).toBe(60);
    }));

  it('of nothing says so', () =>
    withView(aCollector(), async (get) => {
      expect(await get('/')).toContain('The dataset holds no episodes yet.');
      expect(await get('/motions')).toContain('There are none.');
      expect(await get('/distributions')).toContain('nothing to count yet');
    }));
});

describe('an episode', () => {
  it('shows its steps with pause, effect, label and gap, and each on its wireframe', () => {
    const steps = [
      aStep({ target: aTarget({ term: 'save' }), effect: 'dialogOpened', pauseBeforeMs: 2000 }),
      aStep({ action: 'press', key: 'arrowDown', pathFlags: ['hesitated'] }),
    ];
    const episode = anEpisode(1, { steps, gaps: [{ afterStep: 0, reason: 'sensitiveField' }] });
    return withView(aCollector([row(episode)]), async (get, app) => {
      const page = await get(`/records/${episode.recordId}`);
      const says = Array.from(page.matchAll(/data-says="([^"]*)"/g), ([, text]) => text);
      expect(says).toEqual([
        'click button “save” (main, column 4, row 5), after 2 s, effect dialog_opened',
        'gap: sensitive_field',
        'press arrow_down, after 0.5 s, effect none, hesitated',
      ]);
      expect(page.match(/data-moment=/g)).toHaveLength(3);
      expect(page.match(/class="stage-control used"/g)).toHaveLength(1);
      expect((await app.request(`${BASE}/records/nothing`)).status).toBe(404);
    });
  });
});

it('movements and typing runs are drawn one by one', () =>
  withView(aCollector([row(aMotion(1, { end: 'drag' })), row(aMotion(2)), row(aRhythm(1))]), async (get) => {
    const samples = aMotion(1).path.dtMs.length + 1;
    const page = await get('/motions?end=drag');
    expect(page).toContain(`${samples} samples`);
    expect(page.match(/<figure>/g)).toHaveLength(1);
    // A dot for each sample, and a ring around the first.
    expect(page.match(/<circle/g)).toHaveLength(samples + 1);
    const runs = await get('/rhythms');
    expect(runs.match(/<rect/g)).toHaveLength(aRhythm(1).intervalMs.length);
    expect(await get('/rhythms?corrections=none')).toContain('There are none.');
    expect(await get('/distributions/motion-ends.svg')).toContain('drag');
  }));

it('a trace is played with its movements and typing in place', () =>
  withView(
    aLinkedCollector(3),
    async (get, app) => {
      const trace = aLinkedTrace(2);
      const page = await get(`/records/${trace.recordId}`);
      expect(page.match(/class="moment motion"/g)).toHaveLength(trace.motions.length);
      expect(page.match(/class="moment rhythm"/g)).toHaveLength(trace.rhythms.length);
      expect(page).toContain('Typing runs');
      expect((await app.request(`${BASE}/motions`)).status).toBe(404);
    },
    { purpose: LINKED_PURPOSE },
  ));
