import { fail } from '@sveltejs/kit';
import {
  CHARGE_ACCOUNTS,
  GIVEN_ACCOUNTS,
  INCOME_ACCOUNTS,
  PAIRS,
  RECEIVED_ACCOUNTS,
  type Account,
  type Pair,
  type Side
} from '@terreau/features/funding/accounts.rules';
import type { AddDeadlineRefusal } from '@terreau/features/funding/add-deadline.command';
import type { AddPossibleFundingRefusal } from '@terreau/features/funding/add-possible-funding.command';
import type { TableRefusal } from '@terreau/features/funding/budget-table.rules';
import type { ChangeBudgetLineRefusal } from '@terreau/features/funding/change-budget-line.command';
import type { CopyBudgetRefusal } from '@terreau/features/funding/copy-budget.command';
import type { CreateBudgetRefusal } from '@terreau/features/funding/create-budget.command';
import type { DeadlineKind } from '@terreau/features/funding/deadlines.rules';
import type { FinaliseBudgetRefusal } from '@terreau/features/funding/finalise-budget.command';
import type { FundingState } from '@terreau/features/funding/funding-life.rules';
import type { ImportBudgetRefusal } from '@terreau/features/funding/import-budget.command';
import type { RecordFundingStepRefusal } from '@terreau/features/funding/record-funding-step.command';
import type { WriteFinancialReportRefusal } from '@terreau/features/funding/write-financial-report.command';
import type { WriteBudgetLinesRefusal } from '@terreau/features/funding/write-budget-lines.command';
import type * as v from 'valibot';
import { formatExactEuros } from '#lib/formats.ts';
import type { SentBack } from '#lib/server/support/words.ts';
import { m } from '#texts/messages.js';

/* The codes of funding in the language of the page. A missing text does not compile. */

type Words<Code extends string> = Readonly<Record<Code, () => string>>;

const ACCOUNT_WORDS: Words<Account> = {
  '60': m.funding_account_60,
  '61': m.funding_account_61,
  '62': m.funding_account_62,
  '63': m.funding_account_63,
  '64': m.funding_account_64,
  '65': m.funding_account_65,
  '66': m.funding_account_66,
  '67': m.funding_account_67,
  '68': m.funding_account_68,
  '70': m.funding_account_70,
  '73': m.funding_account_73,
  '74': m.funding_account_74,
  '75': m.funding_account_75,
  '76': m.funding_account_76,
  '77': m.funding_account_77,
  '78': m.funding_account_78,
  '79': m.funding_account_79,
  '860': m.funding_account_860,
  '861': m.funding_account_861,
  '862': m.funding_account_862,
  '864': m.funding_account_864,
  '870': m.funding_account_870,
  '871': m.funding_account_871,
  '875': m.funding_account_875
};

const PAIR_WORDS: Words<Pair> = {
  '860+870': m.funding_pair_860_870,
  '861+871': m.funding_pair_861_871,
  '862+871': m.funding_pair_862_871,
  '864+875': m.funding_pair_864_875
};

export const SIDE_WORDS: Words<Side> = {
  charges: m.funding_side_charges,
  income: m.funding_side_income,
  given: m.funding_side_given,
  received: m.funding_side_received
};

export const FUNDING_STATE_WORDS: Words<FundingState> = {
  envisaged: m.funding_state_envisaged,
  requested: m.funding_state_requested,
  granted: m.funding_state_granted,
  paid: m.funding_state_paid,
  refused: m.funding_state_refused
};

export const DEADLINE_WORDS: Words<DeadlineKind> = {
  'financial-report': m.funding_kind_financial_report,
  'grant-request': m.funding_kind_grant_request,
  payment: m.funding_kind_payment,
  agreement: m.funding_kind_agreement,
  'general-meeting': m.funding_kind_general_meeting,
  accounts: m.funding_kind_accounts,
  insurance: m.funding_kind_insurance,
  fonjep: m.funding_kind_fonjep,
  other: m.funding_kind_other
};

/** « 61 · Services extérieurs » */
export function accountInWords(account: Account): string {
  return `${account} · ${ACCOUNT_WORDS[account]()}`;
}

/** The accounts to choose from; `both`: contributions in kind on both sides at once, else each side by itself. */
export function accountOptions(both: 'both-sides' | 'one-side') {
  const of = (accounts: readonly Account[]) =>
    accounts.map((account) => ({ value: account, label: accountInWords(account) }));
  const contributions =
    both === 'both-sides'
      ? [
          {
            label: m.funding_group_pairs(),
            options: PAIRS.map((pair) => ({ value: pair as string, label: PAIR_WORDS[pair]() }))
          }
        ]
      : [
          { label: m.funding_group_given(), options: of(GIVEN_ACCOUNTS) },
          { label: m.funding_group_received(), options: of(RECEIVED_ACCOUNTS) }
        ];
  return [
    { label: m.funding_group_charges(), options: of(CHARGE_ACCOUNTS) },
    { label: m.funding_group_income(), options: of(INCOME_ACCOUNTS) },
    ...contributions
  ];
}

