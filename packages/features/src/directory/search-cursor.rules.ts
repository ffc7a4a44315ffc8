import { readCursor } from './directory-cursor.ts';

/** Whether `after` can begin a page of a search: programs are told, where a reader's address bar is forgiven. */
export function isDirectoryCursor(after: string): boolean {
  return readCursor(after) !== null;
}
