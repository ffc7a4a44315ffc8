import type { Context } from '@terreau/database/context';
import { operatorContext, testDatabase } from '@terreau/database/testing';
import { transaction } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { accept } from '@terreau/kernel/verdict';
import { expect, test } from 'vitest';
import * as v from 'valibot';
import { must } from '../directory/directory.fixtures.ts';
import { aRequest } from '../orientation/requests.fixtures.ts';
import { decideStep } from './decide-step.command.ts';
import { findDossier } from './find-dossier.query.ts';
import { findJourney, type Journey } from './find-journey.query.ts';
import { journeyOf } from './journey.rules.ts';
import { decideStepSchema } from './journey.schema.ts';
import { listReads } from './list-reads.query.ts';
import { openDossier } from './open-dossier.command.ts';
import { planNextAction } from './plan-next-action.command.ts';
import { sayFacts } from './say-facts.command.ts';
import { aDossier, inCircle, inDays, typedDossier, type Accompanied } from './support.fixtures.ts';

const engine = await testDatabase(60);

async function journeyFor(ctx: Context, { territoryId, dossierId }: Accompanied): Promise<Journey> {
  return (await findJourney(ctx, { territoryId, dossierId, look: { kind: 'page', what: 'journey' } }))!;
}

async function say(ctx: Context, accompanied: Accompanied, said: Record<string, string>) {
  const { newestFact } = await journeyFor(ctx, accompanied);
  return sayFacts(ctx, { ...accompanied, said: new Map(Object.entries(said)), seen: newestFact });
}

async function decide(ctx: Context, accompanied: Accompanied, typed: Record<string, string>) {
  const { version } = await journeyFor(ctx, accompanied);
  const fields = v.parse(decideStepSchema, {
    reason: 'Nous sommes prêts',
    nextContactOn: inDays(9),
    ...typed,
    version: String(version)
  });
  return decideStep(ctx, { ...accompanied, fields });
}

test('what was said at the door is there from the first step, and what is said once is met again up to the feasibility', async () => {
  const { territoryId, facilitator } = await aDossier(engine);
  const { id: request } = await aRequest(engine, territoryId, new Date());
  const fields = typedDossier({ request, name: '', phone: '' });
  const dossierId = must(await openDossier(facilitator, { territoryId, fields, origin: 'https://terreau.example' }));
  const accompanied = { territoryId, dossierId, facilitator };
  expect((await journeyFor(facilitator, accompanied)).facts.get('idea.sentence')?.value).toBe(
    'Réparer les vélos du quartier'
  );
  // Each step is filled in its turn; what is left as a blank was in no earlier one.
  const met = new Set<string>();
  for (const step of journeyOf('fr').slice(0, 5)) {
    const { facts } = await journeyFor(facilitator, accompanied);
    const blanks = step.fields.filter((field) => !facts.get(field.key)?.value).map((field) => field.key);
    expect(blanks.filter((key) => met.has(key))).toEqual([]);
    for (const field of step.fields) met.add(field.key);
    const said = Object.fromEntries(blanks.map((key) => [key, key === 'close.choice' ? 'with' : `Réponse à ${key}`]));
    expect(await say(facilitator, accompanied, said)).toMatchObject({ value: blanks.length });
  }
  expect(met.size).toBeGreaterThan(20);
});

test('without an account, an address or a file, a project goes from the welcome to its page, typed by whoever accompanies', async () => {
  const accompanied = await aDossier(engine, { phone: '', email: '' });
  const { facilitator } = accompanied;
  must(await say(facilitator, accompanied, { 'idea.sentence': 'Réparer', 'idea.for-whom': 'Les familles' }));
  must(await decide(facilitator, accompanied, { decision: 'continue' }));
  must(await say(facilitator, accompanied, { 'need.statement': 'Il manque un lieu', 'exit.1.told-by-others': 'yes' }));
  must(await decide(facilitator, accompanied, { decision: 'continue' }));
  must(await say(facilitator, accompanied, { 'project.aim': 'Réparer ensemble' }));
  const journey = await journeyFor(facilitator, accompanied);
  expect(journey.step).toBe(2);
  expect(journey.facts.get('project.aim')).toMatchObject({
    value: 'Réparer ensemble',
    byAccount: facilitator.actor.accountId
  });
  expect(journey.circle.find((member) => member.role === 'carrier')?.hasAccount).toBe(false);
});

