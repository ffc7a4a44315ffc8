import { access, constants, readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { say } from './words.ts';

/** npm runs scripts from the repository's root; a relative path is meant from where the person stands. */
export function fromCaller(path: string): string {
  return resolve(process.env['INIT_CWD'] ?? '.', path);
}

/** The file that the operator named, or why it cannot be opened, in words. */
export async function readNamedFile(path: string): Promise<Uint8Array | string> {
  return readFile(fromCaller(path)).catch((error: NodeJS.ErrnoException) => notOpened(path, error));
}

/** Why nothing can be written at this path, in words; null when it can. Asked before long work, not after. */
export async function whyNotWritable(path: string): Promise<string | null> {
  const whole = fromCaller(path);
  const found = await stat(whole).catch(() => null);
  if (found?.isDirectory()) return say(`${path} is a folder.`, `${path} est un dossier.`);
  const isOpen = await access(found ? whole : dirname(whole), constants.W_OK).then(
    () => true,
    () => false
  );
  return isOpen ? null : say(`${path} cannot be written there.`, `On ne peut pas écrire ${path} à cet endroit.`);
}

function notOpened(path: string, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return say(`there is no file ${path}.`, `il n’y a pas de fichier ${path}.`);
  if (code === 'EISDIR') return say(`${path} is a folder, not a file.`, `${path} est un dossier, pas un fichier.`);
  if (code === 'EACCES') return say(`${path} may not be read.`, `le fichier ${path} est interdit en lecture.`);
  return message;
}
