import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import { isId, newId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import type { CircleRole } from './dossier-life.rules.ts';
import type { OpenDossierFields } from './dossier.schema.ts';
import { accompanyRequest } from './accompany-request.ts';
import { insertInformed, insertPerson } from './circle-person.ts';
import { todayIn } from './circle.ts';
import { mayOpenDossier } from './support.policy.ts';

export interface OpenDossierRequest {
  readonly territoryId: Id;
  readonly fields: OpenDossierFields;
  /** The public address of the site, for the links of the messages. */
  readonly origin: string;
}

export type OpenDossierRefusal =
  | 'not-found'
  | 'information-missing'
  | 'name-missing'
  | 'next-contact-missing'
  | 'next-contact-past'
  | 'organization-missing'
  | 'organization-not-found'
  | 'request-not-found';

/**
 * Opens the dossier of a project or of an organisation: whoever opens it accompanies it, the person who carries it is
 * in its circle from the first day, and was told what is kept. From a request, what was said there is not asked again, and
 * the request has found its answer.
 */
export async function openDossier(
  ctx: Context,
  { territoryId, fields, origin }: OpenDossierRequest
): Promise<Verdict<Id, OpenDossierRefusal>> {
  if (!mayOpenDossier(ctx.actor, territoryId)) return refuse('not-found');
  if (!fields.name && !fields.request) return refuse('name-missing');
  if (fields.informed !== 'yes') return refuse('information-missing');
  return transaction(ctx, 'open-dossier', async (tx, ledger) => {
    if (!fields.nextContactOn) return refuse('next-contact-missing');
    if (fields.nextContactOn < (await todayIn(tx, ctx, territoryId))) return refuse('next-contact-past');
    const organization = await organizationIn(tx, territoryId, fields);
    if (!organization.ok) return organization;
    const request = fields.request ? await requestIn(tx, territoryId, fields.request) : null;
    if (fields.request && !request) return refuse('request-not-found');
    // The row is not yet seen by its own author: its id is made here rather than read back.
    const id = newId();
    await tx
      .insertInto('dossier')
      .values({
        id,
        territory_id: territoryId,
        kind: fields.kind,
        organization_id: organization.value,
        request_id: request?.id ?? null,
        title: fields.title,
        neighbourhood_id: request?.neighbourhood_id ?? null,
        themes: request?.themes ?? [],
        publics: request?.publics ?? [],
        state: 'orienting',
        state_changed_at: ctx.now,
        next_contact_on: fields.nextContactOn,
        opened_by: ctx.actor.accountId,
        opened_at: ctx.now,
        updated_at: ctx.now
      })
      .execute();
    const place = { dossier_id: id, territory_id: territoryId, added_by: ctx.actor.accountId, joined_at: ctx.now };
    await tx
      .insertInto('dossier_member')
      .values({ ...place, role: 'facilitator' satisfies CircleRole, account_id: ctx.actor.accountId })
      .execute();
    const personId = request?.person_id ?? (await insertPerson(tx, ctx, territoryId, fields));
    const account = await accountOf(tx, personId);
    await tx
      .insertInto('dossier_member')
      .values({ ...place, role: 'carrier' satisfies CircleRole, person_id: personId, account_id: account })
      .execute();
    await insertInformed(tx, ctx, territoryId, personId);
    await insertFirstFacts(tx, ctx, territoryId, id, request);
    await tx
      .insertInto('dossier_move')
      .values({
        dossier_id: id,
        territory_id: territoryId,
        move: 'orient',
        from_state: 'requested',
        to_state: 'orienting',
        moved_by: ctx.actor.accountId,
        moved_as: 'facilitator',
        moved_at: ctx.now
      })
      .execute();
    if (request) {
      const { nextContactOn } = fields;
      await accompanyRequest(tx, ctx, ledger, { territoryId, requestId: request.id, nextContactOn, origin });
    }
    ledger.about('dossier', id, territoryId, { kind: fields.kind });
    return accept(id);
  });
}

async function organizationIn(
  tx: Tx,
  territoryId: Id,
  { kind, organization }: OpenDossierFields
): Promise<Verdict<Id | null, OpenDossierRefusal>> {
  if (!organization) return kind === 'organization' ? refuse('organization-missing') : accept(null);
  const row = isId(organization)
    ? await tx
        .selectFrom('organization')
        .select('id')
        .where('id', '=', organization)
        .where('territory_id', '=', territoryId)
        .where('status', '!=', 'merged')
        .executeTakeFirst()
    : undefined;
  return row ? accept(row.id) : refuse('organization-not-found');
}

interface Origin {
  readonly id: Id;
  readonly person_id: Id | null;
  readonly neighbourhood_id: Id | null;
  readonly themes: string[];
  readonly publics: string[];
  readonly sentence: string | null;
  readonly for_whom: string | null;
  readonly place_words: string | null;
  readonly expectation: string | null;
}

async function requestIn(tx: Tx, territoryId: Id, requestId: string): Promise<Origin | null> {
  if (!isId(requestId)) return null;
  const row = await tx
    .selectFrom('request')
    .select(['id', 'person_id', 'neighbourhood_id', 'themes', 'publics'])
    .select(['sentence', 'for_whom', 'place_words', 'expectation'])
    .where('id', '=', requestId)
    .where('territory_id', '=', territoryId)
    .where('state', 'not in', ['draft', 'withdrawn'])
    .executeTakeFirst();
  return row ?? null;
}

async function accountOf(tx: Tx, personId: Id): Promise<Id | null> {
  const row = await tx.selectFrom('person').select('account_id').where('id', '=', personId).executeTakeFirst();
  return row?.account_id ?? null;
}

/** The five fields of the door are the first facts of the project: nothing is asked twice. */
async function insertFirstFacts(
  tx: Tx,
  ctx: Context,
  territoryId: Id,
  dossierId: Id,
  origin: Origin | null
): Promise<void> {
  const said = origin
    ? {
        'idea.sentence': origin.sentence,
        'idea.for-whom': origin.for_whom,
        'idea.where': origin.place_words,
        'idea.expectation': origin.expectation
      }
    : {};
  const facts = Object.entries(said).filter(([, value]) => value);
  if (facts.length === 0) return;
  const place = { dossier_id: dossierId, territory_id: territoryId, said_by: ctx.actor.accountId, said_at: ctx.now };
  await tx
    .insertInto('dossier_fact')
    .values(facts.map(([key, value]) => ({ ...place, key, value })))
    .execute();
}
