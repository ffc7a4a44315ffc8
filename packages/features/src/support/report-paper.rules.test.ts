import { writePdf } from '@terreau/formats/document';
import { readPdf } from '@terreau/formats/document-testing';
import { expect, test } from 'vitest';
import { MEASURES, MONTH_MEASURES } from './report-measures.rules.ts';
import { reportLines, reportPaper, type ToldFigure, type ToldReport } from './report-paper.rules.ts';

const words = {
  title: 'Mon bilan d’octobre 2026',
  subtitle: 'du 1 oct. 2026 au 31 oct. 2026 · Valbrune',
  footer: 'Mon bilan d’octobre 2026',
  what: 'Ce qui est compté',
  value: 'Chiffre',
  outOf: 'Sur',
  figures: 'Les chiffres',
  definitions: 'Ce que veulent dire ces chiffres',
  notice: null
};

function aFigure(measure: (typeof MONTH_MEASURES)[number], lines: number): ToldFigure {
  const { label, definition, denominator } = MEASURES[measure];
  return {
    measure,
    label: label.fr,
    definition: definition.fr,
    denominator: denominator.fr,
    missing: ['Notes sans durée : 3'],
    counted: ['Frigo de Bel-Air'],
    alsoCounted: 0,
    lines: Array.from({ length: lines }, (_, index) => ({
      key: String(index),
      label: `Ligne ${index}`,
      value: '12',
      outOf: 'sur 30',
      amount: 12,
      unit: 'count' as const,
      isHidden: index === 1
    }))
  };
}

const month: ToldReport = {
  sections: [{ title: null, narrowedTo: null, figures: MONTH_MEASURES.map((measure) => aFigure(measure, 4)) }]
};

test('a report’s figures and words come first, in reading order, and what they mean after them', async () => {
  const texts = [{ title: 'Ce qui n’a pas marché', words: 'La permanence du jeudi est restée vide.' }];
  const pdf = writePdf(reportPaper(month, texts, words, 'fr'));
  const read = await readPdf(pdf);
  expect(read).toMatchObject({ title: words.title, isTagged: true, accessibility: '1' });
  const first = read.pages[0]!.words;
  expect(first).toContain('Ce qui est compté');
  expect(first).toContain('La permanence du jeudi est restée vide.');
  const all = read.pages.map((page) => page.words).join(' ');
  expect(all.indexOf('Ce que veulent dire ces chiffres')).toBeGreaterThan(all.indexOf('permanence du jeudi'));
  expect(all).toContain('La somme des durées écrites dans les notes');
  expect(all).toContain('Notes sans durée : 3');
});

test('the table of figures says of each line whether it is hidden, and never names what was counted', () => {
  const lines = reportLines(month, { from: '2026-10-01', to: '2026-10-31' }, { yes: 'oui', no: 'non' });
  expect(lines).toHaveLength(MONTH_MEASURES.length * 4);
  expect(lines[1]![7]).toBe('oui');
  expect(JSON.stringify(lines)).not.toContain('Frigo de Bel-Air');
});
