import { writePdf } from '@terreau/formats/document';
import { readPdf } from '@terreau/formats/document-testing';
import { expect, test } from 'vitest';
import { exportPaper } from './export-paper.rules.ts';

test('what is kept about somebody is read on paper kind by kind, each row apart, what they did after what is about them', async () => {
  const row = (text: string) => [{ label: 'fait', value: text }];
  const paper = exportPaper(
    [
      { title: 'Notes', purpose: 'Se souvenir.', about: [row('un appel'), row('une visite')], done: [], more: null },
      { title: 'Rendez-vous', purpose: 'Se retrouver.', about: [], done: [row('proposé')], more: 'Il y en a d’autres.' }
    ],
    { title: 'Ce qui est gardé', subtitle: 'Nadia', lead: 'Tout est là.', done: 'Ce que vous avez fait' },
    'fr'
  );
  const read = await readPdf(writePdf(paper));
  expect(read).toMatchObject({ title: 'Ce qui est gardé', isTagged: true, language: 'fr' });
  const words = read.pages.map((page) => page.words).join(' ');
  const order = [
    'Nadia',
    'Notes',
    'un appel',
    'une visite',
    'Rendez-vous',
    'Ce que vous avez fait',
    'Il y en a d’autres'
  ];
  const at = order.map((text) => words.indexOf(text));
  expect(at).not.toContain(-1);
  expect(at).toEqual(at.toSorted((a, b) => a - b));
  expect(read.pages[0]!.roles.filter((role) => role === 'LI')).toHaveLength(3);
});
