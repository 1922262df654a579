/**
 * Keeps the My data page's picture fresh, and runs one action of the person at a time.
 *
 * Runs in the page. What can still be undone is kept here and nowhere else: it ends with the page.
 */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { MY_DATA_LOCK } from '../messages.ts';
import { ask } from '../popup/actions.ts';
import { t } from '../popup/translate.ts';
import type { Selection } from '../queue/selection.ts';
import { readMyData, type MyData } from './my-data.ts';

/** Read again this often, since things leave by themselves. */
const REFRESH_MS = 5000;

/** A deletion that can still be undone. */
export interface Deletion {
  deletionId: string;
  /** How many fragments it took. */
  fragments: number;
  /** What it was, in words. */
  label: string;
}

export interface Actions {
  /** Runs what a button does; resolves once what it changed is shown. Presses meanwhile are ignored. */
  run: (action: () => Promise<unknown>) => Promise<void>;
  remove: (selection: Selection, label: string) => Promise<void>;
  undo: (deletion: Deletion) => Promise<void>;
  /** Says what came of an action, until the next one. */
  say: (text: string) => void;
}

export interface MyDataState extends Actions {
  /** Undefined until first read. */
  data: MyData | undefined;
  deletions: Deletion[];
  /** What came of the last action; empty if there is nothing to say. */
  notice: string;
  isBusy: boolean;
  /** Whether the last action was not confirmed. */
  hasFailed: boolean;
}

export function useMyData(): MyDataState {
  const [data, setData] = useState<MyData>();
  const [deletions, setDeletions] = useState<Deletion[]>([]);
  const [notice, say] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const underWay = useRef(false);

  const refresh = useCallback(async () => {
    const read = await readMyData(Date.now(), (timeline) => setData((known) => known ?? timeline));
    // A slow read never replaces a newer one.
    setData((known) => (known && known.readAtMs > read.readAtMs ? known : read));
  }, []);

  useEffect(() => {
    const onChanged = () => void (document.hidden || underWay.current || refresh());
    void refresh();
    const timer = setInterval(onChanged, REFRESH_MS);
    browser.storage.onChanged.addListener(onChanged);
    document.addEventListener('visibilitychange', onChanged);
    return () => {
      clearInterval(timer);
      browser.storage.onChanged.removeListener(onChanged);
      document.removeEventListener('visibilitychange', onChanged);
    };
  }, [refresh]);

  useEffect(() => settleOnLeaving(() => setDeletions([])), []);

  const run = useCallback(
    async (action: () => Promise<unknown>) => {
      if (underWay.current) return;
      underWay.current = true;
      setBusy(true);
      setFailed(false);
      say('');
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

  const remove = (selection: Selection, label: string) =>
    run(async () => {
      const { deletionId, fragments } = await ask('data:delete', { selection });
      if (fragments > 0) setDeletions((known) => [...known, { deletionId, fragments, label }]);
      else say(t('myDataDelete_nothing'));
    });

  const undo = ({ deletionId }: Deletion) =>
    run(async () => {
      const { kind } = await ask('data:undo', { deletionId });
      if (kind === 'gone') say(t('myDataUndo_gone'));
      setDeletions((known) => known.filter((other) => other.deletionId !== deletionId));
    });

  return { data, deletions, notice, isBusy, hasFailed, run, remove, undo, say };
}

/** Holds the lock while the page is there, and makes deletions final when it is left. */
function settleOnLeaving(onSettled: () => void): () => void {
  const left = new AbortController();
  const until = new Promise<void>((resolve) => left.signal.addEventListener('abort', () => resolve()));
  void navigator.locks.request(MY_DATA_LOCK, { mode: 'shared' }, () => until);
  const settle = () => {
    void ask('data:settle', {}).catch(() => undefined);
    // The page may be put aside and brought back: by then nothing can be undone.
    onSettled();
  };
  addEventListener('pagehide', settle);
  return () => {
    removeEventListener('pagehide', settle);
    left.abort();
  };
}