type Refusal = Exclude<
  | CreateBudgetRefusal
  | CopyBudgetRefusal
  | WriteBudgetLinesRefusal
  | ChangeBudgetLineRefusal
  | FinaliseBudgetRefusal
  | RecordFundingStepRefusal
  | ImportBudgetRefusal
  | TableRefusal
  | AddDeadlineRefusal
  | AddPossibleFundingRefusal
  | WriteFinancialReportRefusal,
  'not-found'
>;

interface RefusalDetails {
  readonly max: number;
  readonly row: number;
  readonly amount: string;
  readonly label: string;
}

const REFUSAL_WORDS: Readonly<Record<Refusal, (details: RefusalDetails) => string>> = {
  'changed-meanwhile': m.funding_refusal_changed_meanwhile,
  'budget-final': m.funding_refusal_budget_final,
  'budget-empty': m.funding_refusal_budget_empty,
  'charges-differ': m.funding_refusal_charges_differ,
  'contributions-differ': m.funding_refusal_contributions_differ,
  'draft-open': m.funding_refusal_draft_open,
  'too-many-budgets': m.funding_refusal_too_many_budgets,
  'too-many-lines': m.funding_refusal_too_many_lines,
  'nothing-kept': m.funding_refusal_nothing_kept,
  'one-side-only': m.funding_refusal_one_side_only,
  'step-not-from-here': m.funding_refusal_step_not_from_here,
  'step-in-the-future': m.funding_refusal_step_in_the_future,
  'too-many-deadlines': m.funding_refusal_too_many_deadlines,
  'already-there': m.funding_refusal_already_there,
  'file-unreadable': m.funding_refusal_file_unreadable,
  'table-not-a-budget': m.funding_refusal_table_not_a_budget,
  'table-period': m.funding_refusal_table_period,
  'row-account': m.funding_refusal_row_account,
  'row-label': m.funding_refusal_row_label,
  'row-amount': m.funding_refusal_row_amount,
  'row-side': m.funding_refusal_row_side,
  'sheet-gone': m.funding_refusal_sheet_gone,
  'budget-not-final': m.funding_refusal_budget_not_final,
  'report-closed': m.funding_refusal_report_closed,
  'report-empty': m.funding_refusal_report_empty,
  'actual-missing': m.funding_refusal_actual_missing,
  'explanation-missing': m.funding_refusal_explanation_missing
};

const FIELD_OF: Partial<Record<Refusal, string>> = {
  'one-side-only': 'choice',
  'step-not-from-here': 'state',
  'step-in-the-future': 'happenedOn'
};

const PROBLEM_WORDS: Readonly<Record<string, () => string>> = {
  'too-long': m.funding_problem_too_long,
  'malformed-amount': m.funding_problem_malformed_amount,
  'missing-amount': m.funding_problem_missing_amount,
  'malformed-date': m.funding_problem_malformed_date,
  'malformed-period': m.funding_problem_malformed_period
};

export function problemInWords(code: string): string {
  return (PROBLEM_WORDS[code] ?? m.funding_problem_missing)();
}

/** What is wrong with each field, by its name. */
export function problemsOf(issues: readonly v.BaseIssue<unknown>[]): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const issue of issues) errors[String(issue.path?.[0]?.key ?? '')] ??= problemInWords(issue.message);
  return errors;
}

export interface RefusedFunding {
  readonly code: Refusal;
  readonly details: Readonly<Record<string, string | number>>;
}

export function refusalInWords({ code, details }: RefusedFunding): string {
  const cents = Math.abs(Number(details['cents'] ?? 0));
  const numbers = { max: Number(details['max'] ?? 0), row: Number(details['row'] ?? 0) };
  const label = String(details['label'] ?? '');
  return REFUSAL_WORDS[code]({ ...numbers, amount: formatExactEuros(cents), label });
}

/** A form sent back with a command's refusal, at its field or for the whole form. */
export function failFunding(refusal: RefusedFunding, values: SentBack['values']) {
  return fail(409, { values, errors: { [FIELD_OF[refusal.code] ?? '']: refusalInWords(refusal) } } satisfies SentBack);
}

/** A form sent back with what its fields lack; what was typed stays. */
export function failFundingFields(issues: readonly v.BaseIssue<unknown>[], values: SentBack['values']) {
  return fail(422, { values, errors: problemsOf(issues) } satisfies SentBack);
}
