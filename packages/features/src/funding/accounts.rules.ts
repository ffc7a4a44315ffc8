/*
 * The accounts of the French plan for associations, as grant forms ask for them: charges 60 to 68, income 70 to 79, and
 * apart contributions in kind, what was given (86) beside what was received (87).
 */

export const CHARGE_ACCOUNTS = ['60', '61', '62', '63', '64', '65', '66', '67', '68'] as const;
export const INCOME_ACCOUNTS = ['70', '73', '74', '75', '76', '77', '78', '79'] as const;
export const GIVEN_ACCOUNTS = ['860', '861', '862', '864'] as const;
export const RECEIVED_ACCOUNTS = ['870', '871', '875'] as const;

/** Every account that a line may stand in. */
export const ACCOUNTS = [...CHARGE_ACCOUNTS, ...INCOME_ACCOUNTS, ...GIVEN_ACCOUNTS, ...RECEIVED_ACCOUNTS] as const;
export type Account = (typeof ACCOUNTS)[number];

/** A contribution in kind stands on both sides: help given, a room lent, a service offered, hours of volunteers. */
export const PAIRS = ['860+870', '861+871', '862+871', '864+875'] as const;
export type Pair = (typeof PAIRS)[number];

export type Side = 'charges' | 'income' | 'given' | 'received';
export const SIDES: readonly Side[] = ['charges', 'income', 'given', 'received'];

/** On which side of the budget an account stands. */
export function sideOf(account: string): Side {
  if (account.startsWith('86')) return 'given';
  if (account.startsWith('87')) return 'received';
  return account.startsWith('6') ? 'charges' : 'income';
}

export function isAccount(text: string): text is Account {
  return (ACCOUNTS as readonly string[]).includes(text);
}

export function isPair(text: string): text is Pair {
  return (PAIRS as readonly string[]).includes(text);
}

/** The accounts of what was chosen: one, or both sides of a contribution in kind. */
export function accountsOf(choice: Account | Pair): readonly Account[] {
  return choice.split('+').filter(isAccount);
}
