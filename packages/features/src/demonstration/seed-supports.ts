import type { Context } from '@terreau/database/context';
import type { Tx } from '@terreau/database/transaction';
import { newId, type Id } from '@terreau/kernel/ids';
import { localDate, plusDays } from '@terreau/kernel/instants';
import { readFields } from '../directory/directory.schema.ts';
import { templateValues } from '../orientation/support-templates.rules.ts';
import { supportColumns } from '../orientation/support-rows.ts';
import { supportSchema, type SupportFields } from '../orientation/support.schema.ts';
import type { DemonstrationSupport } from './demonstration.ts';

export interface SupportSeed {
  readonly territoryId: Id;
  readonly supports: readonly DemonstrationSupport[];
  readonly neighbourhoods: ReadonlyMap<string, Id>;
  /** Whoever checked the sheets. */
  readonly checkerId: Id;
  readonly timeZone: string;
}

/**
 * The sheets that Valbrune's team wrote beside those that follow the directory: some checked too long ago, one past its
 * deadline, one made from the template of a neighbouring territory that has moved since.
 */
export async function insertSupports(tx: Tx, ctx: Context, seed: SupportSeed): Promise<void> {
  const day = (days: number) => localDate(plusDays(ctx.now, days), seed.timeZone);
  const sheets = seed.supports.map((support) => ({ support, id: newId(), fields: fieldsOf(support, seed, day) }));
  await tx
    .insertInto('support')
    .values(
      sheets.map(({ support, id, fields }) => ({
        ...supportColumns(fields),
        id,
        territory_id: seed.territoryId,
        status: support.status ?? 'published',
        checked_on: day(-support.checkedDaysAgo),
        checked_by: seed.checkerId,
        created_at: plusDays(ctx.now, -support.checkedDaysAgo - 30),
        updated_at: plusDays(ctx.now, -support.checkedDaysAgo)
      }))
    )
    .execute();
  const adopted = sheets.find(({ support }) => support.key === 'adopted');
  if (adopted) await insertTemplate(tx, ctx, seed, adopted.id, adopted.fields);
}

function fieldsOf(support: DemonstrationSupport, seed: SupportSeed, day: (days: number) => string): SupportFields {
  const {
    neighbourhood,
    place,
    opensInDays,
    closesInDays,
    checkedDaysAgo: _,
    status: __,
    key: ___,
    ...typed
  } = support;
  const read = readFields(supportSchema, {
    ...typed,
    neighbourhoodId: neighbourhood ? seed.neighbourhoods.get(neighbourhood) : '',
    placeWords: place ?? '',
    opensOn: opensInDays === undefined ? '' : day(opensInDays),
    closesOn: closesInDays === undefined ? '' : day(closesInDays)
  });
  if (!read.ok) throw new Error(`${support.title}: ${JSON.stringify(read.problems)}`);
  return read.value;
}

/** The neighbour shares its sheet, Valbrune changes a word of it, and the neighbour publishes a second version. */
async function insertTemplate(
  tx: Tx,
  ctx: Context,
  seed: SupportSeed,
  supportId: Id,
  ours: SupportFields
): Promise<void> {
  const first = templateValues({
    ...ours,
    whoMay: 'Les associations de moins de trois ans.',
    ceilingCents: 200_000
  });
  const second = {
    ...first,
    ceilingCents: 250_000,
    conditions: 'Un rendez-vous avec le Point d’appui à la vie associative avant le dépôt.'
  };
  const templateId = newId();
  const sharedAt = plusDays(ctx.now, -120);
  await tx
    .insertInto('support_template')
    .values({ id: templateId, territory_id: await neighbourOf(tx, ctx), shared_at: sharedAt })
    .execute();
  await tx
    .insertInto('support_template_version')
    .values(
      [first, second].map((fields, index) => ({
        template_id: templateId,
        number: index + 1,
        title: fields.title,
        fields: JSON.stringify(fields),
        note: index === 0 ? null : 'Le plafond monte, et un rendez-vous est demandé avant le dépôt.',
        published_at: index === 0 ? sharedAt : plusDays(ctx.now, -9)
      }))
    )
    .execute();
  await tx
    .insertInto('support_adoption')
    .values({
      support_id: supportId,
      territory_id: seed.territoryId,
      template_id: templateId,
      adopted_number: 1,
      adopted_by: seed.checkerId,
      adopted_at: plusDays(ctx.now, -100)
    })
    .execute();
}

/** A territory that shares and shows nothing else: it is closed, so that no list of territories holds it. */
async function neighbourOf(tx: Tx, ctx: Context): Promise<Id> {
  const { id } = await tx
    .insertInto('territory')
    .values({
      slug: 'rivemont-demonstration',
      name: 'Rivemont',
      is_demonstration: true,
      opened_at: plusDays(ctx.now, -400),
      closed_at: ctx.now,
      created_at: plusDays(ctx.now, -400)
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
