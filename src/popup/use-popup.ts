/**
 * Keeps the popup's picture of the state fresh, and runs one action of the person at a time.
 *
 * Runs in the popup. While an action is under way the picture stands still, so that the new state is shown only once
 * it holds in every tab.
 */
import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { readNumbers, readStanding, type Snapshot } from './snapshot.ts';

/** Counters are read again this often while the popup is open. */
const REFRESH_MS = 1000;

/** Runs what a button does; resolves once what it changed is shown. Presses meanwhile are ignored. */
export type RunAction = (action: () => Promise<unknown>) => Promise<void>;

export interface PopupState {
  /** Undefined until first read. */
  snapshot: Snapshot | undefined;
  isBusy: boolean;
  /** Whether the last action was not confirmed. */
  hasFailed: boolean;
  run: RunAction;
}

export function usePopup(tabId: number | undefined): PopupState {
  const [snapshot, setSnapshot] = useState<Snapshot>();
  const [isBusy, setBusy] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const underWay = useRef(false);
  const lastBegun = useRef(0);
  /** Reads up to this one are no longer shown. */
  const lastShown = useRef(0);

  const refresh = useCallback(async () => {
    if (underWay.current) return;
    const readNumber = ++lastBegun.current;
    const standing = await readStanding(tabId);
    // At first the state is shown without the numbers, which come a moment later; afterwards both at once.
    setSnapshot((before) => before ?? { ...standing, numbers: undefined });
    const numbers = await readNumbers();
    // A slow read never replaces a newer one, and a newer one that has only begun never keeps it back.
    if (readNumber <= lastShown.current) return;
    lastShown.current = readNumber;
    setSnapshot({ ...standing, numbers });
  }, [tabId]);

  // Reads at once: an ordinary effect waits until the empty window has been drawn.
  useLayoutEffect(() => {
    const onChanged = () => void refresh();
    onChanged();
    const timer = setInterval(onChanged, REFRESH_MS);
    browser.storage.onChanged.addListener(onChanged);
    return () => {
      clearInterval(timer);
      browser.storage.onChanged.removeListener(onChanged);
    };
  }, [refresh]);

  const run: RunAction = useCallback(
    async (action) => {
      if (underWay.current) return;
      underWay.current = true;
      // What was being read when the action began must not be shown after it.
      lastShown.current = lastBegun.current;
      setBusy(true);
      setFailed(false);
      try {
        await action();
      } catch {
        setFailed(true);
      } finally {
        underWay.current = false;
        await refresh();
        setBusy(false);
      }
    },
    [refresh],
  );

  return { snapshot, isBusy, hasFailed, run };
}
