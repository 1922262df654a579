import { expect, test } from 'vitest';
import { openLog, type LogLevel } from './log.ts';

function logging(level?: LogLevel) {
  const lines: string[] = [];
  return { log: openLog(level, { write: (line) => void lines.push(line) }), lines };
}

test('writes one JSON line an event, with its time, its level and the facts, and nothing of the machine', () => {
  const { log, lines } = logging();
  log('sealed', { number: 3, motion: 12 });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^\{.*\}\n$/);
  const { at, ...rest } = JSON.parse(lines[0]!) as { at: string };
  expect(new Date(at).toISOString()).toBe(at);
  expect(rest).toEqual({ level: 'info', event: 'sealed', number: 3, motion: 12 });
});

test('keeps still below its level', () => {
  const { log, lines } = logging('warn');
  log('settled');
  log('request', { route: '/docs', status: 200 });
  log('disk-low', { freeMegabytes: 1 });
  log('housekeeping-failed', { name: 'Error' });
  expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual(['warn', 'error']);
});
