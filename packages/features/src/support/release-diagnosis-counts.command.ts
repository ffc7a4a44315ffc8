import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { sql } from 'kysely';
import { asPlatform } from '../trust/as-platform.ts';
import { countDiagnoses, COUNTED_MIN_STRUCTURES, type CountableDiagnosis } from './diagnosis-counts.rules.ts';
import { answerOf } from './diagnosis-rows.ts';
import type { Form } from './diagnosis-grid.rules.ts';
import { mayCountDiagnoses } from './support.policy.ts';

export type ReleaseDiagnosisCountsRefusal = 'not-found' | 'too-few-structures';

/**
 * Counts, for the coordination, the signed diagnoses that were let be counted and that no release holds yet: five
 * structures at least, each once. What was released never changes; nobody reads a diagnosis to make it.
 */
export async function releaseDiagnosisCounts(
  ctx: Context,
  territoryId: Id
): Promise<Verdict<Id, ReleaseDiagnosisCountsRefusal>> {
  if (!mayCountDiagnoses(ctx.actor, territoryId)) return refuse('not-found');
  return transaction(ctx, 'release-diagnosis-counts', async (tx, ledger) => {
    const id = await asPlatform(tx, () => countWaiting(tx, ctx, territoryId));
    if (id === null) return refuse('too-few-structures', { min: COUNTED_MIN_STRUCTURES });
    ledger.about('diagnosis-release', id, territoryId);
    return accept(id);
  });
}

/** Whether a release could be made now: never how many structures wait, when they are few. */
export async function isReleaseReady(tx: Tx, territoryId: Id): Promise<boolean> {
  const waiting = await asPlatform(tx, () => waitingIn(tx, territoryId));
  return new Set(waiting.map((row) => row.structure)).size >= COUNTED_MIN_STRUCTURES;
}

/** Makes the release of what waits, with the platform's rights; null when it is of too few structures. */
export async function countWaiting(tx: Tx, ctx: Context, territoryId: Id): Promise<Id | null> {
  // Of two who release at once, the second waits and finds nothing left.
  await sql`select from territory where id = ${territoryId} for update`.execute(tx);
  const waiting = await waitingIn(tx, territoryId);
  const latest = new Map(waiting.map((row) => [row.structure, row]));
  if (latest.size < COUNTED_MIN_STRUCTURES) return null;
  const diagnoses = await Promise.all([...latest.values()].map((row) => countable(tx, row)));
  const { last } = await tx
    .selectFrom('diagnosis_release')
    .select((select) => select.fn.max('number').as('last'))
    .where('territory_id', '=', territoryId)
    .executeTakeFirstOrThrow();
  const id = newId();
  await tx
    .insertInto('diagnosis_release')
    .values({
      id,
      territory_id: territoryId,
      number: (last ?? 0) + 1,
      structures: diagnoses.length,
      counts: JSON.stringify(countDiagnoses(diagnoses)),
      released_by: ctx.actor.accountId,
      released_at: ctx.now
    })
    .execute();
  await tx
    .updateTable('diagnosis')
    .set({ counted_in: id })
    .where('territory_id', '=', territoryId)
    .where(
      'id',
      'in',
      waiting.map((row) => row.id)
    )
    .execute();
  return id;
}

interface Waiting {
  readonly id: Id;
  readonly form: Form;
  /** The organisation, or the project: several dossiers of one structure are one. */
  readonly structure: Id;
}

/** The oldest signature first, so that the latest of a structure stands last. */
async function waitingIn(tx: Tx, territoryId: Id): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select d.id, d.form, coalesce(o.organization_id, o.id) as structure
    from diagnosis d join dossier o on o.id = d.dossier_id
    where d.territory_id = ${territoryId} and d.counted_in is null
      and d.structure_signed_at is not null and d.adviser_signed_at is not null
      and exists (select from diagnosis_consent c
        where c.diagnosis_id = d.id and c.purpose = 'count' and c.withdrawn_at is null)
    order by greatest(d.structure_signed_at, d.adviser_signed_at), d.id`.execute(tx);
  return rows;
}

async function countable(tx: Tx, { id, form }: Waiting): Promise<CountableDiagnosis> {
  const rows = await tx
    .selectFrom('diagnosis_item as item')
    .innerJoin('diagnosis_consent as consent', (join) =>
      join.onRef('consent.diagnosis_id', '=', 'item.diagnosis_id').onRef('consent.item', '=', 'item.item')
    )
    .select(['item.item', 'item.level', 'item.mark'])
    .where('item.diagnosis_id', '=', id)
    .where('consent.purpose', '=', 'count')
    .where('consent.withdrawn_at', 'is', null)
    .execute();
  return { form, items: new Map(rows.map((row) => [row.item, answerOf(row)])) };
}
