/**
 * How the control is built: the extension, but one that takes a batch for sent before it has an answer.
 *
 * The product has no such switch and no such code: it is put in while the control is built, and a build in which it
 * finds no place fails.
 */
import { mergeConfig, type UserConfig } from 'vite';
import { defineConfig, type ConfigEnv } from 'wxt';
import shipped from '../../wxt.config.ts';

const SENDER = '/src/upload/send.ts';
const ASKS = 'const outcome = await postBatch(';
const FORGETS = 'await settleAccepted(queue, batch.batchId);\n    ';

let places = 0;

const forgetFirst = {
  name: 'forget-before-the-answer',
  enforce: 'pre' as const,
  transform(code: string, id: string) {
    if (!id.replaceAll('\\', '/').endsWith(SENDER)) return undefined;
    const parts = code.split(ASKS);
    if (parts.length !== 2) throw new Error(`${SENDER}: “${ASKS}” is there ${parts.length - 1} times`);
    places += 1;
    return parts.join(FORGETS + ASKS);
  },
};

export default defineConfig({
  ...shipped,
  vite: async (environment: ConfigEnv) =>
    mergeConfig(((await shipped.vite?.(environment)) ?? {}) as UserConfig, { plugins: [forgetFirst] }),
  hooks: {
    ...shipped.hooks,
    'build:done': () => {
      if (places === 0) throw new Error(`${SENDER} is no part of the extension any more`);
    },
  },
});
