/**
 * Has the stores of a test file be on the PostgreSQL under test.
 *
 * Runs before each test file of that project.
 */
import { inject } from 'vitest';
import { POSTGRES_VARIABLE } from './test-store.ts';

process.env[POSTGRES_VARIABLE] = inject('postgresUrl');
