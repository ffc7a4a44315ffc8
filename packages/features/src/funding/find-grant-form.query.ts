import type { Context } from '@terreau/database/context';
import { witnessed, type Tx } from '@terreau/database/transaction';
import type { Id } from '@terreau/kernel/ids';
import type { LocalDate } from '@terreau/kernel/instants';
import { headOf, type DossierHead, type OwnDossier } from '../support/circle.ts';
import { factsOf } from '../support/facts.ts';
import { SIDES, sideOf, type Account, type Side } from './accounts.rules.ts';
import { linesOf, ownBudget, type BudgetAddress, type BudgetLine, type OwnBudget } from './budget-rows.ts';
import { inWholeEuros } from './budget.rules.ts';
import { fillGrantForm, grantFactKeys, type SheetField } from './grant-form.rules.ts';

/** Writes the dates of a budget in the language of the page. */
export type PeriodWriter = (startsOn: LocalDate, endsOn: LocalDate) => string;

export interface GrantForm {
  readonly head: DossierHead;
  readonly mayWork: boolean;
  readonly budget: {
    readonly id: Id;
    readonly title: string;
    readonly startsOn: LocalDate;
    readonly endsOn: LocalDate;
    readonly isFinal: boolean;
  };
  readonly sections: ReturnType<typeof fillGrantForm>;
  /** The budget as the form takes it: accounts in their order, whole euros, without losing one. */
  readonly sides: readonly GrantSide[];
}

export interface GrantSide {
  readonly side: Side;
  readonly lines: readonly { readonly account: Account; readonly label: string; readonly euros: number }[];
  readonly euros: number;
}

/**
 * The frame of the grant form for one budget, filled with what is known; null for whoever is not of the circle.
 */
export async function findGrantForm(
  ctx: Context,
  address: BudgetAddress,
  periodInWords: PeriodWriter,
  kind: 'page' | 'file' = 'page'
): Promise<GrantForm | null> {
  return witnessed(ctx, async (tx, saw) => {
    const own = await ownBudget(tx, ctx, address, 'read');
    if (!own) return null;
    const { budget } = own;
    saw({ dossierId: own.row.id, territoryId: address.territoryId, as: own.role, kind, what: 'grant-form' });
    const lines = await linesOf(tx, budget);
    return {
      head: headOf(own),
      mayWork: own.isActive && own.role !== 'observer',
      budget: {
        id: budget.id,
        title: budget.title,
        startsOn: budget.starts_on,
        endsOn: budget.ends_on,
        isFinal: budget.finalised_at !== null
      },
      sections: await filledSections(tx, own, periodInWords),
      sides: SIDES.map((side) => grantSide(side, lines))
    };
  });
}

/** The fields of the form with what is known, as whoever fills it sees them. */
export async function filledSections(
  tx: Tx,
  own: OwnBudget,
  periodInWords: PeriodWriter
): Promise<GrantForm['sections']> {
  const facts = await factsOf(tx, own.row.id, grantFactKeys());
  const said = new Map([...facts].map(([key, fact]) => [key, fact.value]));
  const period = periodInWords(own.budget.starts_on, own.budget.ends_on);
  return fillGrantForm(said, { ...(await sheetOf(tx, own)), period });
}

function grantSide(side: Side, all: readonly BudgetLine[]): GrantSide {
  const lines = all.filter((line) => sideOf(line.account) === side);
  const euros = inWholeEuros(lines.map((line) => line.cents));
  return {
    side,
    lines: lines.map(({ account, label }, index) => ({ account, label, euros: euros[index]! })),
    euros: euros.reduce((a, b) => a + b, 0)
  };
}

/** What the directory says of the organisation; only the name of the project where there is none. */
async function sheetOf(tx: Tx, { row }: OwnDossier): Promise<Partial<Record<SheetField, string | null>>> {
  if (!row.organization_id) return { dossier: row.title };
  const organization = await tx
    .selectFrom('organization')
    .select(['name', 'acronym', 'rna', 'siret', 'website', 'email', 'phone', 'networks'])
    .where('id', '=', row.organization_id)
    .executeTakeFirst();
  if (!organization) return { dossier: row.title };
  const place = await tx
    .selectFrom('place')
    .select(['address', 'postcode', 'city'])
    .where('organization_id', '=', row.organization_id)
    .orderBy('position')
    .limit(1)
    .executeTakeFirst();
  const address = [place?.address, [place?.postcode, place?.city].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  return { ...organization, networks: organization.networks.join(', '), address, dossier: row.title };
}
