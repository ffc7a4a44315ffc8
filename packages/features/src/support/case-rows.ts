import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { OwnDossier } from './circle.ts';
import { dimensionOf } from './diagnosis-grid.rules.ts';

/** The dimensions of the priorities that a dossier chose, in its latest agreed diagnosis and in its plan. */
export async function dimensionsOf(tx: Tx, dossierId: Id): Promise<string[]> {
  const agreed = await tx
    .selectFrom('diagnosis_item')
    .select('item')
    .where('dossier_id', '=', dossierId)
    .where('priority', 'is not', null)
    .execute();
  const planned = await tx
    .selectFrom('plan_priority')
    .select('item')
    .where('dossier_id', '=', dossierId)
    .where('item', 'is not', null)
    .execute();
  return [...new Set([...agreed, ...planned].map(({ item }) => dimensionOf(item!)))].toSorted(
    (a, b) => Number(a.slice(1)) - Number(b.slice(1))
  );
}

/** The names that an anonymous case must not hold: the structure's, the dossier's, and those of its circle. */
export async function namesIn(tx: Tx, { row }: OwnDossier): Promise<string[]> {
  const people = await tx
    .selectFrom('dossier_member as member')
    .leftJoin('account', 'account.id', 'member.account_id')
    .leftJoin('person', 'person.id', 'member.person_id')
    .select(['account.name', 'person.display_name'])
    .where('dossier_id', '=', row.id)
    .execute();
  const organization = await organizationName(tx, row.organization_id);
  const names = [organization, ...people.flatMap(({ name, display_name: shown }) => [name, shown])];
  return names.filter((name) => name !== null && name !== undefined);
}

/** The structure's name; the dossier's, for a project that has none yet. */
export async function nameOf(tx: Tx, { row }: OwnDossier): Promise<string> {
  return (await organizationName(tx, row.organization_id)) ?? row.title;
}

async function organizationName(tx: Tx, id: Id | null): Promise<string | null> {
  if (!id) return null;
  const found = await tx.selectFrom('organization').select('name').where('id', '=', id).executeTakeFirst();
  return found?.name ?? null;
}