test('an answer keeps its date and its author; the same answer again writes nothing, another one keeps the first', async () => {
  const accompanied = await aDossier(engine);
  const carrier = await inCircle(engine, accompanied, 'carrier');
  expect(await say(carrier, accompanied, { 'exit.0.answered': 'yes' })).toMatchObject({ value: 1 });
  expect(await say(carrier, accompanied, { 'exit.0.answered': 'yes' })).toMatchObject({ value: 0 });
  expect(await say(accompanied.facilitator, accompanied, { 'exit.0.answered': 'not-yet' })).toMatchObject({ value: 1 });
  const fact = (await journeyFor(carrier, accompanied)).facts.get('exit.0.answered');
  expect(fact).toMatchObject({ value: 'not-yet', byAccount: accompanied.facilitator.actor.accountId });
  expect(await say(carrier, accompanied, { 'exit.0.answered': 'peut-être' })).toMatchObject({ code: 'fact-unknown' });
  expect(await say(carrier, accompanied, { 'note.secret': 'x' })).toMatchObject({ code: 'fact-unknown' });
  expect(await say(carrier, accompanied, { 'idea.where': 'x'.repeat(201) })).toMatchObject({
    code: 'fact-too-long',
    details: { max: 200 }
  });
});

test('of two people who write at once, the second is told, and nothing is overwritten unseen', async () => {
  const accompanied = await aDossier(engine);
  const { facilitator } = accompanied;
  const carrier = await inCircle(engine, accompanied, 'carrier');
  const seen = (await journeyFor(carrier, accompanied)).newestFact;
  must(await say(facilitator, accompanied, { 'project.aim': 'Réparer ensemble' }));
  const late = { ...accompanied, said: new Map([['project.aim', 'Réparer']]), seen };
  expect(await sayFacts(carrier, late)).toMatchObject({ code: 'changed-meanwhile' });
  const other = { ...accompanied, said: new Map([['project.values', 'La gratuité']]), seen };
  expect(await sayFacts(carrier, other)).toMatchObject({ value: 1 });
  const again = { ...late, seen: (await journeyFor(carrier, accompanied)).newestFact };
  expect(await sayFacts(carrier, again)).toMatchObject({ value: 1 });
});

test('a decision is dated and attributed; the carrier decides, whoever accompanies may write it for them', async () => {
  const accompanied = await aDossier(engine);
  const carrier = await inCircle(engine, accompanied, 'carrier');
  const observer = await inCircle(engine, accompanied, 'observer');
  expect(must(await decide(carrier, accompanied, { decision: 'continue', toStep: '3' }))).toBe(3);
  expect(
    must(
      await decide(accompanied.facilitator, accompanied, {
        decision: 'go-back',
        toStep: '1',
        reason: 'Le besoin reste flou'
      })
    )
  ).toBe(1);
  expect(await decide(observer, accompanied, { decision: 'continue' })).toMatchObject({ code: 'not-found' });
  const { decisions, step } = await journeyFor(carrier, accompanied);
  expect(step).toBe(1);
  expect(
    decisions.map(({ decision, fromStep, toStep, as, reason }) => [decision, fromStep, toStep, as, reason])
  ).toEqual([
    ['go-back', 3, 1, 'facilitator', 'Le besoin reste flou'],
    ['continue', 0, 3, 'carrier', 'Nous sommes prêts']
  ]);
  const stale = v.parse(decideStepSchema, { decision: 'stop', version: '1' });
  expect(await decideStep(carrier, { ...accompanied, fields: stale })).toMatchObject({ code: 'changed-meanwhile' });
});

