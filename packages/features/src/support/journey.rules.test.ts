import { expect, test } from 'vitest';
import {
  allowedAnswers,
  journeyKeys,
  journeyOf,
  LINE_BREAK_CHARACTERS,
  readSaid,
  roomOf,
  stateOfStep
} from './journey.rules.ts';

const french = journeyOf('fr');
const english = journeyOf('en');

test('nothing is asked twice: each field is a blank in one step alone, and what a later step needs was asked before it', () => {
  const asked = french.flatMap((one) => one.fields.filter((field) => field.askedAt === null).map((field) => field.key));
  expect(asked).toEqual([...new Set(asked)]);
  const labels = french.flatMap((one) =>
    one.fields.filter((field) => field.askedAt === null).map(({ label }) => label)
  );
  expect(labels).toEqual([...new Set(labels)]);
  for (const { step, fields } of french) {
    expect(new Set(fields.map((field) => field.key)).size).toBe(fields.length);
    for (const field of fields) if (field.askedAt !== null) expect(field.askedAt).toBeLessThan(step);
  }
  // What was said at the door is met again in each step up to the feasibility, or leads to it.
  for (const step of [1, 2, 3, 4]) expect(french[step]!.fields.some((field) => field.askedAt !== null)).toBe(true);
});

test('the nine steps say what to do, who helps, a small action and a way out, in both languages', () => {
  expect(french.map((one) => one.step)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(french[0]!.fields).toHaveLength(4);
  for (const [index, one] of french.entries()) {
    const other = english[index]!;
    for (const text of [one.doing, one.helpers, one.action, one.deliverable]) expect(text.length).toBeGreaterThan(5);
    for (const name of ['doing', 'helpers', 'action', 'deliverable'] as const) expect(other[name]).not.toBe(one[name]);
    expect(one.questions.length).toBeGreaterThanOrEqual(2);
    for (const [place, field] of one.fields.entries()) {
      expect(other.fields[place]!.label.length).toBeGreaterThan(3);
      expect(other.fields[place]!.label).not.toBe(field.label);
      expect(other.fields[place]!.choices.map((choice) => choice.label)).not.toContain(undefined);
    }
    for (const [place, question] of one.questions.entries()) {
      expect(other.questions[place]!.text).not.toBe(question.text);
      expect(allowedAnswers(question.key)).toEqual(['yes', 'not-yet', 'not-useful']);
    }
  }
});

test('the keys fit where facts are kept', () => {
  expect(journeyKeys().filter((key) => !/^[a-z0-9][a-z0-9.-]{0,59}$/.test(key))).toEqual([]);
  const controls = journeyKeys().map((key) => key.replaceAll('.', '-'));
  expect(new Set(controls).size).toBe(controls.length);
  for (const { fields, questions } of french) expect(fields.length + questions.length).toBeLessThan(55);
});

test('what was typed keeps its lines and loses its empty ones; a new line takes the room of one', () => {
  expect(readSaid('  un local \r\n\r\n\t des   outils\u0000 \n')).toBe('un local\ndes outils');
  expect(readSaid(' \n ')).toBeNull();
  expect(readSaid('-')).toBe('-');
  expect(roomOf('un\ndeux')).toBe(7 + LINE_BREAK_CHARACTERS);
});

test('a step stands in words: here, done, passed without words, begun, or ahead', () => {
  expect(stateOfStep(3, 3, false, true)).toBe('here');
  expect(stateOfStep(2, 3, true, false)).toBe('done');
  expect(stateOfStep(1, 3, false, false)).toBe('skipped');
  expect(stateOfStep(4, 3, false, true)).toBe('begun');
  expect(stateOfStep(5, 3, false, false)).toBe('ahead');
});
