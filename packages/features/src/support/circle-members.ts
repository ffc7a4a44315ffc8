import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import type { CircleRole } from './dossier-life.rules.ts';

export interface CircleMember {
  readonly id: Id;
  readonly role: CircleRole;
  readonly name: string;
  readonly hasAccount: boolean;
  readonly joinedAt: Instant;
  readonly leftAt: Instant | null;
  readonly isReader: boolean;
}

/** Who is in the circle, and who was: by the name that they gave, or that was typed for them. */
export async function circleOf(tx: Tx, dossierId: Id, reader: Id | null): Promise<CircleMember[]> {
  const rows = await tx
    .selectFrom('dossier_member as member')
    .leftJoin('account', 'account.id', 'member.account_id')
    .leftJoin('person', 'person.id', 'member.person_id')
    .select(['member.id', 'member.role', 'member.account_id', 'member.joined_at', 'member.left_at'])
    .select(['account.name', 'person.display_name'])
    .where('dossier_id', '=', dossierId)
    .orderBy('member.joined_at')
    .orderBy('member.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    role: row.role as CircleRole,
    name: row.name ?? row.display_name ?? '',
    hasAccount: row.account_id !== null,
    joinedAt: row.joined_at,
    leftAt: row.left_at,
    isReader: row.account_id === reader
  }));
}