test('stopping asks for no reason, ends the accompaniment in the same commit, and leaves everything to be read', async () => {
  const accompanied = await aDossier(engine);
  const carrier = await inCircle(engine, accompanied, 'carrier');
  must(await decide(carrier, accompanied, { decision: 'stop', reason: '', nextContactOn: '' }));
  const sheet = (await findDossier(carrier, accompanied.territoryId, accompanied.dossierId))!;
  expect(sheet).toMatchObject({ state: 'interrupted', nextContactOn: null, mayStop: false });
  expect(sheet.history[0]).toMatchObject({ move: 'interrupt', reason: 'carrier-choice', note: null });
  const journey = await journeyFor(carrier, accompanied);
  expect(journey).toMatchObject({ isEnded: true, mayDecide: [] });
  expect(journey.decisions[0]).toMatchObject({ decision: 'stop', reason: null });
});

test('joining another project is an end as well, said as such; a personal reason keeps no words', async () => {
  const joined = await aDossier(engine);
  must(await decide(joined.facilitator, joined, { decision: 'join-another', reason: 'Avec la ressourcerie' }));
  expect((await findDossier(joined.facilitator, joined.territoryId, joined.dossierId))!.history[0]).toMatchObject({
    reason: 'joins-another-project',
    note: 'Avec la ressourcerie'
  });
  const personal = await aDossier(engine);
  must(
    await decide(personal.facilitator, personal, {
      decision: 'stop',
      stopReason: 'personal-reason',
      reason: 'détail intime'
    })
  );
  expect((await findDossier(personal.facilitator, personal.territoryId, personal.dossierId))!.history[0]).toMatchObject(
    {
      reason: 'personal-reason',
      note: null
    }
  );
  expect((await journeyFor(personal.facilitator, personal)).decisions[0]!.reason).toBeNull();
});

test('a small action and the next contact are written together; no project is left without a date', async () => {
  const accompanied = await aDossier(engine);
  const { facilitator } = accompanied;
  const plan = (action: string, nextContactOn: string | null, ctx = facilitator) =>
    planNextAction(ctx, { ...accompanied, action, nextContactOn });
  expect(await plan('Appeler la régie', null)).toMatchObject({ code: 'next-contact-missing' });
  expect(await plan('Appeler la régie', inDays(-3))).toMatchObject({ code: 'next-contact-past' });
  must(await plan('Appeler la régie', inDays(12)));
  const carrier = await inCircle(engine, accompanied, 'carrier');
  must(await plan('Écrire à la voisine', null, carrier));
  const journey = await journeyFor(facilitator, accompanied);
  expect(journey.facts.get('next.action')?.value).toBe('Écrire à la voisine');
  expect(journey.nextContactOn).toBe(inDays(12));
});

test('a file that is taken away is written in the journal of the dossier as an export', async () => {
  const accompanied = await aDossier(engine);
  const { territoryId, dossierId, facilitator } = accompanied;
  const look = { kind: 'export', what: 'deliverable-2' } as const;
  expect(await findJourney(facilitator, { territoryId, dossierId, look })).not.toBeNull();
  const carrier = await inCircle(engine, accompanied, 'carrier');
  expect((await listReads(carrier, { territoryId, dossierId }))?.reads).toContainEqual(
    expect.objectContaining({ kind: 'export', what: 'deliverable-2', as: 'facilitator' })
  );
});

