import type { OwnWords } from '@terreau/database/search-synonyms';
import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { settingInForce } from './read-settings.query.ts';

/** What the people of a territory say in their own way, as its coordination wrote it: the search understands it. */
export async function ownWords(tx: Tx, territoryId: Id): Promise<OwnWords[]> {
  const words = await settingInForce(tx, territoryId, 'local-words');
  return words.map(({ word, synonyms, themes }) => ({
    expressions: [word, ...synonyms],
    means: themes.map(wordsOfTheme).join(' ')
  }));
}

/** `numerique--acceder-a-une-connexion-internet` → the words after the family, which is shared by too many sheets. */
function wordsOfTheme(code: string): string {
  return (code.split('--').at(-1) ?? '').replaceAll('-', ' ');
}
