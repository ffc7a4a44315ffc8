import { error } from '@sveltejs/kit';
import { displayPhone } from '@terreau/formats/cells';
import { organizationHistory, type HistoryEntry } from '@terreau/features/directory/organization-history.query';
import { formatShortDate, formatTime } from '#lib/formats.ts';
import { mustBeSignedIn } from '#lib/server/directory/territory-at.ts';
import { labelOf, type Vocabulary } from '#lib/server/directory/labels.ts';
import { FIELD_WORDS } from '#lib/server/directory/words.ts';
import { m } from '#texts/messages.js';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, parent, url }) => {
  mustBeSignedIn(locals, url);
  const { territory } = await parent();
  const after = url.searchParams.get('after');
  const history = await organizationHistory(locals.context, {
    territoryId: territory.id,
    organizationId: params.organization,
    ...(after ? { after } : {})
  });
  if (!history) error(404);
  return {
    id: params.organization,
    name: history.name,
    entries: history.entries.map((entry) => inWords(entry, territory.timeZone)),
    next: history.next && `${url.pathname}?after=${history.next}`
  };
};

function inWords(entry: HistoryEntry, timeZone: string) {
  return {
    id: entry.id,
    when: `${formatShortDate(entry.at, timeZone)} ${formatTime(entry.at, timeZone)}`,
    field: [fieldInWords(entry.field), entry.subjectKind === 'organization' ? null : entry.subjectName]
      .filter(Boolean)
      .join(' · '),
    before: valueInWords(entry.field, entry.previous),
    after: valueInWords(entry.field, entry.value),
    who: whoInWords(entry)
  };
}

function fieldInWords(column: string): string {
  const name = column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return FIELD_WORDS[name]?.() ?? column;
}

const VOCABULARY_OF: Readonly<Record<string, Vocabulary>> = {
  themes: 'theme',
  publics: 'public',
  networks: 'network',
  reception_modes: 'reception',
  mobilization_modes: 'mobilization',
  mobilized_by: 'mobilizer'
};

function valueInWords(column: string, value: unknown): string {
  if (value === null || value === undefined) return '—';
  if (column === 'phone' && typeof value === 'string') return displayPhone(value);
  if (!Array.isArray(value)) return typeof value === 'string' ? value : JSON.stringify(value);
  const vocabulary = VOCABULARY_OF[column];
  const words = value.map((code) => (vocabulary ? labelOf(vocabulary, String(code)) : String(code)));
  return words.join(', ') || '—';
}

function whoInWords({ author, source, byHand }: HistoryEntry): string {
  if (author) return author;
  if (source === 'expiry') return m.directory_history_expiry();
  if (source) return m.directory_history_file({ source });
  return byHand ? m.directory_history_somebody() : '—';
}
