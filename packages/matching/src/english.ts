import { count, sayEuros, sayMonths } from './phrases.ts';
import type { Sentences } from './sentences.ts';

const months = (value: number) => sayMonths(value, 'en');
const euros = (value: number) => sayEuros(value, 'en');
const jobs = (value: number) => count(value, 'paid job', 'paid jobs');

/** "between 2 and 5", "at least 2", "at most 5", in the unit of `say`. */
function between(say: (value: number) => string, min?: number, max?: number): string {
  if (min !== undefined && max !== undefined) return `between ${say(min)} and ${say(max)}`;
  if (min !== undefined) return `at least ${say(min)}`;
  return max === undefined ? 'any' : `at most ${say(max)}`;
}

export const ENGLISH: Sentences = {
  theme: (themes) => `Offers help with: ${themes}.`,
  family: (themes) => `Close to your subject: ${themes}.`,
  public: (publics) => `Meant for: ${publics}.`,
  everyone: 'Open to everyone.',
  words: 'Its description answers your words.',
  near: (distance) => `${distance} away.`,
  covers: {
    national: 'Covers the whole country.',
    region: 'Covers your region.',
    departement: 'Covers your département.',
    territory: 'Covers your territory.',
    epci: 'Covers your group of communes.',
    commune: 'Covers your commune.',
    qpv: 'Covers your priority neighbourhood.',
    around: 'Travels as far as your place.'
  },
  checked: (days) => (days === 0 ? 'Checked today.' : days === 1 ? 'Checked yesterday.' : `Checked ${days} days ago.`),
  load: (open, places) =>
    open >= places
      ? `Full for now: ${count(open, 'request', 'requests')} for ${count(places, 'place', 'places')}.`
      : `Has room: ${count(open, 'request', 'requests')} for ${count(places, 'place', 'places')}.`,
  turn: (suggested, answered) =>
    suggested === 0
      ? 'Not asked yet in the last three months.'
      : `Asked ${count(suggested, 'time', 'times')} in three months, answered ${count(answered, 'time', 'times')}.`,
  openUntil: (date) => `Open until ${date}.`,
  toCheck: (doubt) => `To be checked: ${doubt}.`,
  country: 'the whole country',
  around: (km) => `${km} km around`,
  further: (n) => count(n, 'other', 'others'),
  doubt: {
    subject: 'the subject is not stated',
    territory: (areas) => (areas === null ? 'the area covered is not stated' : `works here: ${areas}`),
    freshness: 'nobody has confirmed this sheet yet',
    public: (publics) => `meant for: ${publics}`,
    'legal-form': (forms) => `reserved for: ${forms}`,
    language: (languages) => `whether people are received in your language (${languages})`,
    accessibility: (features) => `whether the place has: ${features}`,
    age: (min, max) => `the organisation must have existed for ${between(months, min, max)}`,
    employees: (min, max) => `the organisation must have ${between(jobs, min, max)}`,
    budget: (min, max) => `the yearly budget must be ${between(euros, min, max)}`
  },
  missing: {
    territory: (areas, distance) =>
      `Works here: ${areas}${distance === null ? '' : `, ${distance} from you`}. Ask whether an exception is possible, or who does the same near you.`,
    public: (publics) => `Meant for: ${publics}. Possible if your project is for them too.`,
    'legal-form': (forms) => `Reserved for: ${forms}. Possible if one of these carries the project with you.`,
    language: (languages) => `Answers in: ${languages}. Possible with somebody who translates.`,
    accessibility: (features) =>
      `The place does not have: ${features}. Ask for another place, or to be met differently.`,
    age: {
      below: (value, bound) => `You need to have existed for ${months(bound)}. Possible in ${months(bound - value)}.`,
      above: (value, bound) =>
        `For organisations of ${months(bound)} at most; yours is ${months(value)} old. Possible if a younger one carries the project with you.`
    },
    employees: {
      below: (value, bound) =>
        `Needs at least ${jobs(bound)}; you have ${value}. Possible with several organisations together.`,
      above: (value, bound) =>
        `For organisations with ${jobs(bound)} at most; you have ${value}. Possible if a smaller one carries the project with you.`
    },
    budget: {
      below: (value, bound) =>
        `Needs a yearly budget of at least ${euros(bound)}; yours is ${euros(value)}. Possible with several organisations together.`,
      above: (value, bound) =>
        `For yearly budgets of ${euros(bound)} at most; yours is ${euros(value)}. Possible if a smaller one carries the project with you.`
    },
    before: (date) => `Opens on ${date}. Possible from that day.`,
    after: (date) => `Closed since ${date}. Ask when the next session will be.`,
    freshness: (date) =>
      `Sheet to be confirmed${date === null ? '' : `, last checked on ${date}`}. Possible as soon as somebody has confirmed it.`
  }
};
