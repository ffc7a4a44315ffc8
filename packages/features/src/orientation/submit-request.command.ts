import type { Context } from '@terreau/database/context';
import { transaction, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant } from '@terreau/kernel/instants';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { countAttempts } from '../accounts/count-attempts.ts';
import { networkOf, type RateLimit } from '../accounts/rate-limit.rules.ts';
import { asPlatform } from '../trust/as-platform.ts';
import { hashOfReceipt, newReceiptCode } from '../trust/receipt-code.ts';
import { codeMessage } from './door-messages.ts';
import { nameOfAsker, type DoorFields, type DoorKind } from './door.schema.ts';
import { draftBehind, insertSubmitted } from './submitted-request.ts';

/** A neighbourhood's house shares one address; a program that floods the queue does not pass. */
const REQUESTS_BY_ADDRESS: RateLimit = { name: 'request-address', hits: 40, minutes: 60 };
/** Text messages that one telephone can be made to receive by people who type its number. */
const CODES_BY_PHONE: RateLimit = { name: 'request-code-phone', hits: 3, minutes: 24 * 60 };

export interface SubmitRequest {
  readonly territoryId: Id;
  readonly door: DoorKind;
  readonly fields: DoorFields;
  /** The code of the draft that is sent; without one, or when it opens nothing any more, a new code is made. */
  readonly draftCode: string | null;
  /** The network address that it came from; only its digest is kept, for an hour. */
  readonly address: string;
  /** Where codes are opened: the public address of the site. */
  readonly origin: string;
}

/** The code is shown on the next page and on paper; the database keeps its hash. */
export interface SubmittedRequest {
  readonly requestId: Id;
  readonly code: string;
  readonly answerDueAt: Instant;
}

/** Somebody sends what they ask, with or without an account. Who answers, and before when, is decided at once. */
export async function submitRequest(
  ctx: Context,
  request: SubmitRequest
): Promise<Verdict<SubmittedRequest, 'not-found' | 'too-many-attempts'>> {
  const { territoryId, door, fields } = request;
  const asksSms = fields.receipt === 'sms' && fields.phone !== null;
  const counted = await countAttempts(ctx.engine, ctx.now, [
    { limit: REQUESTS_BY_ADDRESS, who: networkOf(request.address) },
    ...(asksSms ? [{ limit: CODES_BY_PHONE, who: fields.phone! }] : [])
  ]);
  if (!counted.ok) return counted;
  return transaction(ctx, 'submit-request', async (tx, ledger) =>
    asPlatform(tx, async () => {
      const territory = await openTerritory(tx, territoryId);
      if (!territory) return refuse('not-found');
      const draftId = await draftBehind(tx, territoryId, request.draftCode);
      const code = draftId ? request.draftCode! : newReceiptCode();
      const personId = await personWhoAsks(tx, ctx, territoryId, fields);
      const sent = { territoryId, door, fields, personId, draftId, codeHash: hashOfReceipt(code)! };
      const { requestId, answerDueAt } = await insertSubmitted(tx, ctx, { ...sent, channel: 'page', typedBy: null });
      if (asksSms) {
        const text = codeMessage(ctx.language, { code, link: `${request.origin}/receipts`, answerDueAt, ...territory });
        ledger.send({ channel: 'sms', recipient: fields.phone!, territoryId, template: 'request-code', text });
      }
      ledger.about('request', requestId, territoryId, { door, channel: 'page' });
      return accept({ requestId, code, answerDueAt });
    })
  );
}

async function openTerritory(tx: Tx, territoryId: Id): Promise<{ timeZone: string } | undefined> {
  return tx
    .selectFrom('territory')
    .select('time_zone as timeZone')
    .where('id', '=', territoryId)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
}

/** Whoever asks: the person behind the account in this territory, or a new one. A first name may be missing. */
async function personWhoAsks(tx: Tx, ctx: Context, territoryId: Id, fields: DoorFields): Promise<Id> {
  const { accountId } = ctx.actor;
  const known = accountId
    ? await tx
        .selectFrom('person')
        .select('id')
        .where('account_id', '=', accountId)
        .where('territory_id', '=', territoryId)
        .executeTakeFirst()
    : undefined;
  if (known) {
    const { phone, email } = fields;
    const reach = { ...(phone ? { phone } : {}), ...(email ? { email } : {}), last_contact_at: ctx.now };
    await tx.updateTable('person').set(reach).where('id', '=', known.id).execute();
    return known.id;
  }
  const row = await tx
    .insertInto('person')
    .values({
      territory_id: territoryId,
      account_id: accountId,
      display_name: nameOfAsker(fields),
      phone: fields.phone,
      email: fields.email,
      created_at: ctx.now,
      last_contact_at: ctx.now
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}
