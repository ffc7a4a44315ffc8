import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { BadUse } from './command.ts';
import { readNamedFile, whyNotWritable } from './files.ts';
import { readMappingFile } from './mapping-file.ts';
import { refusalInWords, toldInWords } from './words.ts';

afterEach(() => vi.unstubAllEnvs());

function speak(language: 'fr_FR.UTF-8' | 'C.UTF-8') {
  vi.stubEnv('LC_ALL', language);
}

test('a file that cannot be imported is told in the language of the machine, with the code to look up', () => {
  speak('fr_FR.UTF-8');
  expect(refusalInWords('file-empty')).toBe('Ce fichier est vide. (file-empty)');
  expect(refusalInWords('rows-too-many', { maxRows: 5 })).toBe(
    'Ce fichier a trop de lignes. (rows-too-many, maxRows: 5)'
  );
  speak('C.UTF-8');
  expect(refusalInWords('file-empty')).toBe('This file is empty. (file-empty)');
});

test('nobody at the command line is sent to the command line', () => {
  speak('fr_FR.UTF-8');
  expect(refusalInWords('file-too-large', { maxBytes: 50_000_000 })).toMatch(
    /^Ce fichier pèse plus de 50 Mo : coupez-le/
  );
});

test('what was seen of the file as a whole is said: quotes that are never closed, titles found further down', () => {
  speak('fr_FR.UTF-8');
  expect(toldInWords({ code: 'quotes-unbalanced', detail: '' })).toMatch(/guillemet est ouvert et jamais fermé/);
  expect(toldInWords({ code: 'header-not-first', detail: '3' })).toMatch(/à la ligne 3/);
});

test('a file that is not there, a folder and a place where nothing can be written are told apart', async () => {
  speak('fr_FR.UTF-8');
  const folder = await mkdtemp(join(tmpdir(), 'terreau-words-'));
  expect(await readNamedFile(join(folder, 'absent.csv'))).toMatch(/^il n’y a pas de fichier .*absent\.csv\.$/);
  expect(await readNamedFile(folder)).toMatch(/est un dossier, pas un fichier/);
  expect(await whyNotWritable(folder)).toMatch(/est un dossier/);
  expect(await whyNotWritable(join(folder, 'absent', 'report.json'))).toMatch(/On ne peut pas écrire/);
  expect(await whyNotWritable(join(folder, 'report.json'))).toBeNull();
  await rm(folder, { recursive: true });
});

test('a mapping that is not JSON, that has no columns or that names unknown fields is bad use, in words', async () => {
  speak('fr_FR.UTF-8');
  const folder = await mkdtemp(join(tmpdir(), 'terreau-words-'));
  const written = async (text: string) => {
    await writeFile(join(folder, 'mapping.json'), text);
    return readMappingFile(join(folder, 'mapping.json')).catch((error: unknown) => error);
  };
  const said = async (text: string) => {
    const error = await written(text);
    expect(error).toBeInstanceOf(BadUse);
    return (error as BadUse).message;
  };
  expect(await said('{"columns": ')).toMatch(/n’est pas du JSON/);
  expect(await said('[1, 2]')).toMatch(/s’écrit ainsi/);
  expect(await said('{"columns": {"nom": ["Nom"]}}')).toMatch(
    /champs qui n’existent pas : nom\. Choisissez parmi name,/
  );
  expect(await written('{"columns": {"name": ["Nom"]}}')).toEqual({ columns: { name: ['Nom'] } });
  await rm(folder, { recursive: true });
});
