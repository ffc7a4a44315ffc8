import { moderationFigures } from '@terreau/features/trust/moderation-figures.query';
import type { PageServerLoad } from './$types';

export const csr = false;

const FIRST_YEAR = 2024;

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { territory } = await parent();
  const thisYear = locals.context.now.getUTCFullYear();
  const asked = Number(url.searchParams.get('year') ?? thisYear);
  const year = Number.isInteger(asked) && asked >= FIRST_YEAR && asked <= thisYear ? asked : thisYear;
  return {
    figures: await moderationFigures(locals.context, { territoryId: territory.id, year }),
    previous: year > FIRST_YEAR ? year - 1 : null
  };
};
