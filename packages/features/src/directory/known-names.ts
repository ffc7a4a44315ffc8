import type { Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { sql } from 'kysely';

/** A sheet that already bears the name or the identifier that somebody is typing. */
export interface KnownSheet {
  readonly id: Id;
  readonly name: string;
}

/** The published sheet of the territory with the same SIRET, RNA or name (accents and case aside), if any. */
export async function findKnownSheet(
  tx: Tx,
  territoryId: Id,
  typed: { name: string; siret: string | null; rna: string | null },
  exceptId: Id | null = null
): Promise<KnownSheet | undefined> {
  return tx
    .selectFrom('organization')
    .select(['id', 'name'])
    .where('territory_id', '=', territoryId)
    .where('status', '=', 'published')
    .$if(exceptId !== null, (query) => query.where('id', '!=', exceptId!))
    .where((where) =>
      where.or([
        sql<boolean>`directory_name_key(name) = directory_name_key(${typed.name})`,
        ...(typed.siret ? [where('siret', '=', typed.siret)] : []),
        ...(typed.rna ? [where('rna', '=', typed.rna)] : [])
      ])
    )
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}
