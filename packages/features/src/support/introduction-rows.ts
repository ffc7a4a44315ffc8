import type { Context } from '@terreau/database/context';
import type { Introduction } from '@terreau/database/schema';
import type { Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { Selectable } from 'kysely';
import { asPlatform } from '../trust/as-platform.ts';
import { writeFacts } from './facts.ts';
import type { IntroductionState } from './introduction.rules.ts';

export type IntroductionRow = Selectable<Introduction> & { readonly state: IntroductionState };

/** One introduction, locked; null when there is none that the transaction may see. */
export async function lockIntroduction(tx: Tx, territoryId: Id, id: string): Promise<IntroductionRow | null> {
  if (!isId(id)) return null;
  const row = await tx
    .selectFrom('introduction')
    .selectAll()
    .where('id', '=', id)
    .where('territory_id', '=', territoryId)
    .forUpdate()
    .executeTakeFirst();
  return row ? { ...row, state: row.state as IntroductionState } : null;
}

/** How one side is reached once both said yes: read when it is shown, never copied. Run with the platform's rights. */
export interface SideContact {
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
}

/** Whoever carries the project: the first of the circle who is still in it. */
export async function contactOfDossier(tx: Tx, dossierId: Id): Promise<SideContact | null> {
  const row = await tx
    .selectFrom('dossier_member as member')
    .leftJoin('account', 'account.id', 'member.account_id')
    .leftJoin('person', 'person.id', 'member.person_id')
    .select(['account.name', 'account.email as accountEmail'])
    .select(['person.display_name as called', 'person.phone', 'person.email'])
    .where('member.dossier_id', '=', dossierId)
    .where('member.role', '=', 'carrier')
    .where('member.left_at', 'is', null)
    .orderBy('member.joined_at')
    .orderBy('member.id')
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  return { name: row.name ?? row.called ?? '', phone: row.phone, email: row.accountEmail ?? row.email };
}

/** What the sheet of a structure shows to anybody. */
export async function contactOfOrganization(tx: Tx, organizationId: Id): Promise<SideContact | null> {
  const row = await tx
    .selectFrom('organization')
    .select(['name', 'phone', 'email'])
    .where('id', '=', organizationId)
    .executeTakeFirst();
  return row ?? null;
}

/** How the other side is reached. */
export function contactOfOther(
  tx: Tx,
  row: Pick<IntroductionRow, 'organization_id' | 'other_dossier_id'>
): Promise<SideContact | null> {
  return row.organization_id
    ? contactOfOrganization(tx, row.organization_id)
    : contactOfDossier(tx, row.other_dossier_id!);
}

/** What everybody may call the other side: a structure's name, or the title of a project that is shown. */
export async function nameOfOther(
  tx: Tx,
  row: Pick<IntroductionRow, 'organization_id' | 'other_dossier_id'>
): Promise<string | null> {
  return asPlatform(tx, async () => {
    if (row.organization_id) return (await contactOfOrganization(tx, row.organization_id))?.name ?? null;
    const other = await tx
      .selectFrom('dossier')
      .select('title')
      .where('id', '=', row.other_dossier_id)
      .executeTakeFirst();
    return other?.title ?? null;
  });
}

/** What a meeting leaves to the opportunity study of step E3: with whom, when, and what was said of it. */
export async function writeMeetingLine(
  tx: Tx,
  ctx: Context,
  row: IntroductionRow,
  { metOn, note }: { readonly metOn: string | null; readonly note: string | null }
): Promise<void> {
  const when = metOn ? ` (${metOn.split('-').reverse().join('/')})` : '';
  const line = `${await nameOfOther(tx, row)}${when}${note ? ` : ${note}` : ''}`;
  await writeFacts(tx, ctx, { id: row.dossier_id, territoryId: row.territory_id }, { [`meeting.${row.id}`]: line });
}
