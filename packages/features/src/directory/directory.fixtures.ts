import type { Actor, Context, Role } from '@terreau/database/context';
import { VISITOR } from '@terreau/database/context';
import type { Engine } from '@terreau/database/engine';
import { contextFor, operatorContext } from '@terreau/database/testing';
import { reading, transaction } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { accept, type Verdict } from '@terreau/kernel/verdict';
import { createOrganization, type CreatedOrganization } from './create-organization.command.ts';
import {
  organizationSchema,
  placeSchema,
  postSchema,
  readFields,
  serviceSchema,
  type OrganizationFields,
  type PlaceFields,
  type PostFields,
  type ServiceFields
} from './directory.schema.ts';

/** What the tests of the directory need: a territory, people who act in it, sheets typed as in the pages. */

export async function aTerritory(engine: Engine, timeZone = 'Europe/Paris'): Promise<Id> {
  const slug = `t-${newId()}`;
  return must(
    await transaction(operatorContext(engine), 'create-territory', async (tx) => {
      const row = { slug, name: 'Valbrune', time_zone: timeZone };
      return accept((await tx.insertInto('territory').values(row).returning('id').executeTakeFirstOrThrow()).id);
    })
  );
}

export async function anAccount(engine: Engine, trust: Actor['trust'] = 'verified', grants: Actor['grants'] = []) {
  const email = `${newId()}@example.org`;
  const accountId = must(
    await transaction(operatorContext(engine), 'create-account', async (tx) => {
      const row = { name: 'Camille', email, trust };
      return accept((await tx.insertInto('account').values(row).returning('id').executeTakeFirstOrThrow()).id);
    })
  );
  return { ...VISITOR, accountId, trust, grants, email };
}

/** A facilitator unless another role is asked for, in the territory. */
export function aStaffMember(engine: Engine, territoryId: Id, role: Role = 'facilitator') {
  return anAccount(engine, 'trusted', [{ role, territoryId, organizationId: null }]);
}

export function typedOrganization(typed: Record<string, unknown>): OrganizationFields {
  return parsed(readFields(organizationSchema, { name: 'Le Fil', ...typed }));
}

export function typedPlace(typed: Record<string, unknown>): PlaceFields {
  return parsed(readFields(placeSchema, typed));
}

export function typedService(typed: Record<string, unknown>): ServiceFields {
  return parsed(readFields(serviceSchema, { name: 'Atelier', ...typed }));
}

export function typedPost(typed: Record<string, unknown>): PostFields {
  return parsed(readFields(postSchema, { kind: 'need', category: 'room', title: 'Une salle le jeudi', ...typed }));
}

export async function aSheet(
  engine: Engine,
  territoryId: Id,
  typed: Record<string, unknown> = {},
  author: Actor | null = null,
  now = new Date()
): Promise<Id> {
  const ctx: Context = author ? contextFor(engine, author, now) : operatorContext(engine, now);
  const request = {
    territoryId,
    fields: typedOrganization({ name: `Le Fil ${newId()}`, ...typed }),
    place: null,
    isAnother: true
  };
  return must<CreatedOrganization>(await createOrganization(ctx, request)).id;
}

export function must<Value>(verdict: Verdict<Value, string>): Value {
  if (!verdict.ok) throw new Error(`refused: ${verdict.code}`);
  return verdict.value;
}

export function sentMessages(engine: Engine, recipient: string) {
  return reading(operatorContext(engine), (tx) =>
    tx.selectFrom('outbox').selectAll().where('recipient', '=', recipient).orderBy('id').execute()
  );
}

function parsed<Value>(read: { ok: true; value: Value } | { ok: false; problems: unknown }): Value {
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value;
}
