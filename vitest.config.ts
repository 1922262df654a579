/**
 * Unit tests: the extension's with a fake browser, the collector's and the dataset command's in plain Node.
 */
import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';

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
          exclude: ['server/store/postgres.test.ts', 'server/several-collectors.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        // The collector's tests once more, on PostgreSQL; what is about files, processes or time alone is left out.
        test: {
          name: 'postgres',
          include: ['server/**/*.test.ts'],
          exclude: [
            'server/listen.test.ts',
            'server/start.test.ts',
            'server/tls.test.ts',
            'server/disk.test.ts',
            'server/housekeeping.test.ts',
            'server/join-page.test.ts',
            'server/store/settling.test.ts',
            'server/store/sqlite.test.ts',
            'server/store/group-commit.test.ts',
            'server/store/access-chain.test.ts',
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
