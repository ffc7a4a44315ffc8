import type { Actor, Grant, Role } from '@terreau/database/context';
import type { Engine } from '@terreau/database/engine';
import type { Id } from '@terreau/kernel/ids';
import type { Authentication, Visit } from './authentication.ts';
import { attempt } from './outcome.ts';
import { grantsInForce } from './roles.rules.ts';

/** Whoever is signed in, as the pages know them. */
export interface SignedInAccount {
  readonly id: Id;
  readonly name: string;
  readonly email: string;
  readonly language: 'fr' | 'en';
  readonly sessionId: Id;
  readonly hasSecondFactor: boolean;
  /** They hold a staff role whose rights wait for a second factor. */
  readonly mustSetUpSecondFactor: boolean;
}

export interface SignedIn {
  readonly account: SignedInAccount;
  readonly actor: Actor;
  /** Set-Cookie lines: a session in use is prolonged once a day. */
  readonly cookies: readonly string[];
}

/** The account and the rights behind a request's session cookie; null when there is none, or it has ended. */
export async function findSignedIn(authentication: Authentication, visit: Visit): Promise<SignedIn | null> {
  const { auth, engine, settings } = authentication;
  const outcome = await attempt(auth.api.getSession({ headers: visit.headers, returnHeaders: true }));
  if (!outcome.ok || !outcome.value) return null;
  const found = await findActor(engine, outcome.value.user.id, settings.secondFactorRequired);
  if (!found) return null;
  return {
    account: { ...found.account, sessionId: outcome.value.session.id },
    actor: found.actor,
    cookies: outcome.cookies
  };
}

/**
 * The actor that an account is now: its grants in force, without staff roles until a second factor is set up
 * (`secondFactorRequired`). Null for an unknown or suspended account. It comes before any context, so it reads alone.
 */
export async function findActor(
  engine: Engine,
  accountId: Id,
  secondFactorRequired: boolean
): Promise<{ actor: Actor; account: Omit<SignedInAccount, 'sessionId'> } | null> {
  const rows = await engine.db
    .selectFrom('account')
    .leftJoin('role_grant', (join) =>
      join.onRef('role_grant.account_id', '=', 'account.id').on('role_grant.ended_at', 'is', null)
    )
    .select([
      'account.id',
      'account.name',
      'account.email',
      'account.language',
      'account.trust',
      'account.suspended_at'
    ])
    .select(['account.two_factor_enabled', 'role_grant.role', 'role_grant.territory_id', 'role_grant.organization_id'])
    .where('account.id', '=', accountId)
    .execute();
  const [row] = rows;
  if (!row || row.suspended_at) return null;
  const held: Grant[] = rows
    .filter((one) => one.role !== null)
    .map((one) => ({ role: one.role as Role, territoryId: one.territory_id, organizationId: one.organization_id }));
  const grants = grantsInForce(held, row.two_factor_enabled || !secondFactorRequired);
  return {
    actor: { accountId: row.id, grants, trust: row.trust as Actor['trust'], isOperator: false },
    account: {
      id: row.id,
      name: row.name,
      email: row.email,
      language: row.language === 'en' ? 'en' : 'fr',
      hasSecondFactor: row.two_factor_enabled,
      mustSetUpSecondFactor: grants.length < held.length
    }
  };
}
