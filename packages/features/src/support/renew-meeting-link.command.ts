import type { Context } from '@terreau/database/context';
import { transaction } from '@terreau/database/transaction';
import { accept, refuse, type Verdict } from '@terreau/kernel/verdict';
import { findMeetingLink, RENEW_PAUSE_MINUTES } from '../orientation/reply-links.ts';
import { placeOfTerritory } from '../orientation/territory-place.ts';
import { asPlatform } from '../trust/as-platform.ts';
import { lockIntroduction } from './introduction-rows.ts';
import { tellOther } from './tell-sides.ts';

/** A new link in place of one that has expired, to the address that received it, as long as something is asked there. */
export async function renewMeetingLink(
  ctx: Context,
  { token, origin }: { readonly token: string; readonly origin: string }
): Promise<Verdict<undefined, 'link-unknown' | 'introduction-over' | 'just-sent'>> {
  return transaction(ctx, 'renew-meeting-link', async (tx, ledger) =>
    asPlatform(tx, async () => {
      const link = await findMeetingLink(tx, token);
      const row = link && (await lockIntroduction(tx, link.territoryId, link.introductionId));
      if (!link || !row) return refuse('link-unknown');
      if (row.state !== 'proposed' && row.state !== 'agreed' && row.state !== 'met') return refuse('introduction-over');
      const newest = await tx
        .selectFrom('request_link')
        .select((select) => select.fn.max('sent_at').as('sentAt'))
        .where('introduction_id', '=', row.id)
        .executeTakeFirstOrThrow();
      const pauseEnds = (newest.sentAt?.getTime() ?? 0) + RENEW_PAUSE_MINUTES * 60_000;
      if (pauseEnds > ctx.now.getTime() && newest.sentAt! > link.sentAt) return refuse('just-sent');
      const desk = { place: await placeOfTerritory(tx, row.territory_id), origin };
      await tellOther(tx, ctx, ledger, row, desk, row.state === 'proposed' ? 'asked' : 'agreed');
      ledger.about('introduction', row.id, row.territory_id, { renewed: true });
      return accept();
    })
  );
}
