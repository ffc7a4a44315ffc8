import { readdir } from 'node:fs/promises';
import type { RouteAccess } from './route-access.ts';

/**
 * Who may use what, on the whole site: every exported `…Access` of the files beside this one. A capability adds its
 * rows in a file of its own; nothing else is to be declared. For the checks, which run from the sources.
 */
export async function manifest(): Promise<RouteAccess[]> {
  const folder = new URL('./', import.meta.url);
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ts') && !OWN_FILES.has(name)).sort();
  const rows: RouteAccess[] = [];
  for (const name of files) {
    const exported = (await import(new URL(name, folder).href)) as Record<string, unknown>;
    for (const [key, value] of Object.entries(exported)) {
      if (key.endsWith('Access')) rows.push(...(value as RouteAccess[]));
    }
  }
  return rows;
}

const OWN_FILES: ReadonlySet<string> = new Set(['manifest.ts', 'route-access.ts']);
