import type { LegalBasis, PersonKey } from './privacy-entry.ts';
import { PRIVACY_REGISTRY } from './privacy-registry.ts';

const BASES: Readonly<Record<LegalBasis, string>> = {
  accompaniment: 'mission of public interest, or the accompaniment agreed',
  consent: 'consent',
  'legal-duty': 'legal duty',
  security: 'legitimate interest: the safety of all'
};

/** The part of docs/privacy.md that the registry dictates; `npx node tools/privacy-document.ts` writes it there. */
export function privacyDocument(): string {
  const lines = PRIVACY_REGISTRY.map(({ table, purpose, basis, retention, keys, hold }) =>
    [
      `### \`${table}\``,
      '',
      `${purpose.en} _${purpose.fr}_`,
      '',
      `- Legal basis: ${BASES[basis]}.`,
      `- Kept: ${retention.en}`,
      ...keys.map((key) => `- \`${key.column}\`: ${erasureWords(key)}`),
      ...(hold ? [`- What stays, and why: ${hold.en}`] : [])
    ].join('\n')
  );
  return `${lines.join('\n\n')}\n`;
}

function erasureWords({ erasure, clears, keepsKey }: PersonKey): string {
  const with_ = clears ? ` with ${clears.map((column) => `\`${column}\``).join(', ')}` : '';
  if (erasure === 'delete') return 'the row is deleted when the person is erased.';
  if (erasure === 'keep') return 'goes with its row.';
  return keepsKey ? `names no person; emptied${with_}.` : `emptied${with_}; the row stays.`;
}
