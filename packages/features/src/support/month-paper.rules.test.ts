import { writeDocx, writePdf } from '@terreau/formats/document';
import { readDocxPart, readPdf } from '@terreau/formats/document-testing';
import { expect, test } from 'vitest';
import { monthPaper, type MonthPaperWords } from './month-paper.rules.ts';
import { MEASURES, MONTH_MEASURES, type MeasureCode } from './report-measures.rules.ts';
import type { ToldFigure, ToldReport } from './report-paper.rules.ts';

const words: MonthPaperWords = {
  title: 'Mon bilan d’octobre 2026',
  subtitle: 'du 1 oct. 2026 au 31 oct. 2026 · Valbrune',
  footer: 'Mon bilan d’octobre 2026',
  what: 'Ce qui est compté',
  value: 'Chiffre',
  outOf: 'Sur',
  figures: 'Les chiffres',
  definitions: 'Ce que veulent dire ces chiffres',
  notice: 'Ces chiffres suivent vos notes. Figez-les quand ils sont bons : ils ne changeront plus.',
  time: 'Mon temps',
  others: 'Dossiers, rencontres et demandes'
};

/** How many lines each figure has in a month in which everything happened, in six neighbourhoods. */
const FULL: Partial<Record<MeasureCode, number>> = {
  hours: 9,
  'hours-by-neighbourhood': 8,
  'coordination-hours': 7,
  accompanied: 4,
  'dossier-moves': 4,
  meetings: 3,
  requests: 5,
  orientations: 4,
  feedback: 7
};

function aFigure(measure: MeasureCode): ToldFigure {
  const { label, definition, denominator } = MEASURES[measure];
  const isTime = measure.includes('hours');
  return {
    measure,
    label: label.fr,
    definition: definition.fr,
    denominator: `Sur quoi : ${denominator.fr}`,
    missing: measure === 'hours' ? ['Notes sans durée : 3'] : [],
    counted: ['Frigo de Bel-Air'],
    alsoCounted: 0,
    lines: Array.from({ length: FULL[measure]! }, (_, index) => ({
      key: String(index),
      label: `Répondues dans le délai ${index}`,
      value: isTime ? '12 h 30' : '12',
      outOf: index > 0 && !isTime ? 'sur 30' : '',
      amount: 12,
      unit: isTime ? ('minutes' as const) : ('count' as const),
      isHidden: false
    }))
  };
}

const month: ToldReport = { sections: [{ title: null, narrowedTo: null, figures: MONTH_MEASURES.map(aFigure) }] };
const texts = (repeated: number) => [
  { title: 'Ce qui n’a pas marché', words: 'La permanence du jeudi est restée vide. '.repeat(repeated) }
];

test('a month in which everything happened holds on one page with its words and its definitions, in reading order', async () => {
  const read = await readPdf(writePdf(monthPaper(month, texts(4), words, 'fr')));
  expect(read).toMatchObject({ title: words.title, isTagged: true, accessibility: '1' });
  expect(read.pages).toHaveLength(1);
  const [page] = read.pages;
  const order = [
    words.title,
    'Figez-les',
    'Mon temps',
    'Heures de coordination',
    'Dossiers, rencontres et demandes',
    'Orientations vers une autre structure',
    'La permanence du jeudi',
    'Ce que veulent dire ces chiffres',
    'La somme des durées écrites dans les notes',
    'Notes sans durée : 3',
    'La dernière réponse de la période compte'
  ];
  const places = order.map((part) => page!.words.indexOf(part));
  expect(places.every((place) => place >= 0)).toBe(true);
  expect(places).toEqual(places.toSorted((left, right) => left - right));
  for (const role of ['H1', 'H2', 'Table', 'TH', 'TD', 'Caption']) expect(page!.roles).toContain(role);
  expect(page!.words).not.toContain('Frigo de Bel-Air');
});

test('when much was written, figures and words stay on the first page, and definitions go over', async () => {
  const { pages } = await readPdf(writePdf(monthPaper(month, texts(60), words, 'fr')));
  expect(pages).toHaveLength(2);
  expect(pages[0]!.words).toContain('Répondues dans le délai 6');
  expect(pages[0]!.words.split('La permanence du jeudi')).toHaveLength(61);
  expect(pages[1]!.words).not.toContain('12 h 30');
});

test('the month to be edited has the same words, in two columns', async () => {
  const body = readDocxPart(await writeDocx(monthPaper(month, texts(1), words, 'fr')), 'word/document.xml');
  for (const part of ['Mon temps', 'La permanence du jeudi', 'La somme des durées']) expect(body).toContain(part);
  expect(body.match(/<w:cols [^>]*w:num="2"/g)).toHaveLength(2);
  expect(body.match(/w:type w:val="continuous"/g)!.length).toBeGreaterThanOrEqual(2);
});
