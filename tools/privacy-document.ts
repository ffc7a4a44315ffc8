import { readFile, writeFile } from 'node:fs/promises';
import { privacyDocument } from '../packages/features/src/trust/privacy-document.rules.ts';

/*
 * Writes into docs/privacy.md what the privacy registry says, below its marker. A test compares the two.
 */
const MARKER = '<!-- What follows is written by tools/privacy-document.ts from the privacy registry. -->';
const file = new URL('../docs/privacy.md', import.meta.url);
const text = await readFile(file, 'utf8');
const head = text.slice(0, text.indexOf(MARKER) + MARKER.length);
await writeFile(file, `${head}\n\n${privacyDocument()}`);
