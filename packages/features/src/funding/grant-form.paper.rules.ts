import type { PaperBlock, PaperDocument } from '@terreau/formats/document';
import type { Side } from './accounts.rules.ts';
import type { GrantForm } from './find-grant-form.query.ts';
import type { GrantKey, GrantSectionKey } from './grant-form.rules.ts';

export interface GrantWords {
  readonly title: string;
  readonly about: string;
  readonly footer: string;
  readonly notSent: string;
  readonly section: (key: GrantSectionKey) => string;
  readonly field: (key: GrantKey) => string;
  readonly empty: string;
  readonly budget: string;
  readonly side: (side: Side) => string;
  readonly line: string;
  readonly amount: string;
  readonly total: string;
  readonly attestations: string;
  readonly attested: readonly string[];
  readonly euros: (euros: number) => string;
}

/** A text longer than this is a paragraph of its own, not a value beside its label. */
const FACT_MAX_CHARACTERS = 120;

/** The frame of the grant form as a paper, in the order of the form. */
export function grantFormPaper(form: GrantForm, words: GrantWords, language: 'fr' | 'en'): PaperDocument {
  const sections = form.sections.flatMap((section): PaperBlock[] => [
    { kind: 'heading', level: 2, text: words.section(section.key) },
    ...section.fields.flatMap(({ key, value }): PaperBlock[] =>
      value.length > FACT_MAX_CHARACTERS || value.includes('\n')
        ? [
            { kind: 'heading', level: 3, text: words.field(key) },
            { kind: 'paragraph', text: value }
          ]
        : [{ kind: 'facts', facts: [{ label: words.field(key), value: value || words.empty }] }]
    )
  ]);
  const sides = form.sides
    .filter((side) => side.lines.length > 0)
    .map((side): PaperBlock => ({
      kind: 'table',
      caption: words.side(side.side),
      columns: [{ label: words.line }, { label: words.amount, numeric: true }],
      rows: side.lines.map(({ account, label, euros }) => [`${account} · ${label}`, words.euros(euros)]),
      total: [words.total, words.euros(side.euros)]
    }));
  return {
    title: words.title,
    language,
    subtitle: words.about,
    footer: words.footer,
    blocks: [
      ...sections,
      { kind: 'heading', level: 2, text: words.budget },
      ...sides,
      { kind: 'heading', level: 2, text: words.attestations },
      { kind: 'list', items: words.attested },
      { kind: 'notice', text: words.notSent }
    ]
  };
}
