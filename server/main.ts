#!/usr/bin/env node
/**
 * The `proffer-server` command: starts the collector, seals releases, keeps keys and charters, makes invitations,
 * install kits and compliance packs.
 *
 * Runs on the organisation's server. Commands work on the data directory while the collector runs. A key is printed
 * once, when it is made. Must never print recorded data.
 */
import { randomBytes } from 'node:crypto';
import { defineCommand, runMain } from 'citty';
import { charterHash } from '../src/charter/charter-hash.ts';
import type { Charter } from '../src/charter/charter.ts';
import { PATHS } from '../src/trace/collector-api.ts';
import { dayOf } from '../src/trace/primitives.ts';
import { readCharterFile } from './charter-file.ts';
import { complianceCommand } from './compliance-command.ts';
import {
  accessLogCommand,
  backupCommand,
  erasuresCommand,
  migrateCommand,
  releaseCommand,
} from './data-commands.ts';
import { forgetOld, sealNow } from './housekeeping.ts';
import { keysCommand } from './keys-command.ts';
import { kitCommand, serveExtensionCommand } from './extension-commands.ts';
import { openCollector } from './listen.ts';
import { openLog } from './log.ts';
import { obeySignals } from './obey-signals.ts';
import { openSecrets } from './secrets.ts';
import {
  charterSetting,
  dataSetting,
  endWithMessage,
  optionalCharter,
  refuseUnknownVariables,
  startArguments,
} from './settings.ts';
import { readSettings } from './settings-table.ts';
import { withStore } from './store-location.ts';
import type { Store } from './store.ts';
import { tlsFilesOf } from './tls.ts';

const startCommand = defineCommand({
  meta: { name: 'start', description: 'Start the collector' },
  args: startArguments,
  run: endWithMessage(async (given: Record<string, unknown>) => {
    refuseUnknownVariables(process.env);
    const settings = readSettings(given);
    const metricsPort = settings['metrics-port'];
    const opening = openCollector({
      charter: settings.charter,
      dataDir: settings.data,
      port: settings.port,
      host: settings.host,
      tls: tlsFilesOf(settings['tls-cert'], settings['tls-key']),
      metrics: metricsPort === undefined ? undefined : { port: metricsPort, host: settings['metrics-host'] },
      rates: {
        batchesPerMinute: settings['batches-per-minute'],
        batchesPerDay: settings['batches-per-day'],
        erasuresPerMinute: settings['erasures-per-minute'],
      },
      batchesAtOnce: settings['batches-at-once'],
      drainMs: settings['drain-seconds'] * 1000,
      log: openLog(settings['log-level']),
    });
    // Before it is open: whoever sees it start may send a signal in the same moment.
    obeySignals(opening, settings['drain-seconds'] * 1000);
    await opening;
  }),
});

const sealCommand = defineCommand({
  meta: { name: 'seal', description: 'Seal a release now, as far as the thresholds allow' },
  args: () => ({ charter: optionalCharter(), data: dataSetting }),
  run: endWithMessage(async ({ charter, data }: { charter?: string; data: string }) => {
    const now = Date.now();
    await withStore(data, async (store) => {
      if (charter !== undefined) await checkIsCurrent(store, readCharterFile(charter));
      await forgetOld(store, now);
      const sealed = await sealNow(store, now, openLog());
      if (sealed.releases.length === 0) console.log('Nothing may be sealed yet.');
      for (const { number, motion, rhythm, episode, trace } of sealed.releases) {
        const holds =
          trace > 0 ? `${trace} linked traces` : `${motion} motions, ${rhythm} rhythms, ${episode} episodes`;
        console.log(`Release ${number}: ${holds}.`);
      }
    });
  }),
});

/** Sealing must not supersede a charter by the way. */
async function checkIsCurrent(store: Store, charter: Charter): Promise<void> {
  const held = await store.findCharter(await charterHash(charter));
  if (held?.state !== 'current') throw new Error('charter: is not the current charter of this collector');
}

const inviteCommand = defineCommand({
  meta: { name: 'invite', description: 'Print the invitation link of a joinable study; make one per study' },
  args: { charter: charterSetting, data: dataSetting },
  run: endWithMessage(({ charter, data }: Record<'charter' | 'data', string>) => {
    const { collectorUrl } = readCharterFile(charter);
    if (openSecrets(data).joinKey() === undefined) {
      throw new Error(
        'data: the study is not joinable; run "keys create --role participant --name NAME --joinable" first',
      );
    }
    console.log(`${collectorUrl.replace(/\/$/, '')}${PATHS.join}#${randomBytes(32).toString('base64url')}`);
    console.error(
      'Give everyone in the study this same link. It holds the hashing key, which is stored nowhere.',
    );
  }),
});

const withdrawCommand = defineCommand({
  meta: {
    name: 'withdraw',
    description: 'Withdraw a charter: its batches are refused, its pool is never released',
  },
  args: { data: dataSetting, hash: { type: 'string', required: true, description: 'The charter’s hash' } },
  run: endWithMessage(async ({ data, hash }: Record<'data' | 'hash', string>) => {
    const isHeld = await withStore(data, (store) => store.withdrawCharter(hash, dayOf(Date.now())));
    if (!isHeld) throw new Error('hash: this collector holds no such charter');
    console.log('Withdrawn.');
  }),
});

const mainCommand = defineCommand({
  meta: { name: 'proffer-server', description: 'The collector: receives, seals and hands out records' },
  subCommands: {
    start: startCommand,
    seal: sealCommand,
    keys: keysCommand,
    invite: inviteCommand,
    withdraw: withdrawCommand,
    release: releaseCommand,
    'access-log': accessLogCommand,
    migrate: migrateCommand,
    backup: backupCommand,
    erasures: erasuresCommand,
    'serve-extension': serveExtensionCommand,
    kit: kitCommand,
    compliance: complianceCommand,
  },
});

await runMain(mainCommand);
