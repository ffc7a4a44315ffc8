import { writeDocx, writePdf } from '@terreau/formats/document';
import { readDocxPart, readPdf } from '@terreau/formats/document-testing';
import { expect, test } from 'vitest';
import { planPaper, type PlanPaperWords, type ToldAction, type ToldPlan } from './plan.paper.rules.ts';

const words: PlanPaperWords = {
  title: 'Le plan',
  subtitle: 'Un atelier de réparation · Valbrune, le 3 mars 2026',
  footer: 'Un atelier de réparation',
  standing: 'La structure a dit oui le 2 mars 2026.',
  nextContact: { label: 'Prochain contact', value: '20 mars 2026' },
  columns: { what: 'Quoi', owner: 'Qui', day: 'Pour quand', planned: 'Prévu', spent: 'Passé', state: 'Où on en est' },
  others: 'Hors priorités',
  all: 'Les actions',
  nothing: 'Rien encore sous cette priorité.',
  sign: (sign) => `On saura que c’est réussi quand : ${sign}`,
  answer: null
};

const action: ToldAction = {
  what: 'Appeler la banque',
  kind: 'par la structure elle-même',
  owner: 'Nadia',
  day: '12 mars 2026',
  planned: '3 h 00',
  spent: '1 h 15',
  sign: 'un compte est ouvert',
  state: { text: 'En cours' },
  addition: 'ajoutée après l’accord'
};

const plan: ToldPlan = {
  groups: [
    { title: 'Priorité 1 : trésorerie', actions: [action] },
    { title: 'Priorité 2 : diversifier', actions: [] }
  ],
  others: [{ ...action, what: 'Relire les statuts', sign: null, addition: null }],
  total: 'En tout : 2 h 30 passées, 6 h 00 prévues.'
};

test('a plan on paper says of each action what, who, by when, hours planned and spent, the sign of success and its state', async () => {
  const pdf = await readPdf(writePdf(planPaper(plan, words, 'fr')));
  expect(pdf).toMatchObject({ title: 'Le plan', language: 'fr', isTagged: true, accessibility: '1' });
  const [page] = pdf.pages;
  const order = [
    'Le plan',
    'La structure a dit oui le 2 mars 2026.',
    'Prochain contact',
    'Priorité 1',
    'Appeler la banque',
    'ajoutée après l’accord',
    'un compte est ouvert',
    'Nadia',
    '12 mars 2026',
    '3 h 00',
    '1 h 15',
    'En cours',
    'Priorité 2',
    'Rien encore sous cette priorité.',
    'Hors priorités',
    'Relire les statuts',
    'En tout'
  ];
  const places = order.map((part) => page!.words.indexOf(part));
  expect(places.every((place) => place >= 0)).toBe(true);
  expect(places).toEqual(places.toSorted((left, right) => left - right));
  expect(page!.roles.filter((role) => role === 'TH')).toHaveLength(12);
  const docx = readDocxPart(await writeDocx(planPaper(plan, words, 'fr')), 'word/document.xml');
  for (const part of ['Appeler la banque', 'Nadia', '12 mars 2026', 'En cours', 'w:tblHeader'])
    expect(docx).toContain(part);
});

test('as long as nobody said yes there is room to answer by hand; afterwards there is none', async () => {
  const answer = { title: 'Votre réponse', change: 'Ce que nous voulons changer :', signature: 'Date et signature' };
  const told = async (paper: PlanPaperWords) => (await readPdf(writePdf(planPaper(plan, paper, 'fr')))).pages[0]!.words;
  expect(await told({ ...words, answer })).toContain('Votre réponse');
  expect(await told(words)).not.toContain('Votre réponse');
});

test('sixty long actions break over pages, each page saying its columns again', async () => {
  const long = { ...action, what: 'Écrire ensemble la convention avec le centre social. '.repeat(4).trim() };
  const full = { ...plan, others: Array.from({ length: 60 }, () => long) };
  const { pages } = await readPdf(writePdf(planPaper(full, words, 'fr')));
  expect(pages.length).toBeGreaterThan(2);
  for (const page of pages.slice(0, -1)) expect(page.words).toContain('Où on en est');
});
