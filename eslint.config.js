/**
 * The house style as far as a machine can hold it, and who may import whom (ARCHITECTURE.md has the reasons).
 */
import { importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** What each folder may import of ours. `server` and `dataset` reach nothing else of `src`. */
const MAY_IMPORT = {
  'src/charter': [],
  'src/trace': ['src/charter'],
  'src/package': ['src/charter'],
  'src/consent': ['src/charter'],
  'src/capture': ['src/trace'],
  'src/anonymize': ['src/trace', 'src/charter', 'src/capture'],
  'src/queue': ['src/trace', 'src/charter'],
  'src/upload': ['src/trace', 'src/charter', 'src/queue'],
  'src/placement': ['src/charter', 'src/consent', 'src/messages.ts'],
  'src/popup': [
    'src/consent',
    'src/charter',
    'src/queue',
    'src/command-names.ts',
    'src/messages.ts',
    'src/package',
    'src/recording-cost.ts',
    'src/running-task.ts',
    'src/trace',
    'src/replay',
  ],
  'src/replay': ['src/trace'],
  'src/my-data': [
    'src/consent',
    'src/charter',
    'src/queue',
    'src/messages.ts',
    'src/as-sent.ts',
    'src/popup',
    'src/trace',
    'src/replay',
  ],
  'src/linked-consent': ['src/consent', 'src/charter', 'src/messages.ts', 'src/popup', 'src/trace'],
  'src/join': ['src/consent', 'src/charter', 'src/messages.ts', 'src/popup'],
  server: ['src/trace', 'src/charter', 'src/package'],
  dataset: ['src/trace', 'src/charter', 'src/replay'],
};

const OURS = ['src', 'entrypoints', 'server', 'dataset', 'demo', 'e2e', 'scripts', 'bench'];

/** Each folder may see itself and what its row lists, and no other folder of ours. */
const zones = Object.entries(MAY_IMPORT).flatMap(([target, allowed]) => {
  const siblings = Object.keys(MAY_IMPORT).filter((folder) => folder.startsWith('src/'));
  const closed = [...siblings, 'src/*.ts', ...OURS.filter((folder) => folder !== 'src')].filter(
    (folder) => folder !== target && !allowed.includes(folder),
  );
  return closed.map((from) => {
    const isGlob = from.includes('*');
    const exceptions = allowed.filter((path) => path.startsWith('src/') && path.endsWith('.ts'));
    return {
      target: `./${target}`,
      from: isGlob
        ? `./src/!(${['-', ...exceptions.map((path) => path.slice(4, -3))].join('|')}).ts`
        : `./${from}`,
      message: `${target} may import only: ${allowed.join(', ') || 'nothing of ours'}.`,
    };
  });
});

/** Recorders of others, which capture is measured beside: imported where that is done, and nowhere else. */
const PEERS = ['rrweb', 'posthog-js', '@sentry/*', '@openreplay/*', 'clarity-js'];
const peersAreMeasuredOnly = {
  group: PEERS.flatMap((name) => [name, `${name}/**`]),
  message:
    'Peers are measured in bench/capture only; rrweb is also what the export in its format is tested by.',
};

export default tseslint.config(
  { ignores: ['node_modules', '.output', '.wxt', 'demo-out', 'test-results', 'demo/app', 'coverage'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.json', 'tsconfig.node.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { 'import-x': importX },
    // Without the extensions `no-cycle` silently finds nothing.
    settings: {
      'import-x/extensions': ['.ts', '.tsx'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
      'import-x/resolver': { node: { extensions: ['.ts', '.tsx'] } },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      // Indexing columns of equal length is common here; the lengths are proven by the schemas.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
      'no-console': ['error', { allow: ['error'] }],
      'max-lines': ['error', { max: 300, skipComments: true, skipBlankLines: true }],
    },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    // An export in rrweb's format is held against rrweb itself, in a test and nowhere else.
    ignores: ['bench/capture/**', 'dataset/export/rrweb.test.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [peersAreMeasuredOnly] }] },
  },
  {
    // The page gets no schema library: it would grow the recorder tenfold.
    files: ['src/capture/**/*.ts', 'entrypoints/recorder.ts'],
    ignores: ['src/capture/fragments.ts', '**/*.test.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: ['zod'],
          patterns: [
            { group: ['**/capture/fragments.ts', './fragments.ts'], allowTypeImports: true },
            peersAreMeasuredOnly,
          ],
        },
      ],
    },
  },
  {
    files: ['src/**', 'entrypoints/**'],
    ignores: ['**/*.test.ts', '**/*.test.tsx'],
    rules: { 'no-restricted-imports': ['error', { patterns: ['node:*'] }] },
  },
  {
    files: ['demo/**/*.ts', 'scripts/**/*.ts', 'dataset/**/*.ts', 'server/**/*.ts', 'bench/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    // What a data team installs runs on Node 20, which has neither.
    files: ['dataset/**/*.ts', 'src/{charter,replay,trace}/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...['Map', 'Object'].map((object) => ({
          object,
          property: 'groupBy',
          message: 'Use groupBy of dataset/export/group-by.ts.',
        })),
      ],
    },
  },
  {
    // Generated figures, a line each.
    files: ['dataset/utility-figures.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['**/*.test.ts', '**/*.test.tsx', 'e2e/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/unbound-method': 'off',
      // A list of claims is read one by one.
      'max-lines': ['error', { max: 600, skipComments: true, skipBlankLines: true }],
    },
  },
);
