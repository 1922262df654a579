/**
 * Unit tests: the extension's with a fake browser, the dataset command's in plain Node, the collector's there on SQLite
 * and on PostgreSQL.
 */
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';

// The many commands and collectors that tests start need not compile the same files each time.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/node-compile');

const ONLY_POSTGRES = ['server/store/postgres.test.ts', 'server/several-collectors.test.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [WxtVitest()],
        test: {
          name: 'extension',
          include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
          setupFiles: ['src/testing/setup.ts'],
          testTimeout: 30_000,
          mockReset: true,
          restoreMocks: true,
        },
      },
      {
        test: {
          name: 'node',
          include: [
            'server/**/*.test.ts',
            'dataset/**/*.test.ts',
            'scripts/**/*.test.ts',
            'demo/*.test.ts',
            'bench/**/*.test.ts',
          ],
          exclude: ONLY_POSTGRES,
          testTimeout: 30_000,
        },
      },
      {
        // The collector's tests once more, on PostgreSQL: all in which the store has a part.
        test: {
          name: 'postgres',
          include: [
            'server/{access-log,app,erase,ingest,ingest-refusals,keys-command,linked,pull,restore,store}.test.ts',
            ...ONLY_POSTGRES,
          ],
          globalSetup: ['server/testing/postgres-under-test.ts'],
          setupFiles: ['server/testing/use-postgres.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
});
