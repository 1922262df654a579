/**
 * Finds a Python that has scikit-learn, which the audits learn with.
 *
 * Plain JavaScript, since set-up runs it before anything is installed.
 */
import { spawnSync } from 'node:child_process';

/** @returns {string | undefined} the command, or undefined if there is none. */
export function findPython() {
  const candidates = [process.env.PROFFER_PYTHON, 'python3', '/usr/bin/python3'];
  return candidates.find(
    (python) => python && spawnSync(python, ['-c', 'import sklearn'], { stdio: 'ignore' }).status === 0,
  );
}
