/**
 * Which build of Proffer this browser runs: its version, and the digest of its files, which anyone can compare with
 * their own build of the source.
 *
 * Runs in the popup, in every state. Reads the extension's own files, and only once it is asked for.
 */
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { browser } from 'wxt/browser';
import { FILE_LIST, LICENSE_FILE, packageDigest, type PackageFile } from '../package/package-digest.ts';
import { t } from './translate.ts';

type Digest = { kind: 'computing' } | { kind: 'computed'; digest: string } | { kind: 'unknown' };

export function OwnPackage(): JSX.Element {
  const [digest, setDigest] = useState<Digest>();
  const compute = (isOpen: boolean) => {
    if (!isOpen || digest !== undefined) return;
    setDigest({ kind: 'computing' });
    ownDigest().then(
      (computed) => setDigest({ kind: 'computed', digest: computed }),
      // As it is made for development, it has no list of its files.
      () => setDigest({ kind: 'unknown' }),
    );
  };
  return (
    <details class="fold" onToggle={({ currentTarget }) => compute(currentTarget.open)}>
      <summary>{t('package_heading', browser.runtime.getManifest().version)}</summary>
      <p class="hint">{t('package_hint')}</p>
      <p role="status">
        {digest?.kind === 'computed' && (
          <code data-digest={digest.digest}>{digest.digest.match(/.{1,8}/g)!.join(' ')}</code>
        )}
        {digest?.kind === 'unknown' && t('package_unknown')}
      </p>
      <p>
        <a href={`/${LICENSE_FILE}`} target="_blank" rel="noreferrer">
          {t('package_licenses')}
        </a>
      </p>
    </details>
  );
}

async function ownDigest(): Promise<string> {
  const paths = JSON.parse(new TextDecoder().decode(await readOwn(FILE_LIST))) as string[];
  const files = paths.map(async (path): Promise<PackageFile> => ({ path, bytes: await readOwn(path) }));
  return packageDigest(await Promise.all(files));
}

async function readOwn(path: string): Promise<Uint8Array<ArrayBuffer>> {
  // The types know the pages that there are, and no other files.
  const response = await fetch(new URL(path, browser.runtime.getURL('/' as never)));
  return new Uint8Array(await response.arrayBuffer());
}
