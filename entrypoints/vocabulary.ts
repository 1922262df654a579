/**
 * The vocabulary: the lists of public words, as a script beside the recorder, in the same frames and before it.
 *
 * In the page's isolated world. Wiring only. Listens to nothing and reads nothing of the page: it hands look-ups to the
 * recorder, and the newest hands over last.
 */
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { offerPublicWords } from '../src/capture/public-words.ts';
import { routeShape } from '../src/capture/route-shape.ts';
import { publicRoute } from '../src/capture/route-words.ts';
import { createTermLookup } from '../src/capture/vocabulary-lookup.ts';

export default defineUnlistedScript(() => {
  offerPublicWords({
    termOf: createTermLookup(),
    routeOf: (pathname) => publicRoute(routeShape(pathname)),
  });
});
