import { expect, it } from 'vitest';
import { publicRoute } from './route-words.ts';

it('keeps public words and takes every other for an id', () => {
  expect(publicRoute('/tickets/:id/edit')).toBe('/tickets/:id/edit');
  expect(publicRoute('/users/alice-jones/inbox')).toBe('/users/:id/inbox');
  expect(publicRoute('/users/:id/inbox')).toBe('/users/:id/inbox');
});

it('does not tell how deep folders go that users made', () => {
  expect(publicRoute('/files/a/b/c')).toBe('/files/:id/:id/:id');
  expect(publicRoute('/files/a/:id/c/d/e/edit')).toBe('/files/:id/:id/:id/edit');
  expect(publicRoute('/a/b/files/c/d')).toBe('/:id/:id/files/:id/:id');
});

it('leaves what it has made as it is', () => {
  for (const route of ['/', '/a/b/c/d/e', '/tickets/x', '/a/tickets/b/c/d/e'])
    expect(publicRoute(publicRoute(route))).toBe(publicRoute(route));
});
