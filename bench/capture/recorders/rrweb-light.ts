/**
 * Contestant `rrweb-light`: rrweb with the lightest settings that still tell where the pointer was and what was
 * pressed: pointer and scrolling thinned out as its guide suggests, no input, no media, no styles, a slim snapshot.
 *
 * Changes of the page cannot be switched off; they are not sent, as in a recorder of interaction alone.
 * Runs in the page's isolated world.
 */
import { EventType, IncrementalSource, record, type eventWithTime } from 'rrweb';
import { startSending } from './send-events.ts';

const send = startSending();

record({
  emit: (event: eventWithTime) => {
    const isChange =
      event.type === EventType.IncrementalSnapshot && event.data.source === IncrementalSource.Mutation;
    if (!isChange) send(event);
  },
  sampling: { mousemove: 50, scroll: 150, media: 800, input: 'last', mouseInteraction: true },
  slimDOMOptions: 'all',
  inlineStylesheet: false,
  collectFonts: false,
  recordCanvas: false,
  maskAllInputs: true,
});
