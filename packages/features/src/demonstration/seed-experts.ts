import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { localDate, plusDays, plusLocalDays } from '@terreau/kernel/instants';
import content from './experts.json' with { type: 'json' };

interface ExpertSeed {
  readonly territoryId: Id;
  readonly accounts: ReadonlyMap<string, Id>;
  readonly timeZone: string;
}

type DemonstrationNeed = (typeof content.needs)[number];
type DemonstrationMission = DemonstrationNeed['mission'];

interface Place {
  readonly dossier_id: Id;
  readonly territory_id: Id;
}

/** Two missions of outside experts: one that goes on, one that has ended and of which both sides have spoken. */
export async function insertExperts(
  tx: Tx,
  ctx: Context,
  { territoryId, accounts, timeZone }: ExpertSeed
): Promise<void> {
  const today = localDate(ctx.now, timeZone);
  const day = (ago: number) => plusLocalDays(today, ago);
  for (const need of content.needs) {
    const dossier = await tx
      .selectFrom('dossier')
      .select(['id', 'opened_by'])
      .where('territory_id', '=', territoryId)
      .where('title', '=', need.dossier)
      .executeTakeFirstOrThrow();
    const place = { dossier_id: dossier.id, territory_id: territoryId };
    const [first] = need.proposals;
    const writtenAt = plusDays(ctx.now, first!.agreed - 5);
    const by = { written_by: dossier.opened_by, written_at: writtenAt };
    const id = newId(writtenAt.getTime());
    await tx
      .insertInto('expert_need')
      .values({
        ...place,
        ...by,
        id,
        what: need.what,
        why: need.why,
        how_chosen: need.how,
        planned_minutes: need.planned,
        before_on: day(need.before)
      })
      .execute();
    const proposals = need.proposals.map(({ name, offer, agreed, ...more }) => ({
      ...place,
      ...by,
      id: newId(),
      need_id: id,
      name,
      offer,
      agreed_on: day(agreed),
      account_id: 'account' in more && more.account ? accounts.get(more.account)! : null
    }));
    await tx.insertInto('expert_proposal').values(proposals).execute();
    const { mission } = need;
    const joinedAt = plusDays(ctx.now, mission.chosen);
    const member = proposals[0]!.account_id
      ? await insertExpert(tx, place, proposals[0]!.account_id, joinedAt, dossier.opened_by)
      : null;
    await insertMission(tx, ctx, place, { mission, day, needId: id, proposalId: proposals[0]!.id, member, by });
  }
}

async function insertExpert(tx: Tx, place: Place, account: Id, joinedAt: Date, addedBy: Id | null): Promise<Id> {
  const { id } = await tx
    .insertInto('dossier_member')
    .values({ ...place, role: 'expert', account_id: account, added_by: addedBy, joined_at: joinedAt })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

async function insertMission(
  tx: Tx,
  ctx: Context,
  place: Place,
  {
    mission,
    day,
    needId,
    proposalId,
    member,
    by
  }: {
    readonly mission: DemonstrationMission;
    readonly day: (ago: number) => string;
    readonly needId: Id;
    readonly proposalId: Id;
    readonly member: Id | null;
    readonly by: { readonly written_by: Id | null; readonly written_at: Date };
  }
): Promise<void> {
  const id = newId();
  await tx
    .insertInto('expert_mission')
    .values({
      ...place,
      id,
      need_id: needId,
      proposal_id: proposalId,
      member_id: member,
      chosen_on: day(mission.chosen),
      people_present: mission.present,
      chosen_why: mission.why,
      chosen_by: by.written_by,
      starts_on: day(mission.starts),
      ends_on: day(mission.ends),
      planned_minutes: mission.planned,
      deliverable: mission.deliverable,
      delivered_on: mission.delivered === undefined ? null : day(mission.delivered),
      delivered_words: mission.deliveredWords ?? null,
      ended_at: mission.ended === undefined ? null : plusDays(ctx.now, mission.ended)
    })
    .execute();
  await tx
    .insertInto('expert_hours')
    .values(
      mission.hours.map(({ on, minutes, what }) => ({
        ...place,
        ...by,
        mission_id: id,
        worked_on: day(on),
        minutes,
        what
      }))
    )
    .execute();
  if (!mission.feedback) return;
  await tx
    .insertInto('expert_feedback')
    .values(mission.feedback.map((said) => ({ ...place, ...by, mission_id: id, ...said })))
    .execute();
}
