/**
 * A small server of test pages on a port of its own: documents and files by their path, query left out.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ServedPages {
  origin: string;
  close(): Promise<void>;
}

/** A page is HTML unless it says otherwise. */
export type Served = string | { type: string; body: Buffer | string };

/** @param serve gives what lies at a path; undefined is answered 404. */
export async function servePages(serve: (path: string) => Served | undefined): Promise<ServedPages> {
  const server = createServer((request, response) => {
    const served = serve(new URL(request.url!, 'http://local').pathname);
    const { type, body } = typeof served === 'object' ? served : { type: 'text/html', body: served ?? '' };
    response.writeHead(served === undefined ? 404 : 200, { 'content-type': `${type}; charset=utf-8` });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
