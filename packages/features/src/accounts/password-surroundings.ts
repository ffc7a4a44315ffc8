import type { Engine } from '@terreau/database/engine';
import type { Id } from '@terreau/kernel/ids';
import type { PasswordSurroundings } from './password.rules.ts';

export interface AccountToSecure extends PasswordSurroundings {
  readonly id: Id;
  readonly language: 'fr' | 'en';
}

/** The account whose password is chosen, with the names that a guesser would try. Before any transaction. */
export async function findAccountToSecure(engine: Engine, accountId: Id): Promise<AccountToSecure | null> {
  const rows = await engine.db
    .selectFrom('account')
    .leftJoin('role_grant', 'role_grant.account_id', 'account.id')
    .leftJoin('territory', 'territory.id', 'role_grant.territory_id')
    .select(['account.id', 'account.name', 'account.email', 'account.language', 'territory.name as place'])
    .where('account.id', '=', accountId)
    .limit(PLACES_MAX_COUNT)
    .execute();
  const [row] = rows;
  if (!row) return null;
  const places = rows.map(({ place }) => place).filter((place) => place !== null);
  return { id: row.id, name: row.name, email: row.email, language: row.language === 'en' ? 'en' : 'fr', places };
}

const PLACES_MAX_COUNT = 20;
