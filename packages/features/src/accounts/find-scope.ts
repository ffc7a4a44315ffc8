import type { Grant } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import { ORGANIZATION_ROLES } from './roles.rules.ts';

/**
 * The grant as it can be written: its territory exists, its organisation is one of the territory that the actor may
 * see, and neither is named where the role asks for none. Null otherwise.
 */
export async function findScope(tx: Tx, { role, territoryId, organizationId }: Grant): Promise<Grant | null> {
  if (role === 'platform-administrator')
    return territoryId || organizationId ? null : { role, territoryId, organizationId };
  if (territoryId === null) return null;
  if (ORGANIZATION_ROLES.has(role) !== (organizationId !== null)) return null;
  const found = organizationId
    ? await tx
        .selectFrom('organization')
        .select('id')
        .where('id', '=', organizationId)
        .where('territory_id', '=', territoryId)
        .where('status', '!=', 'merged')
        .executeTakeFirst()
    : await tx.selectFrom('territory').select('id').where('id', '=', territoryId).executeTakeFirst();
  return found ? { role, territoryId, organizationId } : null;
}
