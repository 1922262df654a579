import { expect, it } from 'vitest';
import { routeShape } from './route-shape.ts';

it('keeps plain lower-case words and replaces everything else', () => {
  expect(routeShape('/tickets/4711/edit')).toBe('/tickets/:id/edit');
  expect(routeShape('/Users/anna.smith@example.com/orders-open')).toBe('/:id/:id/orders-open');
  expect(routeShape('/%C3%A9/v2/a_b')).toBe('/:id/:id/:id');
});

it('takes the root, doubled slashes and a slash at the end for what they are', () => {
  expect(routeShape('/')).toBe('/');
  expect(routeShape('//tickets//')).toBe('/tickets');
});

it('is short, whatever the path', () => {
  expect(routeShape(`/${'a'.repeat(25)}`)).toBe('/:id');
  expect(routeShape('/a'.repeat(50))).toBe('/a'.repeat(8));
});
