/**
 * The address of a view -> the shape of its route.
 *
 * In the page. Keeps plain lower-case words of the path and replaces everything else, so that numbers, names and
 * ids never get further than this function. Never sees query or fragment. Pure.
 */
const MAX_SEGMENTS = 8;
const PLAIN_WORD = /^[a-z-]{1,24}$/;

/** Shape of a path such as `/tickets/:id`; hashed in the background before it is stored. */
export function routeShape(pathname: string): string {
  const segments = pathname.split('/').filter((segment) => segment !== '');
  return `/${segments
    .slice(0, MAX_SEGMENTS)
    .map((segment) => (PLAIN_WORD.test(segment) ? segment : ':id'))
    .join('/')}`;
}
