import type { FieldDrift } from '@terreau/features/orientation/support-templates.rules';
import { formatList, formatLocalDate, formatMoney, formatNumber } from '#lib/formats.ts';
import { labelOf } from '#lib/server/directory/labels.ts';
import { LEGAL_FORM_WORDS } from '#lib/server/directory/words.ts';
import { m } from '#texts/messages.js';
import { DRIFT_WORDS, RECURRENCE_WORDS, supportFieldName } from './words.ts';

/** One field that differs from the template, each of its three values as people read it. */
export function driftInWords(drift: FieldDrift) {
  const say = (value: unknown) => valueInWords(drift.field, value);
  return {
    field: drift.field,
    name: supportFieldName(drift.field),
    state: DRIFT_WORDS[drift.state](),
    isNew: drift.state !== 'ours-differs',
    ours: say(drift.ours),
    adopted: say(drift.adopted),
    newest: say(drift.newest),
    note: drift.note
  };
}

function valueInWords(field: FieldDrift['field'], value: unknown): string {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0))
    return m.catalogue_drift_nothing();
  if (Array.isArray(value)) return formatList(value.map((code) => codeInWords(field, String(code))));
  if (typeof value === 'number') return numberInWords(field, value);
  const text = String(value as string);
  if (field === 'opensOn' || field === 'closesOn') return formatLocalDate(text);
  return codeInWords(field, text);
}

function numberInWords(field: FieldDrift['field'], value: number): string {
  if (field === 'ceilingCents') return formatMoney(value);
  if (field === 'minRateBasisPoints' || field === 'maxRateBasisPoints') return `${formatNumber(value / 100)} %`;
  return formatNumber(value);
}

function codeInWords(field: FieldDrift['field'], code: string): string {
  switch (field) {
    case 'themes':
      return labelOf('theme', code);
    case 'publics':
      return labelOf('public', code);
    case 'fees':
      return labelOf('fee', code);
    case 'legalForms':
      return LEGAL_FORM_WORDS[code]?.() ?? code;
    case 'recurrence':
      return (RECURRENCE_WORDS as Readonly<Record<string, () => string>>)[code]?.() ?? code;
    default:
      return code;
  }
}
