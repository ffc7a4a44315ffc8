import type { Context } from '@terreau/database/context';
import { contextFor, operatorContext, testDatabase } from '@terreau/database/testing';
import { transaction } from '@terreau/database/transaction';
import { accept } from '@terreau/kernel/verdict';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { aStaffMember, must } from '../directory/directory.fixtures.ts';
import { chooseExpert } from './choose-expert.command.ts';
import { deliverExpertMission } from './deliver-expert-mission.command.ts';
import { CIRCLE_ROLES } from './dossier-life.rules.ts';
import { endExpertMission } from './end-expert-mission.command.ts';
import { checkExpertMove, EXPERT_MOVES, EXPERT_STATES, expertMovesFrom, type ExpertMove } from './expert.rules.ts';
import {
  expertChoiceSchema,
  expertDeliverySchema,
  expertFeedbackSchema,
  expertHoursSchema,
  expertNeedSchema,
  expertProposalSchema
} from './expert.schema.ts';
import { findExpertNeed, listExpertNeeds } from './find-expert-need.query.ts';
import { findPlan } from './find-plan.query.ts';
import { logExpertHours } from './log-expert-hours.command.ts';
import { proposeExpert } from './propose-expert.command.ts';
import { aDossier, inCircle, inDays } from './support.fixtures.ts';
import { tellOfExpertMission } from './tell-of-expert-mission.command.ts';
import { withdrawExpertNeed } from './withdraw-expert-need.command.ts';
import { writeExpertNeed } from './write-expert-need.command.ts';

const engine = await testDatabase();

/** Who may do what, and where from, written again by hand. */
const FROM: Readonly<Record<ExpertMove, readonly string[]>> = {
  propose: ['open'],
  choose: ['open'],
  withdraw: ['open'],
  'log-hours': ['chosen', 'delivered'],
  deliver: ['chosen'],
  'tell-structure': ['delivered', 'ended'],
  'tell-expert': ['delivered', 'ended'],
  end: ['delivered']
};
const OF_STRUCTURE: readonly ExpertMove[] = ['propose', 'withdraw', 'tell-structure'];
const OF_EXPERT: readonly ExpertMove[] = ['log-hours', 'deliver', 'tell-expert'];

test('every state of an expertise, every step, every place in the circle: what is written works, all else is refused', () => {
  let cells = 0;
  for (const state of EXPERT_STATES) {
    for (const move of EXPERT_MOVES) {
      for (const role of CIRCLE_ROLES) {
        for (const isExpert of [true, false]) {
          cells += 1;
          const isTheirs =
            role === 'facilitator' ||
            (['carrier', 'member'].includes(role) && OF_STRUCTURE.includes(move)) ||
            (role === 'expert' && isExpert && OF_EXPERT.includes(move));
          const verdict = checkExpertMove(state, { role, isExpert }, move);
          const ok = isTheirs && FROM[move].includes(state);
          expect({ state, move, role, isExpert, ok: verdict.ok }).toEqual({ state, move, role, isExpert, ok });
          expect(expertMovesFrom(state, { role, isExpert }).includes(move)).toBe(ok);
        }
      }
    }
  }
  console.log(`${cells} cells of states, steps and places in the circle`);
});

const NEED = {
  what: 'Lire les comptes',
  why: 'Nous ne savons pas lire un bilan',
  howChosen: 'Le bureau et l’accompagnatrice'
};
const CHOICE = {
  chosenOn: inDays(0),
  peoplePresent: 'La présidente, le trésorier',
  chosenWhy: 'Connaît les petites associations',
  startsOn: inDays(1),
  endsOn: inDays(40),
  missionTime: '12h',
  deliverable: 'Un tableau que le trésorier tient seul'
};

async function aNeed() {
  const accompanied = await aDossier(engine);
  const { territoryId, facilitator } = accompanied;
  const carrier = await inCircle(engine, accompanied, 'carrier');
  const needId = must(
    await writeExpertNeed(carrier, { ...accompanied, fields: v.parse(expertNeedSchema, { ...NEED, planned: '12h' }) })
  );
  const account = await aStaffMember(engine, territoryId, 'expert');
  must(
    await transaction(operatorContext(engine), 'plant', async (tx) => {
      await tx
        .insertInto('role_grant')
        .values({ territory_id: territoryId, account_id: account.accountId!, role: 'expert' })
        .execute();
      return accept();
    })
  );
  const address = { territoryId, dossierId: accompanied.dossierId, needId };
  const propose = (ctx: Context, typed: Record<string, unknown>) =>
    proposeExpert(ctx, { ...address, fields: v.parse(expertProposalSchema, { agreedOn: inDays(-1), ...typed }) });
  const choose = (ctx: Context, proposal: string, typed: Record<string, unknown> = {}) =>
    chooseExpert(ctx, { ...address, fields: v.parse(expertChoiceSchema, { ...CHOICE, proposal, ...typed }) });
  return { accompanied, facilitator, carrier, address, expert: contextFor(engine, account), propose, choose };
}

