import { ownOrganizations, type Context } from '@terreau/database/context';
import { reading, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { Instant, LocalDate } from '@terreau/kernel/instants';
import type { MeetingReason } from '@terreau/matching/close-actions';
import { findMeetingLink } from '../orientation/reply-links.ts';
import { asPlatform } from '../trust/as-platform.ts';
import { contactOfDossier, type SideContact } from './introduction-rows.ts';
import type { IntroductionState, Outcome, SideAnswer } from './introduction.rules.ts';

export const INVITATIONS_SHOWN_ROWS = 50;

/** A meeting proposed to a structure: why, and what was typed for it. Whose project it is comes when both said yes. */
export interface MeetingInvitation {
  readonly id: Id;
  readonly structure: string;
  readonly state: Exclude<IntroductionState, 'dismissed'>;
  readonly reasons: readonly MeetingReason[];
  readonly words: string | null;
  readonly proposedAt: Instant;
  readonly answer: SideAnswer | null;
  /** The project and whoever carries it, once both said yes. */
  readonly project: string | null;
  readonly contact: SideContact | null;
  readonly metOn: LocalDate | null;
  readonly outcome: Outcome | null;
}

export interface LinkedInvitation {
  readonly territory: string;
  readonly timeZone: string;
  readonly isLive: boolean;
  /** Nothing is shown behind a link that no longer works. */
  readonly invitation: MeetingInvitation | null;
}

/** What the link of a mail shows; null when it is no link of ours. */
export async function findInvitation(ctx: Context, token: string): Promise<LinkedInvitation | null> {
  return reading(ctx, (tx) =>
    asPlatform(tx, async () => {
      const link = await findMeetingLink(tx, token);
      if (!link) return null;
      const territory = await tx
        .selectFrom('territory')
        .select(['name', 'time_zone'])
        .where('id', '=', link.territoryId)
        .executeTakeFirstOrThrow();
      const isLive = link.expiresAt > ctx.now;
      const [row] = isLive ? await rowsOf(tx, { introductionId: link.introductionId }) : [];
      return {
        territory: territory.name,
        timeZone: territory.time_zone,
        isLive,
        invitation: row ? await shown(tx, row) : null
      };
    })
  );
}

/** The meetings proposed to the structures of which the actor is a member, the newest first. */
export async function listInvitations(ctx: Context, territoryId: Id): Promise<MeetingInvitation[]> {
  const organizationIds = ownOrganizations(ctx.actor);
  if (organizationIds.length === 0) return [];
  return reading(ctx, (tx) =>
    asPlatform(tx, async () => {
      const invitations: MeetingInvitation[] = [];
      for (const row of await rowsOf(tx, { territoryId, organizationIds })) invitations.push(await shown(tx, row));
      return invitations;
    })
  );
}

type Wanted = { readonly introductionId: Id } | { readonly territoryId: Id; readonly organizationIds: readonly Id[] };

function rowsOf(tx: Tx, wanted: Wanted) {
  return tx
    .selectFrom('introduction')
    .innerJoin('organization', 'organization.id', 'introduction.organization_id')
    .innerJoin('dossier', 'dossier.id', 'introduction.dossier_id')
    .select(['introduction.id', 'introduction.state', 'reasons', 'words', 'decided_at', 'other_answer'])
    .select(['met_on', 'other_outcome', 'dossier_id', 'organization.name', 'dossier.title'])
    .where('introduction.state', '!=', 'dismissed')
    .$if('introductionId' in wanted, (query) =>
      query.where('introduction.id', '=', (wanted as { introductionId: Id }).introductionId)
    )
    .$if('organizationIds' in wanted, (query) => {
      const { territoryId, organizationIds } = wanted as { territoryId: Id; organizationIds: readonly Id[] };
      return query
        .where('introduction.territory_id', '=', territoryId)
        .where('introduction.organization_id', 'in', [...organizationIds]);
    })
    .orderBy('introduction.id', 'desc')
    .limit(INVITATIONS_SHOWN_ROWS)
    .execute();
}

async function shown(tx: Tx, row: Awaited<ReturnType<typeof rowsOf>>[number]): Promise<MeetingInvitation> {
  const isShared = row.state === 'agreed' || row.state === 'met';
  return {
    id: row.id,
    structure: row.name,
    state: row.state as MeetingInvitation['state'],
    reasons: row.reasons as unknown as MeetingReason[],
    words: row.words,
    proposedAt: row.decided_at,
    answer: row.other_answer as SideAnswer | null,
    project: isShared ? row.title : null,
    contact: isShared ? await contactOfDossier(tx, row.dossier_id) : null,
    metOn: row.met_on,
    outcome: row.other_outcome as Outcome | null
  };
}
