import { FUNDING_CHECK_DAYS } from '@terreau/features/orientation/support-freshness.rules';
import type { SupportSheet } from '@terreau/features/orientation/support-sheet.query';
import { displayPhone } from '@terreau/formats/cells';
import { formatDistance, formatExactEuros, formatList, formatLocalDate, formatNumber } from '#lib/formats.ts';
import { labelOf, labelsOf } from '#lib/server/directory/labels.ts';
import { LEGAL_FORM_WORDS } from '#lib/server/directory/words.ts';
import { m } from '#texts/messages.js';
import { supportLine } from './list-page.ts';
import { RECURRENCE_WORDS, STATUS_WORDS } from './words.ts';

/** A sheet as its page shows it: each fact under its name, in the order in which one decides. */
export function supportPage(sheet: SupportSheet, home: string) {
  return {
    ...supportLine(sheet),
    kindCode: sheet.kind,
    status: sheet.status,
    statusText: STATUS_WORDS[sheet.status](),
    summary: sheet.summary,
    plainSummary: sheet.plainSummary,
    isFunding: sheet.kind === 'funding',
    followed: sheet.followed,
    greyText: greyText(sheet),
    person: sheet.kind === 'person' ? personText(sheet) : null,
    facts: factsOf(sheet),
    whoMay: sheet.whoMay,
    whoMayNot: sheet.whoMayNot,
    phone: sheet.phone ? { shown: displayPhone(sheet.phone), dialled: sheet.phone } : null,
    email: sheet.email,
    url: sheet.url,
    sourceUrl: sheet.sourceUrl,
    checked: checkedText(sheet),
    organization: sheet.organization && {
      name: sheet.organization.name,
      href: `${home}/organizations/${sheet.organization.id}`
    },
    offerHref: sheet.postId && `${home}/offers/${sheet.postId}`
  };
}
export type SupportPage = ReturnType<typeof supportPage>;

function greyText(sheet: SupportSheet): string | null {
  if (sheet.standing === 'past') return m.catalogue_grey_past();
  if (sheet.standing === 'unchecked') return m.catalogue_grey_unchecked();
  if (sheet.standing === 'stale')
    return sheet.kind === 'funding' ? m.catalogue_grey_stale({ days: FUNDING_CHECK_DAYS }) : m.catalogue_grey_dormant();
  return null;
}

function personText(sheet: SupportSheet): string | null {
  if (sheet.shownName) return m.catalogue_person_first_name({ name: sheet.shownName });
  return sheet.followed === 'skill' ? m.catalogue_person_unnamed() : null;
}

function checkedText(sheet: SupportSheet): string {
  if (sheet.checkedOn === null) return m.catalogue_checked_never();
  const date = formatLocalDate(sheet.checkedOn);
  if (sheet.followed) return m.catalogue_checked_sheet({ date });
  return sheet.checkedBy
    ? m.catalogue_checked_by({ date, name: sheet.checkedBy })
    : m.catalogue_checked_source({ date });
}

function factsOf(sheet: SupportSheet): { name: string; text: string }[] {
  const facts: [string, string | null][] = [
    [m.catalogue_proposed_by(), sheet.organization ? null : sheet.provider],
    [m.catalogue_publics(), listed(labelsOf('public', sheet.publics))],
    [m.catalogue_field_legal_forms(), listed(sheet.legalForms.map((form) => LEGAL_FORM_WORDS[form]?.() ?? form))],
    [m.catalogue_amounts(), amountText(sheet)],
    [m.catalogue_dates(), datesText(sheet)],
    [m.catalogue_price(), priceText(sheet)],
    [m.catalogue_conditions(), sheet.conditions],
    [m.catalogue_where(), listed([sheet.placeWords, sheet.neighbourhood].filter((part) => part !== null))],
    [m.catalogue_scope(), sheet.followed === 'skill' ? null : scopeText(sheet)],
    [m.catalogue_accessibility(), listed(sheet.accessibility)],
    [m.catalogue_languages(), listed(sheet.languages)],
    [m.catalogue_themes(), listed([...labelsOf('theme', sheet.themes), ...sheet.localThemes])]
  ];
  return facts.flatMap(([name, text]) => (text ? [{ name, text }] : []));
}

function listed(parts: readonly string[]): string | null {
  return parts.length === 0 ? null : parts.join(' · ');
}

function amountText(sheet: SupportSheet): string | null {
  const percent = (points: number) => `${formatNumber(points / 100)} %`;
  const { minRateBasisPoints: min, maxRateBasisPoints: max, ceilingCents } = sheet;
  const rate =
    min !== null && max !== null
      ? m.catalogue_rate_between({ min: percent(min), max: percent(max) })
      : max !== null
        ? m.catalogue_rate_upto({ max: percent(max) })
        : min !== null
          ? m.catalogue_rate_from({ min: percent(min) })
          : null;
  const ceiling = ceilingCents === null ? null : m.catalogue_ceiling({ amount: formatExactEuros(ceilingCents) });
  return listed([rate, ceiling].filter((part) => part !== null));
}

function datesText({ opensOn, closesOn, recurrence }: SupportSheet): string | null {
  const from = opensOn && formatLocalDate(opensOn);
  const to = closesOn && formatLocalDate(closesOn);
  const dates =
    from && to
      ? m.catalogue_between_dates({ from, to })
      : from
        ? m.catalogue_from_date({ date: from })
        : to
          ? m.catalogue_until_date({ date: to })
          : null;
  return listed([dates, recurrence && RECURRENCE_WORDS[recurrence]()].filter((part) => part !== null));
}

function priceText({ fees, cost }: SupportSheet): string | null {
  return listed([fees && labelOf('fee', fees), cost].filter((part) => part !== null));
}

function scopeText({ scopeKind, scopeCodes, radiusMetres }: SupportSheet): string {
  const codes = formatList([...scopeCodes]);
  switch (scopeKind) {
    case 'national':
      return m.catalogue_scope_national();
    case 'region':
      return m.catalogue_scope_region({ codes });
    case 'departement':
      return m.catalogue_scope_departement({ codes });
    case 'epci':
      return m.catalogue_scope_epci({ codes });
    case 'commune':
      return m.catalogue_scope_commune({ codes });
    case 'priority-neighbourhood':
      return m.catalogue_scope_priority({ codes });
    case 'circle':
      return m.catalogue_scope_circle({ distance: formatDistance(radiusMetres ?? 0) });
    case 'territory':
      return m.catalogue_scope_territory();
  }
}