test('several are proposed who said yes; one is chosen together, and joins the circle until the mission ends', async () => {
  const { accompanied, facilitator, carrier, expert, address, propose, choose } = await aNeed();
  expect(await propose(carrier, {})).toMatchObject({ code: 'expert-missing' });
  expect(await propose(carrier, { name: 'Awa', agreedOn: inDays(1) })).toMatchObject({ code: 'agreed-later' });
  const stranger = facilitator.actor.accountId!;
  expect(await propose(carrier, { who: `account:${stranger}` })).toMatchObject({ code: 'expert-unknown' });
  must(await propose(carrier, { name: 'Awa, comptable à la retraite' }));
  const chosen = must(
    await propose(facilitator, { who: `account:${expert.actor.accountId}`, offer: 'Quatre séances' })
  );
  expect((await findExpertNeed(carrier, address))!.proposals.map(({ name }) => name)).toEqual([
    'Awa, comptable à la retraite',
    'Camille'
  ]);
  expect(await findPlan(expert, accompanied)).toBeNull();
  expect(await choose(carrier, chosen)).toMatchObject({ code: 'expert-move-not-yours' });
  expect(await choose(facilitator, chosen, { endsOn: inDays(0) })).toMatchObject({ code: 'dates-crossed' });
  expect(await choose(facilitator, address.needId)).toMatchObject({ code: 'proposal-not-found' });
  must(await choose(facilitator, chosen));
  expect(await choose(facilitator, chosen)).toMatchObject({ code: 'expert-move-not-from-here' });
  expect(await withdrawExpertNeed(carrier, address)).toMatchObject({ code: 'expert-move-not-from-here' });
  expect((await findPlan(expert, accompanied))?.head.role).toBe('expert');

  const log = (ctx: Context, typed: Record<string, unknown>) =>
    logExpertHours(ctx, { ...address, fields: v.parse(expertHoursSchema, { workedOn: inDays(0), ...typed }) });
  must(await log(expert, { minutes: '2h', what: 'Lecture du bilan' }));
  expect(await log(expert, { minutes: '1h', workedOn: inDays(1) })).toMatchObject({ code: 'worked-later' });
  expect(await log(carrier, { minutes: '1h' })).toMatchObject({ code: 'expert-move-not-yours' });
  expect(await endExpertMission(facilitator, address)).toMatchObject({ code: 'expert-move-not-from-here' });
  const delivery = v.parse(expertDeliverySchema, {
    deliveredOn: inDays(0),
    deliveredWords: 'Le tableau et son mode d’emploi'
  });
  must(await deliverExpertMission(expert, { ...address, fields: delivery }));
  const tell = (ctx: Context, side: 'structure' | 'expert') =>
    tellOfExpertMission(ctx, {
      ...address,
      fields: v.parse(expertFeedbackSchema(side), { [`${side}-first`]: 'yes', [`${side}-second`]: 'Clair' })
    });
  must(await tell(expert, 'expert'));
  expect(await tell(expert, 'structure')).toMatchObject({ code: 'expert-move-not-yours' });
  expect(await tell(carrier, 'expert')).toMatchObject({ code: 'expert-move-not-yours' });
  must(await tell(carrier, 'structure'));
  expect(await tell(facilitator, 'structure')).toMatchObject({ code: 'told-already' });
  must(await endExpertMission(facilitator, address));
  expect(await findPlan(expert, accompanied)).toBeNull();
  const sheet = (await findExpertNeed(carrier, address))!;
  expect(sheet).toMatchObject({ state: 'ended', mission: { hours: [{ minutes: 120 }] } });
  expect(sheet.mission!.feedback.map(({ side }) => side)).toEqual(['structure', 'expert']);
});

test('an expert with two missions stays until the second ends, and only touches their own', async () => {
  const { accompanied, facilitator, carrier, expert, address, propose, choose } = await aNeed();
  must(await choose(facilitator, must(await propose(carrier, { who: `account:${expert.actor.accountId}` }))));
  const fields = v.parse(expertNeedSchema, { ...NEED, what: 'Préparer un budget' });
  const second = { ...address, needId: must(await writeExpertNeed(facilitator, { ...accompanied, fields })) };
  const deliver = (ctx: Context, to: typeof address) =>
    deliverExpertMission(ctx, {
      ...to,
      fields: v.parse(expertDeliverySchema, { deliveredOn: inDays(0), deliveredWords: 'Fait' })
    });
  const proposal = v.parse(expertProposalSchema, { who: `account:${expert.actor.accountId}`, agreedOn: inDays(0) });
  const chosen = must(await proposeExpert(facilitator, { ...second, fields: proposal }));
  expect(await deliver(expert, second)).toMatchObject({ code: 'expert-move-not-yours' });
  const choice = v.parse(expertChoiceSchema, { ...CHOICE, proposal: chosen });
  must(await chooseExpert(facilitator, { ...second, fields: choice }));
  must(await deliver(expert, address));
  must(await endExpertMission(facilitator, address));
  expect(await findPlan(expert, accompanied)).not.toBeNull();
  must(await deliver(facilitator, second));
  must(await endExpertMission(facilitator, second));
  expect(await findPlan(expert, accompanied)).toBeNull();
});

test('a need can be put aside, and nobody outside of the circle sees it', async () => {
  const { accompanied, carrier, expert, address, propose } = await aNeed();
  expect(await listExpertNeeds(expert, accompanied)).toBeNull();
  expect(await findExpertNeed(expert, address)).toBeNull();
  expect(
    await proposeExpert(expert, {
      ...address,
      fields: v.parse(expertProposalSchema, { name: 'Moi', agreedOn: inDays(0) })
    })
  ).toMatchObject({
    code: 'not-found'
  });
  must(await withdrawExpertNeed(carrier, address));
  expect(await propose(carrier, { name: 'Awa' })).toMatchObject({ code: 'expert-move-not-from-here' });
  expect((await listExpertNeeds(carrier, accompanied))!.needs).toMatchObject([{ state: 'withdrawn', expert: null }]);
});
