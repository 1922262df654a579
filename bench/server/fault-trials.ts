/**
 * Faults of a collector on its SQLite file: each a trial that ends with what was found of what was acknowledged.
 *
 * Runs in Node. After each fault the files are read before any collector touches them; then one is started on them, gets
 * again what it never acknowledged, and all is counted once more.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { charterHash } from '../../src/charter/charter-hash.ts';
import { dayOf } from '../../src/trace/primitives.ts';
import type { Random } from '../../src/trace/random.ts';
import { openChildServer } from './child-server.ts';
import { createCollectorKey, openCollectorProcess } from './collector-process.ts';
import { openLedger, worst, type Ledger, type Verdict } from './fault-ledger.ts';
import { sendUnknown, startLoad, wait } from './fault-load.ts';
import { freshRecords, packRecords, type Origin, type PackedBatch } from './fresh-records.ts';
import { openClient } from './http-client.ts';
import { loadCharter } from './load-charter.ts';
import { flushDisk, openDisk, openNewDisk } from './loop-disk.ts';
import { dayOfRecords, simulateDays } from './simulated-day.ts';
import { readSqliteRecords } from './stored-records.ts';
import type { AddCloser } from './with-closers.ts';

/** What all trials of a run share. */
export interface Ground {
  charterFile: string;
  /** A data directory that a collector has used before, to be copied. */
  template: string;
  participantKey: string;
  random: Random;
  createBatch: () => PackedBatch;
}

/** A place of its own for one trial. */
export interface TrialPlace {
  dir: string;
  onClose: AddCloser;
}

const MIB = 2 ** 20;
const BATCH_RECORDS = 20;
const PEOPLE = 4;
const RECORDS_PER_DAY = 2500;
/** Large enough that the collector does not call it low; the image holds only what was written. */
export const DISK_BYTES = 1700 * MIB;
/** Filled at once up to this, and then by small pieces, since the collector writes at the same time. */
const ROUGHLY_FREE_BYTES = 32 * MIB;
const PIECE_BYTES = MIB / 4;

export async function openGround(dir: string, random: Random): Promise<Ground> {
  const charter = loadCharter();
  const charterFile = join(dir, 'charter.json');
  writeFileSync(charterFile, JSON.stringify(charter));
  const template = join(dir, 'template');
  const participantKey = createCollectorKey('participant', template);
  const first = await openCollectorProcess({ charterFile, dataDir: template });
  await first.stop('SIGTERM');
  const days = await simulateDays(PEOPLE, random);
  const counts = dayOfRecords(days, RECORDS_PER_DAY);
  const origin: Origin = {
    charter: await charterHash(charter),
    expectedParticipants: charter.expectedParticipants,
    recordedOn: dayOf(Date.now()),
  };
  const createBatch = () => {
    const records = freshRecords(BATCH_RECORDS, counts, days, origin, random);
    return packRecords(
      records.map(({ record }) => record),
      origin.charter,
    );
  };
  return { charterFile, template, participantKey, random, createBatch };
}

/** The collector is killed with SIGKILL while it takes batches. */
export async function killTrial(ground: Ground, { dir, onClose }: TrialPlace): Promise<Verdict> {
  const dataDir = copyTemplate(ground, dir);
  const ledger = openLedger();
  const collector = await openLoadedCollector(ground, dataDir, ledger, onClose);
  await wait(loadedMs(ground));
  await collector.kill();
  return judgeAndRecover(ground, dataDir, ledger, onClose);
}

/** The collector is killed, and of what it wrote only what had reached the disk is left. */
export async function powerCutTrial(ground: Ground, { dir, onClose }: TrialPlace): Promise<Verdict> {
  const disk = openNewDisk(join(dir, 'disk.img'), join(dir, 'disk'), DISK_BYTES, onClose);
  const dataDir = copyTemplate(ground, disk.dir);
  // The collector has been here for long: keys and secrets were written out in their time.
  flushDisk(disk);
  const ledger = openLedger();
  const collector = await openLoadedCollector(ground, dataDir, ledger, onClose);
  await wait(loadedMs(ground));
  await collector.kill();
  disk.copyAsCut(join(dir, 'cut.img'));
  disk.unmount();
  const cut = openDisk(join(dir, 'cut.img'), join(dir, 'cut'), onClose);
  return judgeAndRecover(ground, dataDirIn(cut.dir), ledger, onClose);
}

