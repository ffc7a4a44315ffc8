import type { BudgetSheet } from '@terreau/features/funding/find-budget.query';
import { formatExactEuros, formatNumber } from '#lib/formats.ts';
import { m } from '#texts/messages.js';
import { accountInWords, FUNDING_STATE_WORDS } from './words.ts';

/** Under the words of a line: its account, how it was counted, where it stands. */
export function lineAbout(line: BudgetSheet['lines'][number]): string {
  const parts = [accountInWords(line.account)];
  if (line.isIndirect) parts.push(m.funding_indirect());
  if (line.quantityHundredths !== null && line.unitCents !== null) {
    const quantity = formatNumber(line.quantityHundredths / 100);
    parts.push(m.funding_counted({ quantity, unit: formatExactEuros(line.unitCents) }));
  }
  if (line.basis) parts.push(line.basis);
  if (line.state) parts.push(FUNDING_STATE_WORDS[line.state]());
  return parts.join(' · ');
}
