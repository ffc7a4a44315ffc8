import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findMeetings, MEETINGS_MAX_COUNT, type Action } from './close-actions.ts';

const NOTHING: Omit<Action, 'id' | 'actor'> = {
  isDone: true,
  themes: [],
  publics: [],
  neighbourhood: null,
  point: null,
  from: null,
  until: null,
  needs: [],
  offers: []
};
const own: Action = {
  ...NOTHING,
  id: 'own',
  actor: 'us',
  themes: ['mobilite--reparer', 'equipement--reemploi'],
  publics: ['jeunes'],
  neighbourhood: 'bel-air',
  from: '2026-03-01',
  needs: ['room'],
  offers: ['time']
};
const another = (id: string, action: Partial<Action>): Action => ({ ...NOTHING, id, actor: id, ...action });

test('two workshops on the same subject, for the same people, in one neighbourhood could meet, and the reasons say so', () => {
  const bikes = another('bikes', { themes: ['mobilite--reparer'], publics: ['jeunes'], neighbourhood: 'bel-air' });
  expect(findMeetings(own, [bikes])).toEqual([
    {
      actionId: 'bikes',
      actor: 'bikes',
      kind: 'close',
      strength: 800,
      reasons: [
        { code: 'theme', themes: ['mobilite--reparer'] },
        { code: 'public', publics: ['jeunes'] },
        { code: 'neighbourhood' }
      ]
    }
  ]);
});

test('a third of the subjects, other people, or ten days together are not close enough', () => {
  const base = { themes: ['mobilite--reparer'], publics: ['jeunes'] };
  expect(findMeetings(own, [another('a', { ...base, themes: ['mobilite--reparer', 'x--y'] })])).toEqual([]);
  expect(findMeetings(own, [another('b', { ...base, publics: ['seniors'] })])).toEqual([]);
  expect(findMeetings(own, [another('c', { ...base, until: '2026-03-11' })])).toEqual([]);
  expect(findMeetings(own, [another('d', { ...base, until: '2026-03-15' })])).toHaveLength(1);
});

test('whoever offers what the project lacks, or lacks what it offers, complements it', () => {
  const room = another('room', { offers: ['room'] });
  const helpers = another('helpers', { needs: ['time'], offers: ['money'] });
  expect(findMeetings(own, [room, helpers]).map(({ kind, reasons }) => [kind, reasons])).toEqual([
    ['complement', [{ code: 'they-need', categories: ['time'] }]],
    ['complement', [{ code: 'they-offer', categories: ['room'] }]]
  ]);
});

test('an offer on the same subject is no close action: it helps, or it is nothing', () => {
  const willow = another('willow', { isDone: false, themes: own.themes, publics: own.publics, offers: ['equipment'] });
  expect(findMeetings(own, [willow])).toEqual([]);
  const hall = another('hall', { isDone: false, themes: own.themes, publics: own.publics, offers: ['room'] });
  expect(findMeetings(own, [hall])).toMatchObject([{ kind: 'complement' }]);
});

test('an actor is proposed once, for what speaks most for a meeting, and nobody meets themselves', () => {
  const weak = { ...another('weak', { offers: ['room'] }), actor: 'centre' };
  const strong = { ...another('strong', { themes: own.themes, publics: own.publics }), actor: 'centre' };
  const ours = { ...another('ours', { themes: own.themes, publics: own.publics }), actor: 'us' };
  expect(findMeetings(own, [weak, strong, ours]).map(({ actionId }) => actionId)).toEqual(['strong']);
});

test('a street away is said in metres; farther, nothing is said of the distance', () => {
  const at = (longitude: number) => ({ latitude: 46.65, longitude });
  const here = { ...own, neighbourhood: null, point: at(2.69) };
  const near = another('near', { themes: own.themes, point: at(2.693) });
  const far = another('far', { themes: own.themes, point: at(2.73) });
  const [first, second] = findMeetings(here, [far, near]);
  expect(first).toMatchObject({ actionId: 'near', reasons: [{ code: 'theme' }, { code: 'near', metres: 229 }] });
  expect(second?.reasons.map(({ code }) => code)).toEqual(['theme']);
});

test('the order of the others changes nothing, three are given at most, and one more shared theme never weakens', () => {
  const codes = fc.subarray(['a--1', 'a--2', 'b--1', 'c--1'], { minLength: 1 });
  const categories = fc.subarray(['room', 'skill', 'time']);
  const anAction = fc.record({ themes: codes, needs: categories, offers: categories });
  fc.assert(
    fc.property(anAction, fc.array(anAction, { maxLength: 12 }), (mine, theirs) => {
      const asker = { ...own, ...mine };
      const others = theirs.map((action, index) => another(`o${index}`, action));
      const found = findMeetings(asker, others);
      expect(findMeetings(asker, others.toReversed())).toEqual(found);
      expect(found.length).toBeLessThanOrEqual(MEETINGS_MAX_COUNT);
      for (const meeting of findMeetings(asker, others, Infinity)) {
        const other = others.find(({ id }) => id === meeting.actionId)!;
        const missing = asker.themes.find((theme) => !other.themes.includes(theme));
        if (missing === undefined) continue;
        const [closer] = findMeetings(asker, [{ ...other, themes: [...other.themes, missing] }]);
        expect(closer!.strength).toBeGreaterThanOrEqual(meeting.strength);
      }
    }),
    { numRuns: 300 }
  );
});
