import type { Journey } from '@terreau/features/support/find-journey.query';
import { formatLocalDate, formatMoney, formatPercent, formatShortDate } from '#lib/formats.ts';
import { m } from '#texts/messages.js';

/** What the dossier says about a question, in words; null where it says nothing. */
export function knownInWords(key: string, journey: Journey, timeZone: string): string | null {
  return KNOWN[key]?.(journey, timeZone) ?? null;
}

type Known = (journey: Journey, timeZone: string) => string | null;

/** A field that a sheet of the journey already holds. */
const written =
  (key: string): Known =>
  ({ facts }) => {
    const said = facts.get(key)?.value?.replaceAll('\n', ' ');
    if (!said) return m.support_known_nothing_written();
    const quote = said.length > QUOTE_MAX_CHARACTERS ? `${said.slice(0, QUOTE_MAX_CHARACTERS - 1)}…` : said;
    return m.support_known_written({ quote });
  };

const QUOTE_MAX_CHARACTERS = 80;

const KNOWN: Readonly<Record<string, Known>> = {
  'exit.0.answered': answered,
  'exit.1.how-many': written('need.how-many'),
  'exit.1.brings': written('carrier.brings'),
  'exit.2.two': ({ circle }) =>
    m.support_known_people({ count: circle.filter(({ role }) => role === 'carrier' || role === 'member').length }),
  'exit.2.shared': ({ visibility }) => VISIBILITY_WORDS[visibility](),
  'exit.3.met': ({ known }) => (known.meetings > 0 ? m.support_known_meetings({ count: known.meetings }) : null),
  'exit.3.agreed': written('close.agreements'),
  'exit.4.balanced': balanced,
  'exit.4.hoped': hoped,
  'exit.4.host': written('feasible.host'),
  'exit.4.small': written('feasible.small'),
  'exit.4.diagnosis': ({ known }) =>
    known.diagnosisOn
      ? m.support_known_diagnosis({ date: formatLocalDate(known.diagnosisOn) })
      : m.support_known_no_diagnosis(),
  'exit.6.deadlines': ({ known, head }) =>
    head.seesFunding && known.deadlinesOpen > 0
      ? m.support_known_deadlines({ owned: known.deadlinesOwned, count: known.deadlinesOpen })
      : null,
  'exit.7.funder': funded,
  'exit.8.check-ups': ({ nextContactOn }) =>
    nextContactOn ? m.support_next_contact_on({ date: formatLocalDate(nextContactOn) }) : null
};

const VISIBILITY_WORDS = {
  circle: m.support_known_shown_circle,
  territory: m.support_known_shown_territory,
  public: m.support_known_shown_public
} as const;

function answered({ circle }: Journey, timeZone: string): string | null {
  const companion = circle.find(({ role }) => role === 'facilitator');
  if (!companion) return m.support_known_nobody();
  return m.support_known_companion({ name: companion.name, date: formatShortDate(companion.joinedAt, timeZone) });
}

function balanced({ head, known: { costs, income } }: Journey): string | null {
  if (!head.seesFunding) return null;
  if (costs === null && income === null) return m.support_known_no_budget();
  return m.support_known_budget({ costs: formatMoney(costs ?? 0), income: formatMoney(income ?? 0) });
}

function hoped({ known: { hopedLabel, hopedCents, income } }: Journey): string | null {
  if (!income) return null;
  if (hopedCents === null) return m.support_known_none_hoped();
  const words = { label: hopedLabel ?? '', share: formatPercent(hopedCents / income), of: formatMoney(income) };
  return m.support_known_hoped(words);
}

function funded({ known: { fundedYear, fundedCents, fundedOf } }: Journey): string | null {
  if (fundedYear === null || fundedCents === null || !fundedOf) return null;
  const words = { year: String(fundedYear), share: formatPercent(fundedCents / fundedOf), of: formatMoney(fundedOf) };
  return m.support_known_funded(words);
}
