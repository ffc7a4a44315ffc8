import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { localDate, plusDays, plusLocalDays } from '@terreau/kernel/instants';
import content from './committees.json' with { type: 'json' };

interface CommitteeSeed {
  readonly territoryId: Id;
  readonly accounts: ReadonlyMap<string, Id>;
  readonly timeZone: string;
}

interface DemonstrationItem {
  readonly dossier: string;
  readonly consented: number;
  readonly channel: string;
  readonly summary: string;
  readonly opinions: readonly { readonly by: string; readonly text: string }[];
  readonly minutes?: string;
  readonly decision?: string;
  readonly tasks: readonly {
    readonly what: string;
    readonly who: string;
    readonly due: number;
    readonly done?: boolean;
  }[];
}

interface Sitting {
  readonly id: Id;
  readonly agenda: number;
  readonly held: number;
  readonly organizer: Id;
}

/** Two support committees: one that met, with its minutes, and one to come. */
export async function insertCommittees(tx: Tx, ctx: Context, seed: CommitteeSeed): Promise<void> {
  const { territoryId, accounts, timeZone } = seed;
  const today = localDate(ctx.now, timeZone);
  const organizer = accounts.get('coordination')!;
  for (const { agenda, held, place, items } of content.committees) {
    const id = newId();
    const openedAt = plusDays(ctx.now, agenda - 7);
    await tx
      .insertInto('committee')
      .values({
        id,
        territory_id: territoryId,
        agenda_on: plusLocalDays(today, agenda),
        held_on: plusLocalDays(today, held),
        place,
        opened_by: organizer,
        opened_at: openedAt
      })
      .execute();
    await tx
      .insertInto('committee_member')
      .values(
        content.seats.map(({ account, role }) => ({
          committee_id: id,
          territory_id: territoryId,
          role,
          account_id: accounts.get(account)!,
          seated_by: organizer,
          seated_at: openedAt
        }))
      )
      .execute();
    for (const item of items) await insertItem(tx, ctx, seed, { id, agenda, held, organizer }, item);
  }
}

async function insertItem(
  tx: Tx,
  ctx: Context,
  { territoryId, accounts, timeZone }: CommitteeSeed,
  { id: committeeId, agenda, held, organizer }: Sitting,
  item: DemonstrationItem
): Promise<void> {
  const today = localDate(ctx.now, timeZone);
  const dossier = await tx
    .selectFrom('dossier')
    .innerJoin('dossier_member as carrier', 'carrier.dossier_id', 'dossier.id')
    .select(['dossier.id', 'dossier.step', 'dossier.opened_by', 'carrier.id as carrier_id'])
    .where('dossier.territory_id', '=', territoryId)
    .where('dossier.title', '=', item.dossier)
    .where('carrier.role', '=', 'carrier')
    .executeTakeFirstOrThrow();
  const id = newId();
  const place = { item_id: id, dossier_id: dossier.id, territory_id: territoryId };
  const heldAt = plusDays(ctx.now, held);
  await tx
    .insertInto('committee_item')
    .values({
      id,
      committee_id: committeeId,
      dossier_id: dossier.id,
      territory_id: territoryId,
      consented_member_id: dossier.carrier_id,
      consented_on: plusLocalDays(today, item.consented),
      channel: item.channel,
      title: item.dossier,
      step: dossier.step,
      summary: item.summary,
      recorded_by: dossier.opened_by,
      recorded_at: plusDays(ctx.now, item.consented),
      minutes: item.minutes ?? null,
      decision: item.decision ?? null,
      written_by: item.minutes ? organizer : null,
      written_at: item.minutes ? heldAt : null
    })
    .execute();
  for (const { by, text } of item.opinions) {
    await tx
      .insertInto('committee_opinion')
      .values({ ...place, opinion: text, given_by: accounts.get(by)!, given_at: plusDays(ctx.now, agenda + 1) })
      .execute();
  }
  for (const { what, who, due, done } of item.tasks) {
    await tx
      .insertInto('committee_task')
      .values({
        ...place,
        what,
        who,
        due_on: plusLocalDays(today, due),
        done_at: done ? plusDays(ctx.now, -1) : null,
        written_by: organizer,
        written_at: heldAt
      })
      .execute();
  }
}
