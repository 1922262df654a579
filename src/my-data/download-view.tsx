/**
 * All of it as files, made on this device and saved by the browser.
 */
import type { JSX } from 'preact';
import { t } from '../popup/translate.ts';
import type { QueueDatabase } from '../queue/queue.ts';
import { withQueue, type MyData } from './my-data.ts';
import { myDataFile, readableFile } from './my-data-files.ts';
import { saveFile } from './save-file.ts';
import { openSession, type OpenedSession } from './session-content.ts';
import type { Actions } from './use-my-data.ts';

export function DownloadView({ data, run }: { data: MyData; run: Actions['run'] }): JSX.Element {
  const saveJson = async () => {
    const { contents, markers } = await readAll(data);
    saveFile({
      name: 'proffer-my-data.json',
      mediaType: 'application/json',
      text: JSON.stringify(myDataFile(data, contents, markers), null, 2),
    });
  };
  const saveReadable = async () => {
    const { contents, markers } = await readAll(data);
    saveFile({
      name: 'proffer-my-data.html',
      mediaType: 'text/html',
      text: readableFile(data, contents, markers),
    });
  };
  return (
    <section id="download" aria-labelledby="download-heading">
      <h2 id="download-heading">{t('myDataDownload_heading')}</h2>
      <p>{t('myDataDownload_text')}</p>
      <div class="buttons">
        <button type="button" onClick={() => void run(saveJson)}>
          {t('myDataDownload_json')}
        </button>
        <button type="button" onClick={() => void run(saveReadable)}>
          {t('myDataDownload_readable')}
        </button>
      </div>
    </section>
  );
}

function readAll(data: MyData) {
  return withQueue(async (queue) => {
    const contents: OpenedSession[] = [];
    for (const { sessionId } of data.sessions) {
      const content = await openSession(queue, sessionId);
      if (content) contents.push(content);
    }
    return { contents, markers: await readMarkers(queue) };
  });
}

/** Markers that have not been sent. */
async function readMarkers(queue: QueueDatabase) {
  const records = await queue.getAll('records');
  return records.flatMap(({ kind, record }) => (kind === 'sighting' && record ? [record] : []));
}
