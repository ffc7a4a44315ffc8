import type { Context } from '@terreau/database/context';
import type { Ledger, Tx } from '@terreau/database/transaction';
import { isId, newId, type Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { SHARE_CONSENT_PURPOSE, SHARE_CONSENT_VERSION } from '../trust/consent-texts.rules.ts';
import { settingsInForce } from '../territories/read-settings.query.ts';
import { endOfDelay } from './request-delays.rules.ts';
import { checkMove, NOTE_MAX_CHARACTERS, type MoveRefusal } from './request-life.rules.ts';
import { sendReplyLink } from './tell-partner.ts';
import { checkVersion, offersOf, writeMove, type Mover, type RequestRow } from './request-rows.ts';
import { checkSharing, needsConsent, type ShareableField, type SharingRefusal } from './shared-fields.rules.ts';
import { placeOfTerritory } from './territory-place.ts';

/** Offers of one request that may wait at once: more would make several people work for nothing. */
export const PENDING_OFFERS_MAX_COUNT = 5;

/** An actor to whom a request is proposed: a sheet of the catalogue, or a structure of the directory. */
export type Recipient = { readonly supportId: Id } | { readonly organizationId: Id };

export interface Proposal {
  readonly version?: number | undefined;
  readonly recipients: readonly Recipient[];
  readonly sharedFields: readonly string[];
  /** The person's agreement to exactly this, and how it was given; null: nobody asked. */
  readonly agreement: 'oral' | 'phone' | 'paper' | 'page' | null;
  /** Typed for the actors. */
  readonly message: string | null;
  readonly origin: string;
}

export type ProposalRefusal =
  | 'not-found'
  | 'moved-meanwhile'
  | 'nobody-offered'
  | 'actor-unknown'
  | 'already-offered'
  | 'too-many-offers'
  | SharingRefusal
  | MoveRefusal;

/** Proposes a locked request to actors, each with a link that answers without an account. Gives the offers' ids. */
export async function proposeRequest(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  row: RequestRow,
  mover: Mover,
  kind: 'offer' | 'hand-over',
  proposal: Proposal
): Promise<Verdict<Id[], ProposalRefusal>> {
  const current = await checkVersion(tx, row, proposal.version);
  if (!current.ok) return current;
  const checked = checkMove(row.state, kind, mover.roles);
  if (!checked.ok) return checked;
  if ((proposal.message?.length ?? 0) > NOTE_MAX_CHARACTERS)
    return refuse('note-too-long', { max: NOTE_MAX_CHARACTERS });
  const isReachable = await isPersonReachable(tx, row);
  const agreed = proposal.agreement !== null;
  const sharing = { visibility: row.visibility, kind, agreed, isReachable };
  const shared = checkSharing(proposal.sharedFields, sharing);
  if (!shared.ok) return shared;
  const actors = await resolve(tx, row, proposal.recipients);
  if (!actors.ok) return actors;
  const consentId = needsConsent(shared.value, sharing) ? await insertConsent(tx, ctx, row, proposal.agreement!) : null;
  const ids = await insertOffers(tx, ctx, row, kind, actors.value, shared.value, consentId, proposal.message);
  await writeMove(tx, ctx.now, row, mover, { move: kind, to: checked.value });
  await sendLinks(tx, ctx, ledger, row, ids, proposal);
  ledger.about('request', row.id, row.territoryId, { move: kind, offers: ids.length, shared: shared.value });
  return accept(ids);
}

interface Actor {
  readonly supportId: Id | null;
  readonly organizationId: Id | null;
}

async function resolve(
  tx: Tx,
  row: RequestRow,
  recipients: readonly Recipient[]
): Promise<Verdict<Actor[], ProposalRefusal>> {
  if (recipients.length === 0) return refuse('nobody-offered');
  const pending = row.offers.filter((offer) => offer.state === 'pending');
  if (pending.length + recipients.length > PENDING_OFFERS_MAX_COUNT) {
    return refuse('too-many-offers', { max: PENDING_OFFERS_MAX_COUNT });
  }
  const actors: Actor[] = [];
  for (const recipient of recipients) {
    const actor = await findActor(tx, row.territoryId, recipient);
    if (!actor) return refuse('actor-unknown');
    const isSame = (other: Actor) =>
      (actor.supportId !== null && other.supportId === actor.supportId) ||
      (actor.organizationId !== null && other.organizationId === actor.organizationId);
    if (pending.some(isSame) || actors.some(isSame)) return refuse('already-offered');
    actors.push(actor);
  }
  return accept(actors);
}

async function findActor(tx: Tx, territoryId: Id, recipient: Recipient): Promise<Actor | null> {
  if ('supportId' in recipient) {
    if (!isId(recipient.supportId)) return null;
    const support = await tx
      .selectFrom('support')
      .select(['id', 'organization_id'])
      .where('id', '=', recipient.supportId)
      .where('territory_id', '=', territoryId)
      .where('status', '=', 'published')
      .executeTakeFirst();
    return support ? { supportId: support.id, organizationId: support.organization_id } : null;
  }
  if (!isId(recipient.organizationId)) return null;
  const organization = await tx
    .selectFrom('organization')
    .select('id')
    .where('id', '=', recipient.organizationId)
    .where('territory_id', '=', territoryId)
    .where('status', '=', 'published')
    .executeTakeFirst();
  return organization ? { supportId: null, organizationId: organization.id } : null;
}

async function isPersonReachable(tx: Tx, row: RequestRow): Promise<boolean> {
  if (!row.personId) return false;
  const person = await tx
    .selectFrom('person')
    .select(['phone', 'email'])
    .where('id', '=', row.personId)
    .executeTakeFirst();
  return Boolean(person?.phone ?? person?.email);
}

async function insertConsent(tx: Tx, ctx: Context, row: RequestRow, channel: string): Promise<Id> {
  const consent = await tx
    .insertInto('consent')
    .values({
      person_id: row.personId,
      territory_id: row.territoryId,
      purpose: SHARE_CONSENT_PURPOSE,
      text_version: SHARE_CONSENT_VERSION,
      channel,
      recorded_by: ctx.actor.accountId,
      given_at: ctx.now
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return consent.id;
}

async function insertOffers(
  tx: Tx,
  ctx: Context,
  row: RequestRow,
  kind: 'offer' | 'hand-over',
  actors: readonly Actor[],
  shared: readonly ShareableField[],
  consentId: Id | null,
  message: string | null
): Promise<Id[]> {
  const { 'request-delays': delays } = await settingsInForce(tx, row.territoryId);
  const place = await placeOfTerritory(tx, row.territoryId);
  const values = actors.map((actor) => ({
    id: newId(ctx.now.getTime()),
    request_id: row.id,
    territory_id: row.territoryId,
    support_id: actor.supportId,
    organization_id: actor.organizationId,
    kind,
    shared_fields: [...shared],
    consent_id: consentId,
    message: message?.trim() || null,
    offered_by: ctx.actor.accountId,
    offered_at: ctx.now,
    expires_at: endOfDelay(ctx.now, delays.offerStandsFor, place)
  }));
  await tx.insertInto('request_offer').values(values).execute();
  return values.map((value) => value.id);
}

async function sendLinks(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  row: RequestRow,
  ids: readonly Id[],
  { origin, message }: Proposal
): Promise<void> {
  const place = await placeOfTerritory(tx, row.territoryId);
  const offers = await offersOf(tx, row.id);
  for (const offer of offers.filter((one) => ids.includes(one.id))) {
    await sendReplyLink(tx, ctx, ledger, row, offer, { place, origin }, { message });
  }
}
