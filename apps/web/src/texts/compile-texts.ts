import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile, type CompilerOptions } from '@inlang/paraglide-js';
import { firmSpaces } from '../lib/firm-spaces.ts';

/*
 * The texts of the screens: one JSON file per capability and per language, `fr/<capability>.json`
 * and `en/<capability>.json`. Every key starts with the name of its file (`directory_title` in
 * `directory.json`), so that files never collide. Run as a program, this checks that both languages
 * say the same things and compiles them to `src/paraglide` (imported as `#texts/messages.js`).
 */

export const LANGUAGES = ['fr', 'en'] as const;

const texts = fileURLToPath(new URL('.', import.meta.url));
const root = join(texts, '../..');
const project = join(root, '.svelte-kit/texts/project.inlang');

/** Options for paraglide; writes the project file that it wants, listing every capability's file. */
export function compilerOptions(outputStructure: NonNullable<CompilerOptions['outputStructure']>): CompilerOptions {
  const problems = textProblems();
  if (problems.length > 0) throw new Error(`Texts to complete:\n${problems.join('\n')}`);
  mkdirSync(project, { recursive: true });
  const folder = outputStructure === 'message-modules' ? writeTypographicCopies() : '../../src/texts';
  writeFileSync(join(project, 'settings.json'), JSON.stringify(settings(folder), null, 2));
  return {
    project,
    outdir: join(root, 'src/paraglide'),
    // The server decides the language (src/lib/server/language.ts) and the page carries it.
    strategy: ['baseLocale'],
    outputStructure,
    cleanOutdir: false,
    emitReadme: false
  };
}

/** What is missing or differs between the languages, one sentence per problem; empty when all is well. */
export function textProblems(read: ReadTexts = readFromDisk): string[] {
  const problems: string[] = [];
  const [reference, ...others] = LANGUAGES;
  for (const other of others) {
    const files = new Set([...read.files(reference), ...read.files(other)]);
    for (const file of files) problems.push(...compareFile(read, file, reference, other));
  }
  return problems;
}

export interface ReadTexts {
  files(language: string): string[];
  texts(language: string, file: string): Record<string, unknown>;
}

const readFromDisk: ReadTexts = {
  files: (language) => readdirSync(join(texts, language)).filter((name) => name.endsWith('.json')),
  texts: (language, file) => JSON.parse(readFileSync(join(texts, language, file), 'utf8')) as Record<string, unknown>
};

function compareFile(read: ReadTexts, file: string, reference: string, other: string): string[] {
  if (!read.files(reference).includes(file)) return [`${reference}/${file} is missing.`];
  if (!read.files(other).includes(file)) return [`${other}/${file} is missing.`];
  const left = read.texts(reference, file);
  const right = read.texts(other, file);
  const prefix = `${file.slice(0, -'.json'.length).replaceAll('-', '_')}_`;
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((key) => {
    if (!key.startsWith(prefix)) return [`${file}: "${key}" must start with "${prefix}".`];
    if (isEmpty(left[key])) return [`${reference}/${file}: "${key}" has no text.`];
    if (isEmpty(right[key])) return [`${other}/${file}: "${key}" has no text.`];
    const open = [reference, other].filter((_, side) => hasOpenEnd([left[key], right[key]][side]));
    // French has a third form for millions; a text that names "other" only would then show its key.
    if (open.length > 0) return [`${open.join(', ')}/${file}: "${key}" needs a form "*" for every other case.`];
    const differing = placeholders(left[key]) !== placeholders(right[key]);
    return differing ? [`${file}: "${key}" does not take the same values in ${reference} and ${other}.`] : [];
  });
}

function isEmpty(text: unknown): boolean {
  return text === undefined || (typeof text === 'string' && text.trim() === '');
}

function hasOpenEnd(text: unknown): boolean {
  return typeof text === 'object' && !/"[^"]*=\*[^"]*":/.test(JSON.stringify(text));
}

/** The names between braces; for a text with plural forms, the declared inputs. */
function placeholders(text: unknown): string {
  const source =
    typeof text === 'string'
      ? [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
      : [...JSON.stringify(text).matchAll(/"input (\w+)"/g)].map((match) => match[1]);
  return [...new Set(source)].sort().join(',');
}

/** What is compiled for real pages has the right spaces. Gives the folder of the copies, seen from the project file. */
function writeTypographicCopies(): string {
  for (const language of LANGUAGES) {
    const folder = join(root, '.svelte-kit/texts', language);
    mkdirSync(folder, { recursive: true });
    for (const file of readFromDisk.files(language)) {
      const source = readFromDisk.texts(language, file);
      const text =
        language === 'fr'
          ? JSON.stringify(source, (_key, value: unknown) => withFirmSpaces(value))
          : JSON.stringify(source);
      writeFileSync(join(folder, file), text);
    }
  }
  return '.';
}

/** The right spaces in a text; anything but a text as it is. */
export function withFirmSpaces(value: unknown): unknown {
  return typeof value === 'string' ? firmSpaces(value) : value;
}

function settings(folder: string): object {
  return {
    baseLocale: LANGUAGES[0],
    locales: LANGUAGES,
    // Read from node_modules: nothing is fetched.
    modules: [fileURLToPath(import.meta.resolve('@inlang/plugin-message-format'))],
    telemetry: 'off',
    'plugin.inlang.messageFormat': {
      pathPattern: readFromDisk.files(LANGUAGES[0]).map((file) => `${folder}/{locale}/${file}`)
    }
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = textProblems();
  if (problems.length > 0) {
    console.error(problems.join('\n'));
    process.exit(1);
  }
  await compile(compilerOptions('message-modules'));
}
