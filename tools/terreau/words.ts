import english from '../../apps/web/src/texts/en/imports.json' with { type: 'json' };
import french from '../../apps/web/src/texts/fr/imports.json' with { type: 'json' };

/** A sentence in the operator's language: French where the machine speaks French, English elsewhere. */
export function say(inEnglish: string, inFrench: string): string {
  return speaksFrench() ? inFrench : inEnglish;
}

/** For a territory that nobody opened. */
export const unknownTerritory = (slug: string): string =>
  say(`There is no territory "${slug}".`, `Il n’y a pas de territoire « ${slug} ».`);

/** Why a file could not be imported, as the page of imports says it; the code stands behind, for whoever looks it up. */
export function refusalInWords(code: string, details: Readonly<Record<string, unknown>> = {}): string {
  const more = Object.entries(details).map(([name, value]) => `, ${name}: ${String(value)}`);
  return `${ON_THE_COMMAND_LINE[code]?.() ?? textOf('refusal', code)} (${code}${more.join('')})`;
}

/** What was seen of a file as a whole while it was read. */
export function toldInWords({ code, detail }: { readonly code: string; readonly detail: string }): string {
  return textOf('told', code).replaceAll('{detail}', detail);
}

/** The page sends whoever has a heavy file to the command line: here it is to be cut. */
const ON_THE_COMMAND_LINE: Readonly<Record<string, () => string>> = {
  'file-too-large': () =>
    say(
      'This file is heavier than 50 MB: cut it into several.',
      'Ce fichier pèse plus de 50 Mo : coupez-le en plusieurs.'
    ),
  'mapping-without-name': () =>
    say(
      'The mapping does not say which column holds the name: {"columns": {"name": ["…"]}}.',
      'La correspondance ne dit pas quelle colonne contient le nom : {"columns": {"name": ["…"]}}.'
    )
};

function textOf(kind: 'refusal' | 'told', code: string): string {
  const texts: Readonly<Record<string, unknown>> = speaksFrench() ? french : english;
  const text = texts[`imports_${kind}_${code.replaceAll('-', '_')}`];
  return typeof text === 'string' ? text : code;
}

function speaksFrench(): boolean {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  return /^fr(?![a-z])/i.test(LC_ALL || LC_MESSAGES || LANG || '');
}
