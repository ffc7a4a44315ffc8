import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { localDate, plusDays, plusLocalDays, type LocalDate } from '@terreau/kernel/instants';
import { isAccount } from '../funding/accounts.rules.ts';
import { insertLines, linesOf, type BudgetLine, type NewLine } from '../funding/budget-rows.ts';
import { reportDueOn } from '../funding/deadlines.rules.ts';
import content from './budgets.json' with { type: 'json' };

/** Account, words, euros; where it stands; how many at what value, and why; what it came to; whether it is indirect. */
type SampleLine = readonly [
  account: string,
  label: string,
  euros: number,
  state?: string | null,
  counted?: readonly [number, number, string] | null,
  actual?: number | null,
  indirect?: boolean
];

interface Sample {
  readonly about: string;
  readonly title: string;
  /** What it was called at first. */
  readonly formerTitle?: string;
  readonly state: string;
  readonly lines: readonly SampleLine[];
  /** September to August. */
  readonly school?: boolean;
  readonly lastYear?: boolean;
  readonly small?: boolean;
  readonly unforeseen?: readonly [string, string, number];
  readonly explanations?: Readonly<Record<string, string>>;
  readonly done?: string;
  readonly public?: string;
  readonly effects?: string;
}

interface Funded {
  readonly id: Id;
  readonly territoryId: Id;
  readonly facilitator: Id | null;
  readonly memberId: Id | null;
  readonly yearEndsOn: string;
}

const samples = content.samples as unknown as Readonly<Record<string, Sample>>;
const CENTS = 100;

/** Budgets for a third of the dossiers, in several states, with deadlines, and one financial report. */
export async function insertBudgets(
  tx: Tx,
  ctx: Context,
  { territoryId, timeZone }: { readonly territoryId: Id; readonly timeZone: string }
): Promise<void> {
  const today = localDate(ctx.now, timeZone);
  for (const [title, names] of Object.entries(content.dossiers)) {
    const dossier = await fundedDossier(tx, territoryId, title);
    for (const name of names) await insertBudget(tx, ctx, dossier, samples[name]!, today);
    if (names.includes('reported')) await insertDeadlines(tx, ctx, dossier, today);
  }
}

async function fundedDossier(tx: Tx, territoryId: Id, title: string): Promise<Funded> {
  const row = await tx
    .selectFrom('dossier')
    .leftJoin('dossier_member as member', (join) =>
      join.onRef('member.dossier_id', '=', 'dossier.id').on('member.role', '=', 'carrier')
    )
    .select(['dossier.id', 'opened_by', 'year_ends_on', 'member.id as member_id'])
    .where('dossier.territory_id', '=', territoryId)
    .where('title', '=', title)
    .limit(1)
    .executeTakeFirstOrThrow();
  const { id, opened_by: facilitator, member_id: memberId, year_ends_on: yearEndsOn } = row;
  return { id, territoryId, facilitator, memberId, yearEndsOn };
}

async function insertBudget(tx: Tx, ctx: Context, dossier: Funded, sample: Sample, today: LocalDate): Promise<void> {
  const id = newId();
  const place = { dossier_id: dossier.id, territory_id: dossier.territoryId };
  const year = Number(today.slice(0, 4)) - (sample.lastYear ? 1 : 0);
  const days = sample.school
    ? { starts_on: `${year}-09-01`, ends_on: `${year + 1}-08-31` }
    : { starts_on: `${year}-01-01`, ends_on: `${year}-12-31` };
  const madeAt = plusDays(ctx.now, sample.lastYear ? -400 : -40);
  const row = { ...place, ...days, about: sample.about, title: sample.title, made_by: dossier.facilitator };
  const dates = { made_at: madeAt, updated_at: madeAt };
  await tx
    .insertInto('budget')
    .values({ ...row, ...dates, id, line_of: id })
    .execute();
  if (sample.formerTitle) {
    const renamed = { renamed_by: dossier.facilitator, renamed_at: plusDays(madeAt, 2) };
    await tx
      .insertInto('budget_renaming')
      .values({ ...place, ...renamed, budget_id: id, title_before: sample.formerTitle })
      .execute();
  }
  await insertLines(tx, { id, ...place }, sample.lines.map(newLine));
  const lines = await linesOf(tx, { id, ...place });
  await insertSteps(tx, ctx, dossier, sample, lines, days.ends_on, today);
  if (sample.state !== 'final') return;
  const finalised = { finalised_at: plusDays(madeAt, 3), finalised_by: dossier.facilitator };
  await tx.updateTable('budget').set(finalised).where('id', '=', id).execute();
  if (sample.small) {
    const small = newId();
    await tx
      .insertInto('budget')
      .values({ ...row, ...dates, id: small, line_of: id, size: 'small' })
      .execute();
    const kept = lines.filter((line) => line.account !== '62' && line.label !== 'Contrat de ville');
    await insertLines(
      tx,
      { id: small, ...place },
      kept.map((line) => ({ ...line, cents: smaller(line) }))
    );
  }
  if (sample.done) await insertReport(tx, ctx, { id, ...place }, sample, lines);
}

