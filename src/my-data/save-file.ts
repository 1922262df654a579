/**
 * Gives the person a file: made in memory, saved by the browser's own download. Nothing is sent anywhere.
 */

export interface SavedFile {
  name: string;
  mediaType: 'application/json' | 'text/html';
  text: string;
}

/** Longer than any browser takes to begin reading it. */
const KEPT_MS = 60_000;

export function saveFile({ name, mediaType, text }: SavedFile): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${mediaType};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
