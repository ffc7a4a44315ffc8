import { readdir } from 'node:fs/promises';
import type { PageLine } from './page-line.ts';

/** Every page of the site that is looked at: what each `…Pages` of the files in `pages/` says. */
export const pages: PageLine[] = (await Promise.all((await files()).map(linesOf))).flat();

async function files(): Promise<URL[]> {
  const folder = new URL('./pages/', import.meta.url);
  return (await readdir(folder)).sort().map((name) => new URL(name, folder));
}

async function linesOf(file: URL): Promise<PageLine[]> {
  const exported = (await import(file.href)) as Record<string, () => PageLine[]>;
  return Object.values(exported).flatMap((lines) => lines());
}