function newLine([account, label, euros, , counted, , indirect]: SampleLine): NewLine {
  if (!isAccount(account)) throw new Error(`no such account: ${account}`);
  const [many, each, basis] = counted ?? [null, null, null];
  return {
    account,
    label,
    cents: Math.round(euros * CENTS),
    isIndirect: indirect ?? false,
    quantityHundredths: many === null ? null : Math.round(many * 100),
    unitCents: each === null ? null : Math.round(each * CENTS),
    basis
  };
}

/** Half of the food; the rest as it is. */
function smaller({ account, cents }: BudgetLine): number {
  return account === '60' ? Math.round(cents / 2) : cents;
}

async function insertSteps(
  tx: Tx,
  ctx: Context,
  dossier: Funded,
  sample: Sample,
  lines: readonly BudgetLine[],
  endsOn: LocalDate,
  today: LocalDate
): Promise<void> {
  for (const [account, label, , state] of sample.lines) {
    const line = lines.find((one) => one.account === account && one.label === label)!;
    if (!state || state === 'envisaged') continue;
    const states =
      state === 'paid' ? ['requested', 'granted', 'paid'] : state === 'requested' ? [state] : ['requested', state];
    for (const [index, told] of states.entries()) {
      const happenedOn = plusLocalDays(today, -10 * (states.length - index) - (sample.lastYear ? 300 : 0));
      await tx
        .insertInto('funding_step')
        .values({
          dossier_id: dossier.id,
          territory_id: dossier.territoryId,
          line_key: line.key,
          state: told,
          happened_on: happenedOn,
          set_by: dossier.facilitator,
          set_at: ctx.now
        })
        .execute();
    }
    if (account !== '74' || !states.includes('granted') || sample.lastYear) continue;
    await insertDeadline(tx, ctx, dossier, 'financial-report', reportDueOn(endsOn, dossier.yearEndsOn), {
      label,
      line_key: line.key
    });
  }
}

async function insertReport(
  tx: Tx,
  ctx: Context,
  budget: { readonly id: Id; readonly dossier_id: Id; readonly territory_id: Id },
  sample: Sample,
  lines: readonly BudgetLine[]
): Promise<void> {
  const place = { budget_id: budget.id, dossier_id: budget.dossier_id, territory_id: budget.territory_id };
  const explained = (label: string) => sample.explanations?.[label] ?? null;
  for (const [account, label, , , , actual] of sample.lines) {
    const line = lines.find((one) => one.account === account && one.label === label)!;
    const cents = Math.round((actual ?? 0) * CENTS);
    await tx
      .insertInto('budget_actual')
      .values({ ...place, line_id: line.id, account, label, cents, explanation: explained(label) })
      .execute();
  }
  const [account, label, euros] = sample.unforeseen!;
  await tx
    .insertInto('budget_actual')
    .values({ ...place, account, label, cents: Math.round(euros * CENTS), explanation: explained(label) })
    .execute();
  await tx
    .updateTable('budget')
    .set({
      report_done: sample.done ?? null,
      report_public: sample.public ?? null,
      report_effects: sample.effects ?? null,
      updated_at: ctx.now
    })
    .where('id', '=', budget.id)
    .execute();
}

async function insertDeadlines(tx: Tx, ctx: Context, dossier: Funded, today: LocalDate): Promise<void> {
  for (const { in: days, kind, label, done } of content.deadlines) {
    await insertDeadline(tx, ctx, dossier, kind, plusLocalDays(today, days), {
      label: label ?? null,
      member_id: dossier.memberId,
      ...(done ? { done_at: plusDays(ctx.now, days), done_by: dossier.facilitator } : {})
    });
  }
}

async function insertDeadline(
  tx: Tx,
  ctx: Context,
  dossier: Funded,
  kind: string,
  dueOn: LocalDate,
  more: Record<string, unknown>
): Promise<void> {
  await tx
    .insertInto('dossier_deadline')
    .values({
      dossier_id: dossier.id,
      territory_id: dossier.territoryId,
      kind,
      due_on: dueOn,
      made_by: dossier.facilitator,
      made_at: plusDays(ctx.now, -40),
      ...more
    })
    .execute();
}
