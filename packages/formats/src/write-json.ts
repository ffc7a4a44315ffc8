import type { DirectoryExport } from './directory-record.ts';

/** What our own JSON says of itself at its root. */
export const OWN_JSON_FORMAT = 'terreau-directory';
export const OWN_JSON_VERSION = 1;

/** The whole directory as JSON, read back without loss by the preset `terreau`. */
export function writeDirectoryJson(data: DirectoryExport): string {
  return JSON.stringify({ format: OWN_JSON_FORMAT, version: OWN_JSON_VERSION, ...data });
}
