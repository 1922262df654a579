import { expect, test } from 'vitest';
import { refuseUnknownVariables, startArguments } from './settings.ts';
import { readSettings, SETTINGS, variableOf } from './settings-table.ts';

const needed = { charter: 'charter.json', data: 'data' };

test('what is not given is as the table says', () => {
  expect(readSettings(needed)).toEqual({
    charter: 'charter.json',
    data: 'data',
    port: 8787,
    host: '127.0.0.1',
    'tls-cert': undefined,
    'tls-key': undefined,
    'metrics-port': undefined,
    'metrics-host': '127.0.0.1',
    'log-level': 'info',
    'batches-per-minute': 1,
    'batches-per-day': 400,
    'erasures-per-minute': 5,
    'batches-at-once': 64,
    'drain-seconds': 0,
  });
});

test.each([
  ['port', '70000', 'port: must be a whole number from 0 to 65535'],
  ['port', '', 'port: needs a value'],
  ['port', false, 'port: needs a value'],
  ['metrics-port', '0x10', 'metrics-port: must be a whole number from 0 to 65535'],
  ['log-level', 'loud', 'log-level: must be one of debug, info, warn, error, silent'],
  ['batches-per-minute', '0', 'batches-per-minute: must be a whole number from 1 to 1000000'],
  ['batches-per-day', '-5', 'batches-per-day: must be a whole number from 1 to 1000000'],
  ['drain-seconds', '1.5', 'drain-seconds: must be a whole number from 0 to 300'],
  ['batches-at-once', 'many', 'batches-at-once: must be a whole number from 1 to 10000'],
  ['charter', undefined, 'charter: is missing; use --charter or PROFFER_CHARTER'],
])('%s given as %j is refused by name', (name, value, message) => {
  expect(() => readSettings({ ...needed, [name]: value })).toThrow(message);
});

test('each setting has a flag and a variable of its own', () => {
  expect(Object.keys(startArguments())).toEqual(Object.keys(SETTINGS));
  expect(variableOf('tls-cert')).toBe('PROFFER_TLS_CERT');
  const variables = Object.keys(SETTINGS).map(variableOf);
  expect(new Set(variables).size).toBe(variables.length);
});

test('a variable that looks like a setting and is none is refused; those of the build are not ours', () => {
  expect(() => refuseUnknownVariables({ PROFFER_PROT: '1', PROFFER_PORT: '2' })).toThrow(
    'PROFFER_PROT: no such setting',
  );
  expect(() => refuseUnknownVariables({ PROFFER_PORT: '2', PROFFER_OUT: 'x', PATH: '/bin' })).not.toThrow();
});
