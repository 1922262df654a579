/**
 * The learner of the audits: scikit-learn in a process of its own, spoken to over pipes.
 *
 * Runs on the auditor's computer only. Python has the well-kept learners that JavaScript lacks. The process sees
 * features and numbers, writes no file and opens no connection, and ends with `close`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { findPython } from '../../../scripts/find-python.mjs';

/** Rows of equal length, in row order. */
export interface Matrix {
  rows: number;
  columns: number;
  values: Float32Array;
}

export interface Learner {
  /**
   * Asks for one operation of `learner.py`; requests are answered one after the other.
   *
   * @throws Error with the learner's own words if it could not be answered.
   */
  ask(operation: string, head: object, arrays: Record<string, Matrix>): Promise<Record<string, Matrix>>;
  close(): Promise<void>;
}

interface Head {
  error?: string;
  arrays: { name: string; rows: number; columns: number }[];
}

/** @throws Error if no Python with scikit-learn is found. */
export function openLearner(): Learner {
  const python = findPython();
  if (python === undefined)
    throw new Error('no Python with scikit-learn found; run: node scripts/setup.mjs, or set PROFFER_PYTHON');
  const script = fileURLToPath(new URL('learner.py', import.meta.url));
  const learner = spawn(python, ['-B', '-W', 'ignore', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // One thread: several learners run beside each other, and sums come out the same every time.
    env: { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', PYTHONHASHSEED: '0' },
  });
  const ended = once(learner, 'close');
  const bytes = learner.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let buffered: Buffer = Buffer.alloc(0);
  let last: Promise<unknown> = Promise.resolve();

  async function read(count: number): Promise<Buffer> {
    const parts = [buffered];
    let length = buffered.length;
    while (length < count) {
      const next = await bytes.next();
      if (next.done) throw new Error('the learner ended before it answered');
      parts.push(next.value);
      length += next.value.length;
    }
    const all = Buffer.concat(parts);
    buffered = all.subarray(count);
    return all.subarray(0, count);
  }

  async function ask(operation: string, head: object, arrays: Record<string, Matrix>) {
    const listed = Object.entries(arrays).map(([name, { rows, columns }]) => ({ name, rows, columns }));
    const encoded = Buffer.from(JSON.stringify({ ...head, operation, arrays: listed }));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(encoded.length);
    learner.stdin.write(Buffer.concat([length, encoded]));
    for (const { values } of Object.values(arrays))
      learner.stdin.write(Buffer.from(values.buffer, values.byteOffset, values.byteLength));
    const answer = JSON.parse((await read((await read(4)).readUInt32LE())).toString()) as Head;
    if (answer.error !== undefined) throw new Error(`learner: ${operation}: ${answer.error}`);
    const found: Record<string, Matrix> = {};
    for (const { name, rows, columns } of answer.arrays) {
      const content = await read(4 * rows * columns);
      const values = new Float32Array(rows * columns);
      new Uint8Array(values.buffer).set(content);
      found[name] = { rows, columns, values };
    }
    return found;
  }

  return {
    ask(operation, head, arrays) {
      const answered = last.then(() => ask(operation, head, arrays));
      last = answered.catch(() => undefined);
      return answered;
    },
    async close() {
      learner.stdin.end();
      await ended;
    },
  };
}

/** Rows of numbers as one matrix. */
export function matrixOf(rows: readonly (readonly number[])[]): Matrix {
  const columns = rows[0]?.length ?? 0;
  const values = new Float32Array(rows.length * columns);
  rows.forEach((row, index) => {
    if (row.length !== columns) throw new RangeError(`row ${index} has ${row.length} of ${columns} columns`);
    values.set(row, index * columns);
  });
  return { rows: rows.length, columns, values };
}
