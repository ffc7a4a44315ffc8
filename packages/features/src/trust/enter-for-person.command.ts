import type { Context } from '@terreau/database/context';
import { transaction, type Ledger, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { createOrganization, type CreateOrganizationRefusal } from '../directory/create-organization.command.ts';
import { SKILL_CONSENT_PURPOSE, SKILL_CONSENT_VERSION } from '../directory/add-skill.command.ts';
import type { OrganizationFields, SkillFields } from '../directory/directory.schema.ts';
import type { AssistedPerson } from './assisted.schema.ts';
import type { AssistedChannel, DoorFields, DoorKind } from '../orientation/door.schema.ts';
import { draftBehind, insertSubmitted } from '../orientation/submitted-request.ts';
import { asPlatform } from './as-platform.ts';
import {
  ASSISTED_CONSENT_PURPOSE,
  ASSISTED_CONSENT_VERSION,
  ASSISTED_REQUEST_CONSENT_PURPOSE,
  ASSISTED_REQUEST_CONSENT_VERSION
} from './consent-texts.rules.ts';
import { hashOfReceipt, newReceiptCode } from './receipt-code.ts';
import { receiptMessage } from './trust-mails.ts';
import { settingInForce } from '../territories/read-settings.query.ts';
import { mayTypeForOthers, mayTypeRequests } from './trust.policy.ts';

/** What somebody of the team types for a person: what they can do, the sheet of their group, or what they ask. */
export type AssistedPublication =
  | { readonly kind: 'skill'; readonly fields: SkillFields }
  | { readonly kind: 'organization'; readonly fields: OrganizationFields }
  | {
      readonly kind: 'request';
      readonly door: DoorKind;
      readonly fields: DoorFields;
      /** Where they met: at the counter, on the telephone, in the street. */
      readonly channel: AssistedChannel;
      /** The code of a draft that holds a recording; it becomes the code of the receipt. */
      readonly draftCode: string | null;
    };

export interface EnterForPersonRequest {
  readonly territoryId: Id;
  readonly person: AssistedPerson;
  readonly publication: AssistedPublication;
  /** Where receipts are read: the public address of the site. */
  readonly origin: string;
}

/** The code is shown once, on the receipt; the database keeps its hash. */
export interface AssistedEntry {
  readonly code: string;
  readonly personId: Id;
  readonly subjectId: Id;
}

export type EnterForPersonRefusal = 'not-found' | 'agreement-missing' | 'phone-missing' | CreateOrganizationRefusal;

/**
 * Somebody of the team (for a request, a member of a structure too, where the territory says so) types for a person, with their spoken agreement: the person, the consent with the
 * version of the text that was read out, what they want to publish, and the code of their receipt.
 */
export async function enterForPerson(
  ctx: Context,
  request: EnterForPersonRequest
): Promise<Verdict<AssistedEntry, EnterForPersonRefusal>> {
  const { territoryId, person, publication } = request;
  const isTeam = mayTypeForOthers(ctx.actor, territoryId);
  if (!isTeam && publication.kind !== 'request') return refuse('not-found');
  if (person.agreed !== 'yes') return refuse('agreement-missing');
  if (person.receipt === 'sms' && !person.phone) return refuse('phone-missing');
  // A sheet has its own command and journal; the entry that follows only points to it.
  const place = null;
  const sheet =
    publication.kind === 'organization'
      ? await createOrganization(ctx, { territoryId, fields: publication.fields, place, isAnother: false })
      : null;
  if (sheet && !sheet.ok) return sheet;
  return transaction(ctx, 'enter-for-person', async (tx, ledger) => {
    if (isTeam) return enter(tx, ctx, ledger, request, sheet?.value.id ?? null);
    const membersMay = await settingInForce(tx, territoryId, 'members-type-for-others');
    if (!mayTypeRequests(ctx.actor, territoryId, membersMay)) return refuse('not-found');
    // A member of a structure writes what they will not read: the person's row, their consent, the entry.
    return asPlatform(tx, () => enter(tx, ctx, ledger, request, null));
  });
}

async function enter(
  tx: Tx,
  ctx: Context,
  ledger: Ledger,
  request: EnterForPersonRequest,
  sheetId: Id | null
): Promise<Verdict<AssistedEntry, EnterForPersonRefusal>> {
  const { territoryId, person, publication } = request;
  const personId = await insertPerson(tx, ctx, request);
  const [purpose, version] = consentFor(publication.kind);
  await insertConsent(tx, ctx, territoryId, personId, purpose, version);
  const draftId =
    publication.kind === 'request'
      ? await asPlatform(tx, () => draftBehind(tx, territoryId, publication.draftCode))
      : null;
  const code = draftId && publication.kind === 'request' ? publication.draftCode! : newReceiptCode();
  const receiptHash = hashOfReceipt(code)!;
  const subjectId =
    sheetId ?? (await insertPublication(tx, ctx, { territoryId, personId, receiptHash, draftId }, publication));
  await tx
    .insertInto('assisted_entry')
    .values({
      territory_id: territoryId,
      person_id: personId,
      typed_by: ctx.actor.accountId,
      subject_kind: publication.kind,
      subject_id: subjectId,
      receipt_hash: receiptHash,
      agreed_orally: true,
      typed_at: ctx.now
    })
    .execute();
  if (person.receipt === 'sms') sendReceipt(ctx, ledger, request, code);
  ledger.about(publication.kind, subjectId, territoryId, { assisted: true });
  return accept({ code, personId, subjectId });
}

function consentFor(kind: AssistedPublication['kind']): [purpose: string, version: string] {
  return kind === 'request'
    ? [ASSISTED_REQUEST_CONSENT_PURPOSE, ASSISTED_REQUEST_CONSENT_VERSION]
    : [ASSISTED_CONSENT_PURPOSE, ASSISTED_CONSENT_VERSION];
}

async function insertPublication(
  tx: Tx,
  ctx: Context,
  entry: { readonly territoryId: Id; readonly personId: Id; readonly receiptHash: string; readonly draftId: Id | null },
  publication: AssistedPublication
): Promise<Id> {
  const { territoryId, personId, receiptHash, draftId } = entry;
  if (publication.kind === 'skill') return insertSkill(tx, ctx, territoryId, personId, publication.fields);
  if (publication.kind === 'organization') throw new Error('a sheet has its own command');
  const { door, fields, channel } = publication;
  const sent = { territoryId, personId, door, fields, channel, typedBy: ctx.actor.accountId };
  const { requestId } = await asPlatform(tx, () =>
    insertSubmitted(tx, ctx, { ...sent, draftId, codeHash: receiptHash })
  );
  return requestId;
}

async function insertPerson(tx: Tx, ctx: Context, { territoryId, person }: EnterForPersonRequest): Promise<Id> {
  const row = await tx
    .insertInto('person')
    .values({
      territory_id: territoryId,
      display_name: person.name,
      phone: person.phone,
      email: person.email,
      entered_by: ctx.actor.accountId,
      created_at: ctx.now,
      last_contact_at: ctx.now
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

async function insertConsent(
  tx: Tx,
  ctx: Context,
  territoryId: Id,
  personId: Id,
  purpose: string,
  version: string
): Promise<Id> {
  const row = await tx
    .insertInto('consent')
    .values({
      person_id: personId,
      territory_id: territoryId,
      purpose,
      text_version: version,
      channel: 'oral',
      recorded_by: ctx.actor.accountId,
      given_at: ctx.now
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

async function insertSkill(tx: Tx, ctx: Context, territoryId: Id, personId: Id, fields: SkillFields): Promise<Id> {
  const consent = await insertConsent(tx, ctx, territoryId, personId, SKILL_CONSENT_PURPOSE, SKILL_CONSENT_VERSION);
  const row = await tx
    .insertInto('skill')
    .values({
      territory_id: territoryId,
      person_id: personId,
      consent_id: consent,
      title: fields.title,
      description: fields.description,
      shown_as: fields.shownAs,
      shown_name: fields.shownAs === 'anonymous' ? null : fields.shownName,
      visibility: fields.visibility,
      status: 'published',
      created_at: ctx.now
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

function sendReceipt(
  ctx: Context,
  ledger: Ledger,
  { person, territoryId, origin }: EnterForPersonRequest,
  code: string
) {
  const text = receiptMessage(ctx.language, { code, link: `${origin}/receipts` });
  ledger.send({ channel: 'sms', recipient: person.phone!, territoryId, template: 'receipt', text });
}