test('what other pages hold is read, never asked again: the budget with the word of each funder, the plan, the meetings', async () => {
  const accompanied = await aDossier(engine);
  const { territoryId, dossierId, facilitator } = accompanied;
  expect([...(await journeyFor(facilitator, accompanied)).sources.values()].flat()).toEqual([]);
  await plantSources(territoryId, dossierId);
  const { sources } = await journeyFor(facilitator, accompanied);
  expect(sources.get('budget')).toEqual([
    { kind: 'total', of: 'costs', cents: 58_000 },
    { kind: 'total', of: 'income', cents: 58_000 },
    { kind: 'income', text: 'Ville de Valbrune', cents: 30_000, state: 'granted' },
    { kind: 'income', text: 'Ventes', cents: 28_000, state: 'envisaged' }
  ]);
  expect(sources.get('plan')).toEqual([{ kind: 'action', text: 'Appeler la régie', dueOn: '2030-05-01' }]);
  expect(sources.get('meetings')).toEqual([{ kind: 'text', text: 'La ressourcerie prête ses établis' }]);
  expect(sources.get('deadlines')).toEqual([
    { kind: 'deadline', of: 'insurance', text: null, dueOn: inDays(10) },
    { kind: 'deadline', of: 'financial-report', text: 'Ville de Valbrune', dueOn: '2099-06-30' }
  ]);
  // What answers the questions of a step is said beside them, with its whole.
  expect((await journeyFor(facilitator, accompanied)).known).toMatchObject({
    costs: 58_000,
    income: 58_000,
    hopedLabel: 'Ventes',
    hopedCents: 28_000,
    deadlinesOpen: 2,
    deadlinesOwned: 0,
    diagnosisOn: null,
    fundedYear: null
  });
  const observer = await inCircle(engine, accompanied, 'observer');
  expect((await journeyFor(observer, accompanied)).known.fundedOf).toBeNull();
  // The first page of the dossier says what is due within thirty days.
  const sheet = (await findDossier(facilitator, territoryId, dossierId))!;
  expect(sheet.owed).toEqual([{ deadline: 'insurance', text: null, dueOn: inDays(10) }]);
});

async function plantSources(territoryId: Id, dossierId: Id): Promise<void> {
  const place = { territory_id: territoryId, dossier_id: dossierId };
  const at = new Date();
  must(
    await transaction(operatorContext(engine), 'plant', async (tx) => {
      const budget = newId();
      await tx
        .insertInto('budget')
        .values({
          ...place,
          id: budget,
          about: 'project',
          title: 'Un atelier',
          starts_on: '2030-01-01',
          ends_on: '2030-12-31',
          line_of: budget,
          made_at: at,
          updated_at: at
        })
        .execute();
      const city = newId();
      const lines = [
        { key: newId(), account: '60', label: 'Outils', cents: 58_000 },
        { key: city, account: '74', label: 'Ville de Valbrune', cents: 30_000 },
        { key: newId(), account: '70', label: 'Ventes', cents: 28_000 }
      ];
      await tx
        .insertInto('budget_line')
        .values(lines.map((line, position) => ({ ...place, budget_id: budget, position, ...line })))
        .execute();
      const steps = ['requested', 'granted'].map((state) => ({
        ...place,
        line_key: city,
        state,
        happened_on: '2030-01-05',
        set_at: at
      }));
      for (const step of steps) await tx.insertInto('funding_step').values(step).execute();
      const deadlines = [
        { kind: 'financial-report', label: 'Ville de Valbrune', due_on: '2099-06-30' },
        { kind: 'insurance', label: null, due_on: inDays(10) }
      ];
      await tx
        .insertInto('dossier_deadline')
        .values(deadlines.map((deadline) => ({ ...place, ...deadline, made_at: at })))
        .execute();
      await tx
        .insertInto('plan_action')
        .values({
          ...place,
          what: 'Appeler la régie',
          kind: 'structure',
          due_on: '2030-05-01',
          state_changed_at: at,
          written_at: at,
          updated_at: at
        })
        .execute();
      await tx
        .insertInto('dossier_fact')
        .values({ ...place, key: 'meeting.1.decided', value: 'La ressourcerie prête ses établis', said_at: at })
        .execute();
      return accept();
    })
  );
}
