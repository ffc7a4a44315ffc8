import type { Context } from '@terreau/database/context';
import { reading } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import { consentsOf, type OwnConsent } from './list-own-consents.query.ts';
import { exportRows, type PersonalExport } from './personal-rows.ts';
import { sentRequests, sentScope, type SentRequest } from '../orientation/sent-requests.ts';
import { subjectOfPerson } from './personal-subject.ts';
import { withReceipt } from './receipt-access.ts';

/** What a receipt opens: the person's own details, their consents, what was published for them, everything kept. */
export interface ReceiptContent {
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly skills: readonly { id: Id; title: string; description: string | null; status: string }[];
  readonly sheets: readonly { id: Id; name: string; slug: string }[];
  readonly consents: readonly OwnConsent[];
  readonly requests: readonly SentRequest[];
  /** Null for somebody who has an account: they read it there. */
  readonly everything: PersonalExport | null;
}

/** What the code opens now; null when it opens nothing any more. */
export async function readReceipt(ctx: Context, code: string): Promise<ReceiptContent | null> {
  return reading(ctx, (tx) =>
    withReceipt(tx, code, async (receipt) => {
      const { personId } = receipt;
      const requests = await sentRequests(tx, sentScope(receipt));
      if (receipt.hasAccount) return receipt.requestId ? { ...NOTHING_ELSE, requests } : null;
      const subject = await subjectOfPerson(tx, personId);
      const person = await tx.selectFrom('person').selectAll().where('id', '=', personId).executeTakeFirst();
      if (!subject || !person) return null;
      const skills = await tx
        .selectFrom('skill')
        .select(['id', 'title', 'description', 'status'])
        .where('person_id', '=', personId)
        .where('status', '!=', 'withdrawn')
        .orderBy('id')
        .execute();
      const sheets = await tx
        .selectFrom('assisted_entry')
        .innerJoin('organization', 'organization.id', 'assisted_entry.subject_id')
        .innerJoin('territory', 'territory.id', 'organization.territory_id')
        .select(['organization.id', 'organization.name', 'territory.slug'])
        .where('person_id', '=', personId)
        .where('subject_kind', '=', 'organization')
        .execute();
      return {
        name: person.display_name,
        phone: person.phone,
        email: person.email,
        skills,
        sheets,
        requests,
        consents: await consentsOf(tx, { accountId: null, personIds: [personId] }, ctx.language),
        everything: await exportRows(tx, subject, ctx.language, ctx.now)
      };
    })
  );
}

const NOTHING_ELSE = {
  name: '',
  phone: null,
  email: null,
  skills: [],
  sheets: [],
  consents: [],
  everything: null
} as const;
