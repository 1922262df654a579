import { describe, expect, it } from 'vitest';
import { RawMessage } from '../capture/fragments.ts';
import { aMovement, aStep, aTarget } from '../testing/builders.ts';
import { composePlaces } from './compose-places.ts';

const message = (windowPlace?: RawMessage['windowPlace']) =>
  RawMessage.parse({
    frame: 'F'.repeat(22),
    number: 0,
    permit: 'p',
    fragments: [aMovement(), aStep({ target: aTarget({ xPx: 10, yPx: 20 }), destination: aTarget() })],
    ...(windowPlace && { windowPlace }),
  });
const top = { xPx: 100, yPx: 180, widthPx: 1200, heightPx: 700 };

describe('places in a frame that cannot see the page around it', () => {
  it('become places of the page, against its viewport', () => {
    const [movement, step] = composePlaces(message({ xPx: 400, yPx: 500, widthPx: 300, heightPx: 200 }), top);
    expect(step).toMatchObject({
      target: { xPx: 310, yPx: 340, viewportWidthPx: 1200, viewportHeightPx: 700 },
      destination: { xPx: 400, yPx: 420 },
    });
    // Paths are told from their start.
    expect(movement).toEqual(message().fragments[0]);
  });

  it('stay as they are where either is not known', () => {
    const known = message({ xPx: 400, yPx: 500, widthPx: 300, heightPx: 200 });
    expect(composePlaces(known, undefined)).toBe(known.fragments);
    expect(composePlaces(message(), top)).toEqual(message().fragments);
  });
});
