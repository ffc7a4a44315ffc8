import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { SkillFields } from './directory.schema.ts';

/** The text that the person agrees to; a new wording is a new version. */
export const SKILL_CONSENT_PURPOSE = 'show-a-skill';
export const SKILL_CONSENT_VERSION = 'skill-1';
export const SKILLS_MAX_COUNT = 20;

export interface AddSkillRequest {
  readonly territoryId: Id;
  readonly fields: SkillFields;
}

export interface AddedSkill {
  readonly id: Id;
  /** A new account's skills wait for a human before others see them. */
  readonly status: 'held' | 'published';
}

export type AddSkillRefusal = 'not-found' | 'too-many-skills';

/** A person says what they can do for others, as they wish to be seen. The consent is kept with the version of its text. */
export async function addSkill(ctx: Context, request: AddSkillRequest): Promise<Verdict<AddedSkill, AddSkillRefusal>> {
  return transaction(ctx, 'add-skill', async (tx, ledger) => {
    const { territoryId, fields } = request;
    const { accountId } = ctx.actor;
    if (accountId === null || !isId(territoryId)) return refuse('not-found');
    const personId = await ownPerson(tx, ctx, territoryId, accountId);
    if (!personId) return refuse('not-found');
    const own = await tx
      .selectFrom('skill')
      .select('id')
      .where('person_id', '=', personId)
      .where('withdrawn_at', 'is', null)
      .limit(SKILLS_MAX_COUNT)
      .execute();
    if (own.length >= SKILLS_MAX_COUNT) return refuse('too-many-skills', { count: SKILLS_MAX_COUNT });
    const consentId = await insertConsent(tx, ctx, territoryId, personId, accountId);
    const status = ctx.actor.trust === 'new' ? 'held' : 'published';
    const { id } = await tx
      .insertInto('skill')
      .values({
        territory_id: territoryId,
        person_id: personId,
        consent_id: consentId,
        title: fields.title,
        description: fields.description,
        shown_as: fields.shownAs,
        shown_name: fields.shownAs === 'anonymous' ? null : fields.shownName,
        visibility: fields.visibility,
        status,
        created_at: ctx.now
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    ledger.about('skill', id, territoryId, { status, visibility: fields.visibility });
    return accept({ id, status });
  });
}

/** The person that this account is in the territory; made at the first skill. */
async function ownPerson(tx: Tx, ctx: Context, territoryId: Id, accountId: Id): Promise<Id | undefined> {
  const known = await tx
    .selectFrom('person')
    .select('id')
    .where('territory_id', '=', territoryId)
    .where('account_id', '=', accountId)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  if (known) return known.id;
  const account = await tx
    .selectFrom('account')
    .innerJoin('territory', (join) => join.on('territory.id', '=', territoryId).on('territory.closed_at', 'is', null))
    .select(['account.name', 'account.email'])
    .where('account.id', '=', accountId)
    .executeTakeFirst();
  if (!account) return undefined;
  const made = await tx
    .insertInto('person')
    .values({
      territory_id: territoryId,
      account_id: accountId,
      display_name: account.name || account.email,
      email: account.email,
      created_at: ctx.now,
      last_contact_at: ctx.now
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return made.id;
}

async function insertConsent(tx: Tx, ctx: Context, territoryId: Id, personId: Id, accountId: Id): Promise<Id> {
  const consent = await tx
    .insertInto('consent')
    .values({
      account_id: accountId,
      person_id: personId,
      territory_id: territoryId,
      purpose: SKILL_CONSENT_PURPOSE,
      text_version: SKILL_CONSENT_VERSION,
      channel: 'page',
      recorded_by: accountId,
      given_at: ctx.now
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return consent.id;
}
