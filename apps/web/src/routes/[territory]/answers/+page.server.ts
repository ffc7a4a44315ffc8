import { error } from '@sveltejs/kit';
import { findAnswerRates } from '@terreau/features/orientation/answer-rates.query';
import type { AnswerRate } from '@terreau/features/orientation/answer-rates.rules';
import { formatNumber, formatPercent, formatShortDate } from '#lib/formats.ts';
import { m } from '#texts/messages.js';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, parent }) => {
  const { territory } = await parent();
  const rates = await findAnswerRates(locals.context, territory);
  if (!rates) error(404);
  const { timeZone } = territory;
  const team = { ...rates.team, name: m.requests_answers_team({ name: territory.name }) };
  return {
    from: formatShortDate(rates.from, timeZone),
    to: formatShortDate(rates.to, timeZone),
    isPublic: rates.isPublic,
    structures: rates.structures.length,
    // Of those that were asked too rarely nothing is said, but how many they are.
    few: rates.structures.filter((rate) => rate.asked === null).length,
    rates: [team, ...rates.structures.filter((rate) => rate.asked !== null)].map(inWords)
  };
};

function inWords({ name, asked, answered, medianDays }: AnswerRate) {
  if (asked === null || answered === null) {
    return {
      name,
      asked: m.requests_answers_few(),
      answered: m.requests_answers_hidden(),
      delay: m.requests_answers_hidden()
    };
  }
  const percent = formatPercent(answered / asked);
  return {
    name,
    asked: formatNumber(asked),
    answered: m.requests_answers_rate({ answered: formatNumber(answered), asked: formatNumber(asked), percent }),
    delay:
      medianDays === null
        ? m.requests_answers_hidden()
        : medianDays === 0
          ? m.requests_answers_same_day()
          : m.requests_answers_days({ days: medianDays, number: formatNumber(medianDays) })
  };
}
