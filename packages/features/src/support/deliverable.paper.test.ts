import { writeDocx, writePdf } from '@terreau/formats/document';
import { readDocxPart, readPdf } from '@terreau/formats/document-testing';
import { expect, test } from 'vitest';
import {
  EXPECTATION_MAX_CHARACTERS,
  FOR_WHOM_MAX_CHARACTERS,
  PLACE_WORDS_MAX_CHARACTERS,
  SENTENCE_MAX_CHARACTERS
} from '../orientation/door.schema.ts';
import {
  deliverablePaper,
  journeyPaper,
  type DeliverableFacts,
  type DeliverableWords
} from './deliverable.paper.rules.ts';
import { journeyOf, LINE_BREAK_CHARACTERS, roomOf } from './journey.rules.ts';

const steps = journeyOf('fr');
const words: DeliverableWords = {
  subtitle: 'Un atelier de réparation · Valbrune, le 3 mars 2026',
  footer: 'Un atelier de réparation, pour les familles des Tilleuls',
  nothing: 'Pas encore écrit.',
  sources: {
    meetings: 'Rencontres',
    budget: 'Budget',
    deadlines: 'Échéances',
    diagnosis: 'Priorités du diagnostic',
    plan: 'Plan'
  }
};
/** As many lines as another page gives, each as long as it may be. */
const SOURCE_LINES = 12;
const WORDS = 'Nous réparons ensemble les vélos et les petits appareils du quartier, le samedi matin, sous le porche. ';

/** As many words as a field takes, in one stretch. */
const inOne = (limit: number) => WORDS.repeat(60).slice(0, limit).trim();
/** As many short lines as a field takes. */
function inLines(limit: number): string {
  const lines = ['un local'];
  while (roomOf([...lines, 'des outils'].join('\n')) <= limit) lines.push('des outils');
  return lines.join('\n');
}

function full(fill: (limit: number) => string): DeliverableFacts {
  const fields = steps.flatMap((one) => one.fields);
  const line = inOne(200);
  const lines = Array.from({ length: SOURCE_LINES }, () => line);
  return {
    said: new Map(fields.map(({ key, limit, choices }) => [key, choices[0]?.value ?? fill(limit)])),
    sources: new Map(steps.flatMap((one) => one.sources.map((source) => [source, lines] as const)))
  };
}

test.each([
  ['long sentences', inOne],
  ['many short lines', inLines]
])('a deliverable filled to its limits with %s has two pages at most, the project one', async (_, fill) => {
  const facts = full(fill);
  for (const step of steps) {
    const { pages } = await readPdf(writePdf(deliverablePaper(step, facts, words, 'fr')));
    const most = step.step === 0 || step.step === 2 ? 1 : 2;
    expect({ step: step.step, fits: pages.length <= most, pages: pages.length }).toMatchObject({ fits: true });
  }
});

test('the welcome sheet takes half a page, and one page at most with all that a door lets one say', async () => {
  for (const fill of [inOne, inLines]) {
    const paper = deliverablePaper(steps[0]!, full(fill), words, 'fr');
    const twice = {
      ...paper,
      blocks: [...paper.blocks, { kind: 'heading', level: 2, text: paper.title } as const, ...paper.blocks]
    };
    expect((await readPdf(writePdf(twice))).pages).toHaveLength(1);
  }
  const said = new Map([
    ['idea.sentence', inOne(SENTENCE_MAX_CHARACTERS)],
    ['idea.for-whom', inOne(FOR_WHOM_MAX_CHARACTERS)],
    ['idea.where', inOne(PLACE_WORDS_MAX_CHARACTERS)],
    ['idea.expectation', inOne(EXPECTATION_MAX_CHARACTERS)]
  ]);
  const paper = deliverablePaper(steps[0]!, { said, sources: new Map() }, words, 'fr');
  expect((await readPdf(writePdf(paper))).pages).toHaveLength(1);
});

test('each deliverable is a tagged PDF with its title, its language and real headings, read in the order of the page', async () => {
  const facts = full(inOne);
  for (const step of steps) {
    const read = await readPdf(writePdf(deliverablePaper(step, facts, words, 'fr')));
    expect(read).toMatchObject({ title: step.deliverable, language: 'fr', isTagged: true, accessibility: '1' });
    const roles = read.pages.flatMap((page) => page.roles).filter((role) => /^H\d$/.test(role));
    const headings = step.fields.length + step.sources.length;
    expect(roles).toEqual(['H1', ...Array.from({ length: headings }, () => 'H2')]);
    const text = read.pages.map((page) => page.words).join(' ');
    // A reading program gives each space as an ordinary one.
    const parts = [step.deliverable, ...step.fields.map((field) => field.label)];
    const places = parts.map((part) => text.indexOf(part.replaceAll('\u00a0', ' ')));
    expect({ step: step.step, places }).toEqual({ step: step.step, places: [...places].sort((a, b) => a - b) });
    expect(places.every((place) => place >= 0)).toBe(true);
  }
});

test('a deliverable as a document has real headings, its language, and every word', async () => {
  const said = new Map([
    ['idea.sentence', 'Réparer les vélos'],
    ['close.choice', 'with'],
    ['close.exists', 'Le Dérailleur\nLa ressourcerie']
  ]);
  const bytes = await writeDocx(deliverablePaper(steps[3]!, { said, sources: new Map() }, words, 'fr'));
  const body = readDocxPart(bytes, 'word/document.xml');
  expect(body).toContain('w:val="Heading1"');
  expect(body).toContain('w:val="Heading2"');
  expect(readDocxPart(bytes, 'word/styles.xml')).toContain('w:val="fr-FR"');
  for (const part of ['Le Dérailleur', 'La ressourcerie', 'Faire avec d’autres', 'Pas encore écrit.', 'Rencontres']) {
    expect(body).toContain(part);
  }
});

test('everything in one document: a heading for each step in which something was said, the others left out', async () => {
  const said = new Map([
    ['idea.sentence', 'Réparer les vélos'],
    ['project.aim', 'Réparer ensemble']
  ]);
  const paper = journeyPaper(steps, { said, sources: new Map() }, words, {
    title: 'Le parcours du projet',
    language: 'fr'
  });
  const read = await readPdf(writePdf(paper));
  expect(read.pages).toHaveLength(2);
  expect(read.pages[0]!.words).toContain('E0 · Fiche d’accueil');
  expect(read.pages[1]!.words).toContain('E2 · Le projet en une page');
  expect(read.pages.map((page) => page.words).join(' ')).not.toContain('E1 ·');
  const none = journeyPaper(steps, { said: new Map(), sources: new Map() }, words, { title: 'Rien', language: 'fr' });
  expect(none.blocks).toEqual([{ kind: 'paragraph', text: 'Pas encore écrit.' }]);
});

test('short lines count for the room that they take', () => {
  expect(inLines(500).split('\n').length).toBeLessThanOrEqual(Math.ceil(500 / LINE_BREAK_CHARACTERS));
});
