import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { PaperDocument } from './document.ts';
import { readPdf } from './testing.ts';
import { writeDocx } from './write-docx.ts';
import { writePdf } from './write-pdf.ts';

const page: PaperDocument = {
  title: 'Le projet en une page',
  language: 'fr',
  subtitle: 'Valbrune, le 3 mars 2026',
  footer: 'Un atelier de réparation',
  blocks: [
    { kind: 'heading', level: 2, text: 'Ce que nous voulons' },
    { kind: 'paragraph', text: 'Réparer les vélos du quartier,\nensemble.' },
    { kind: 'facts', facts: [{ label: 'Pour qui', value: 'Les familles' }] },
    { kind: 'list', items: ['Un local', 'Des outils'] },
    {
      kind: 'table',
      caption: 'Budget prévisionnel',
      columns: [{ label: 'Compte' }, { label: 'Montant', numeric: true }],
      rows: [
        ['60 Achats', '400 €'],
        ['61 Services extérieurs', '180 €']
      ],
      total: ['Total', '580 €']
    },
    { kind: 'notice', text: 'À relire avant le 12 mars.' },
    { kind: 'lines', count: 3 }
  ]
};

test('a paper as PDF says its title and its language, and is tagged', async () => {
  expect(await readPdf(writePdf(page))).toMatchObject({
    title: 'Le projet en une page',
    language: 'fr',
    isTagged: true,
    accessibility: '1'
  });
});

test('a screen reader meets headings, lists and table headers as such, in the order of the page', async () => {
  const { words, roles } = (await readPdf(writePdf(page))).pages[0]!;
  expect(roles.filter((role) => /^H\d$/.test(role))).toEqual(['H1', 'H2']);
  for (const role of ['L', 'LI', 'Table', 'TH', 'TD', 'Caption', 'P']) expect(roles).toContain(role);
  const order = ['Le projet en une page', 'Valbrune', 'Ce que nous voulons', 'Réparer', 'Pour qui', 'Un local'];
  const places = [...order, 'Budget prévisionnel', '400 €', 'Total', 'À relire'].map((part) => words.indexOf(part));
  expect(places).toEqual([...places].sort((left, right) => left - right));
  expect(places[0]).toBeGreaterThanOrEqual(0);
});

test('what people type is never read as markup', async () => {
  const typed = '#panic("non") *gras* $x$ = titre <b>\\ "guillemets" _x0041_ [crochets] @ref';
  const read = await readPdf(writePdf({ ...page, title: typed, blocks: [{ kind: 'paragraph', text: typed }] }));
  expect(read.pages[0]!.words.split(typed)).toHaveLength(3);
});

test('the same paper gives the same bytes', () => {
  expect(Buffer.from(writePdf(page)).equals(Buffer.from(writePdf(page)))).toBe(true);
});

test('a paper as DOCX has real headings, a table header, its language, and every word', async () => {
  const parts = unzipSync(await writeDocx(page));
  const body = strFromU8(parts['word/document.xml']!);
  expect(body).toContain('w:val="Heading1"');
  expect(body).toContain('w:val="Heading2"');
  expect(body).toContain('<w:tblHeader/>');
  expect(strFromU8(parts['word/styles.xml']!)).toContain('w:val="fr-FR"');
  expect(strFromU8(parts['docProps/core.xml']!)).toContain('<dc:title>Le projet en une page</dc:title>');
  for (const words of ['Réparer les vélos du quartier,', 'ensemble.', '61 Services extérieurs', '580 €'])
    expect(body).toContain(words);
});

test('a table whose rows do not fit its columns is refused', async () => {
  const table = { kind: 'table', caption: 'Budget', columns: [{ label: 'Compte' }], rows: [['60', '400 €']] } as const;
  expect(() => writePdf({ ...page, blocks: [table] })).toThrow('a row of "Budget" has 2 cells of 1');
  await expect(writeDocx({ ...page, blocks: [table] })).rejects.toThrow('a row of "Budget" has 2 cells of 1');
});