/** The control: the same with the stand-in that does not wait for the disk. */
export async function powerCutControl(ground: Ground, { dir, onClose }: TrialPlace): Promise<Verdict> {
  const disk = openNewDisk(join(dir, 'disk.img'), join(dir, 'disk'), DISK_BYTES, onClose);
  const path = databaseIn(copyTemplate(ground, disk.dir));
  flushDisk(disk);
  const ledger = openLedger();
  const standIn = await openChildServer('stand-in.ts', path, 'NORMAL');
  onClose(standIn.kill);
  const client = openClient(standIn.url, '');
  onClose(client.close);
  const load = startLoad([client], ledger, ground.createBatch);
  await wait(loadedMs(ground));
  await standIn.kill();
  await load.stop();
  disk.copyAsCut(join(dir, 'cut.img'));
  disk.unmount();
  const cut = openDisk(join(dir, 'cut.img'), join(dir, 'cut'), onClose);
  return judge(dataDirIn(cut.dir), ledger);
}

/** The disk fills up under the collector, and is given room again. */
export async function diskFullTrial(ground: Ground, { dir, onClose }: TrialPlace): Promise<Verdict> {
  const disk = openNewDisk(join(dir, 'disk.img'), join(dir, 'disk'), DISK_BYTES, onClose);
  const dataDir = copyTemplate(ground, disk.dir);
  const ledger = openLedger();
  const collector = await openLoadedCollector(ground, dataDir, ledger, onClose);
  await wait(loadedMs(ground));
  const ballast = fillDisk(disk.dir);
  await wait(1000 + loadedMs(ground));
  await collector.stopLoad();
  if (ledger.unknown().length === 0) throw new Error('the collector did not notice that the disk was full');
  const whileFull = judge(dataDir, ledger);
  rmSync(ballast, { recursive: true });
  await sendUnknown(collector.client, ledger);
  await collector.end();
  return worst([whileFull, judge(dataDir, ledger)]);
}

/** Leaves less room than one piece. @returns the folder that takes up the rest. */
export function fillDisk(dir: string): string {
  const ballast = join(dir, 'ballast');
  mkdirSync(ballast);
  const take = (name: string, sizeBytes: number) =>
    spawnSync('fallocate', ['-l', String(sizeBytes), join(ballast, name)]).status === 0;
  const { bavail, bsize } = statfsSync(dir);
  if (!take('most', bavail * bsize - ROUGHLY_FREE_BYTES)) throw new Error('the disk could not be filled');
  for (let piece = 0; take(String(piece), PIECE_BYTES); piece += 1);
  return ballast;
}

async function openLoadedCollector(ground: Ground, dataDir: string, ledger: Ledger, onClose: AddCloser) {
  const { charterFile, participantKey, createBatch } = ground;
  const collector = await openCollectorProcess({ charterFile, dataDir });
  onClose(() => collector.stop('SIGKILL'));
  const client = openClient(collector.url, participantKey);
  onClose(client.close);
  const load = startLoad([client], ledger, createBatch);
  return {
    client,
    stopLoad: load.stop,
    kill: async () => {
      await collector.stop('SIGKILL');
      await load.stop();
    },
    end: () => collector.stop('SIGTERM'),
  };
}

async function judgeAndRecover(ground: Ground, dataDir: string, ledger: Ledger, onClose: AddCloser) {
  const { charterFile, participantKey } = ground;
  const found = judge(dataDir, ledger);
  const collector = await openCollectorProcess({ charterFile, dataDir });
  onClose(() => collector.stop('SIGKILL'));
  const client = openClient(collector.url, participantKey);
  await sendUnknown(client, ledger);
  client.close();
  await collector.stop('SIGTERM');
  return worst([found, judge(dataDir, ledger)]);
}

function judge(dataDir: string, ledger: Ledger): Verdict {
  const { rows, faults } = readSqliteRecords(databaseIn(dataDir));
  return ledger.judge(rows, faults);
}

function copyTemplate({ template }: Ground, dir: string): string {
  const dataDir = dataDirIn(dir);
  cpSync(template, dataDir, { recursive: true });
  return dataDir;
}

function dataDirIn(dir: string): string {
  return join(dir, 'data');
}

function databaseIn(dataDir: string): string {
  return join(dataDir, 'proffer.sqlite');
}

/** How long there is load before something breaks. */
function loadedMs({ random }: Ground): number {
  return 300 + Math.round(1200 * random());
}
