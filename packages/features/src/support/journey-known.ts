import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { LocalDate } from '@terreau/kernel/instants';
import type { Cents } from '@terreau/kernel/money';
import { sql } from 'kysely';

/**
 * What the dossier already says about the questions with which a step is left, so that nobody looks it up to answer. The
 * answer stays a human's. Null or 0: nothing was typed yet, or the reader may not read it.
 */
export interface KnownOfDossier {
  /** Meetings with close actors that took place. */
  readonly meetings: number;
  /** The day on which the latest diagnosis was agreed together. */
  readonly diagnosisOn: LocalDate | null;
  readonly deadlinesOpen: number;
  /** Of them, those that somebody sees to. */
  readonly deadlinesOwned: number;
  /** The newest budget of the project, without contributions in kind. */
  readonly costs: Cents | null;
  readonly income: Cents | null;
  /** The largest line of income that is only envisaged. */
  readonly hopedLabel: string | null;
  readonly hopedCents: Cents | null;
  /** The first funder of the latest year of accounts, and all the income of that year. */
  readonly fundedYear: number | null;
  readonly fundedCents: Cents | null;
  readonly fundedOf: Cents | null;
}

export async function knownOf(tx: Tx, dossierId: Id): Promise<KnownOfDossier> {
  const { rows } = await sql<KnownOfDossier>`
    with newest as (
      select id from budget where dossier_id = ${dossierId} and about = 'project' and size = 'whole'
      order by id desc limit 1),
    line as (
      select l.account, l.label, l.cents, coalesce((select s.state from funding_step s
        where s.dossier_id = l.dossier_id and s.line_key = l.key order by s.id desc limit 1), 'envisaged') as state
      from budget_line l join newest on newest.id = l.budget_id where l.account ~ '^[67]'),
    hoped as (select label, cents from line where account ~ '^7' and state = 'envisaged' order by cents desc limit 1),
    latest as (
      select id, year, income_cents from key_figures
      where dossier_id = ${dossierId} and income_cents > 0 order by year desc limit 1),
    funded as (select max(s.amount_cents) as cents from key_figure_source s join latest on latest.id = s.figures_id)
    select
      (select count(*)::int from introduction i
        where ${dossierId} in (i.dossier_id, i.other_dossier_id) and i.state = 'met') as meetings,
      (select max(agreed_on)::text from diagnosis where dossier_id = ${dossierId}) as "diagnosisOn",
      (select count(*)::int from dossier_deadline where dossier_id = ${dossierId} and done_at is null) as "deadlinesOpen",
      (select count(*)::int from dossier_deadline
        where dossier_id = ${dossierId} and done_at is null and member_id is not null) as "deadlinesOwned",
      (select sum(cents) filter (where account ~ '^6')::float8 from line) as costs,
      (select sum(cents) filter (where account ~ '^7')::float8 from line) as income,
      (select label from hoped) as "hopedLabel", (select cents from hoped) as "hopedCents",
      (select year::int from latest) as "fundedYear", (select cents::float8 from funded) as "fundedCents",
      (select income_cents::float8 from latest) as "fundedOf"`.execute(tx);
  return rows[0]!;
}
