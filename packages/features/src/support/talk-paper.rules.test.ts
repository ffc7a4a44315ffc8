import { writePdf } from '@terreau/formats/document';
import { readPdf } from '@terreau/formats/document-testing';
import { expect, test } from 'vitest';
import type { ThreadSheet } from './find-thread.query.ts';
import { threadPaper, type TalkPaperWords } from './talk-paper.rules.ts';

const words: TalkPaperWords = {
  language: 'fr',
  subtitle: 'Échanges · Valbrune',
  head: (message) => (message.spokenBy ? `${message.spokenBy}, de vive voix` : (message.by ?? '')),
  state: (state) => (state === 'blocked' ? 'bloquée' : state),
  day: (date) => date,
  recommended: 'Recommandation',
  why: 'Pourquoi',
  stateOf: 'État',
  dueOn: 'Pour le',
  contact: 'Contact',
  document: 'Document',
  answer: 'Votre réponse',
  answerHint: 'Rendez cette feuille, ou dites-le.'
};

const piece = {
  messageId: 'm',
  words: null,
  recommendation: null,
  toState: null,
  organization: null,
  documentId: null
};
const message = { role: null, publishedAt: new Date(0), isOwn: false };

const thread = {
  subject: 'Trouver un local',
  head: { title: 'Un atelier' },
  messages: [
    {
      ...message,
      id: '1',
      by: 'Nadia',
      spokenBy: null,
      pieces: [
        { ...piece, id: 'a', kind: 'text', words: 'Une piste sérieuse.' },
        {
          ...piece,
          id: 'b',
          kind: 'recommendation',
          recommendation: {
            id: 'r',
            title: 'Demander la salle',
            why: 'Elle est libre',
            dueOn: '2026-12-08',
            state: 'blocked',
            supportId: null,
            organizationId: null
          }
        },
        {
          ...piece,
          id: 'c',
          kind: 'contact',
          organization: { id: 'o', name: 'Régie de quartier', phone: '04 65 71 00 10', email: null }
        }
      ]
    },
    {
      ...message,
      id: '2',
      by: 'Nadia',
      spokenBy: 'Bernard',
      pieces: [{ ...piece, id: 'd', kind: 'text', words: 'Oui.' }]
    }
  ]
} as unknown as ThreadSheet;

test('a conversation is printed in its order, with what was recommended, who said it aloud, and lines to answer on', async () => {
  const paper = threadPaper(thread, words);
  expect(paper.blocks.at(-1)).toEqual({ kind: 'lines', count: 8 });
  const { title, isTagged, pages } = await readPdf(writePdf(paper));
  expect({ title, isTagged }).toEqual({ title: 'Trouver un local', isTagged: true });
  const text = pages.map((page) => page.words).join(' ');
  const order = [
    'Trouver un local',
    'Nadia',
    'Une piste',
    'Demander la salle',
    'Elle est libre',
    'bloquée',
    'Régie de quartier',
    '04 65 71',
    'Bernard, de vive voix',
    'Oui.',
    'Votre réponse'
  ];
  const places = order.map((words) => text.indexOf(words));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places[0]).toBeGreaterThanOrEqual(0);
});
