import { follow, type PageLine } from '../page-line.ts';

/** The plan of a dossier, and what is under it. */
export function supportPlanPages(): PageLine[] {
  const dossiers = '/valbrune/dossiers';
  // One whose state implies a plan.
  const workshop = 'h2 a:has-text("Atelier de réparation")';
  const first = follow(workshop, '/plan');
  const line = (name: string, reach: PageLine['reach']): PageLine => ({
    path: dossiers,
    name,
    as: 'facilitator',
    heavy: true,
    ...(reach ? { reach } : {})
  });
  const action = follow('main li .head a');
  return [
    line('plan', first),
    line('plan-action-new', follow(workshop, '/plan/actions/new')),
    line('plan-action', async (page) => {
      await first(page);
      await action(page);
    }),
    line('plan-action-edit', async (page) => {
      await first(page);
      await follow('main li .head a', '/edit')(page);
    }),
    line('plan-experts', follow(workshop, '/plan/experts')),
    line('plan-expert-new', follow(workshop, '/plan/experts/new')),
    line('plan-expert', async (page) => {
      await follow(workshop, '/plan/experts')(page);
      await follow('main li h2 a')(page);
    })
  ];
}
