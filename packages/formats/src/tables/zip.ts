import { unzipSync } from 'fflate';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { TableRefusal } from '../read-table.ts';

const ARCHIVE_MAX_EXPANDED_BYTES = 300_000_000;
const ARCHIVE_MAX_ENTRIES = 2_000;

/** An honest spreadsheet shrinks some twenty times; a bomb a thousand. Small files are free to shrink as they like. */
const ARCHIVE_MAX_RATIO = 200;
const RATIO_FREE_BYTES = 10_000_000;

/** Announced size of each entry, in bytes, nothing expanded yet. Refuses a bomb by what it announces. */
export function listZip(bytes: Uint8Array): Verdict<ReadonlyMap<string, number>, TableRefusal> {
  const sizes = new Map<string, number>();
  let expanded = 0;
  try {
    unzipSync(bytes, {
      filter: (entry) => {
        sizes.set(entry.name, entry.originalSize);
        expanded += entry.originalSize;
        return false;
      }
    });
  } catch {
    return refuse('file-unreadable');
  }
  const bomb = expanded > RATIO_FREE_BYTES && expanded > bytes.length * ARCHIVE_MAX_RATIO;
  if (bomb || expanded > ARCHIVE_MAX_EXPANDED_BYTES || sizes.size > ARCHIVE_MAX_ENTRIES)
    return refuse('archive-too-large', { maxBytes: ARCHIVE_MAX_EXPANDED_BYTES });
  return accept(sizes);
}

/**
 * Text of the entries named, each expanded into a buffer of its announced size and no larger:
 * an entry that lies about its size comes out cut or broken, never huge. Call {@link listZip} first.
 */
export function readZipTexts(bytes: Uint8Array, wanted: (name: string) => boolean): ReadonlyMap<string, string> | null {
  try {
    const entries = unzipSync(bytes, { filter: (entry) => wanted(entry.name) });
    return new Map(Object.entries(entries).map(([name, content]) => [name, new TextDecoder().decode(content)]));
  } catch {
    return null;
  }
}
