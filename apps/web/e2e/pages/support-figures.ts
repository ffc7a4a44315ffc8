import { follow, type PageLine } from '../page-line.ts';

/** A structure whose accounts worry, and that signed a diagnosis. */
const DOSSIER = 'h2 a:has-text("Étoile filante")';

/** What the structure and whoever accompanies it see of its accounts. */
export function supportFiguresPages(): PageLine[] {
  const parts: PageLine[] = ['/figures', '/figures/edit'].map((part) => ({
    path: '/valbrune/dossiers',
    reach: follow(DOSSIER, part),
    name: `dossier${part.replaceAll(/\W+/g, '-')}`,
    as: 'facilitator',
    heavy: true
  }));
  return [
    ...parts,
    {
      path: '/valbrune/coordination/settings/figure-marks',
      name: 'setting-figure-marks',
      as: 'coordinator',
      heavy: true
    },
    { path: '/valbrune/diagnoses', name: 'diagnoses', as: 'coordinator', heavy: true },
    ...['/report', '/consents', '/consents/help?item=D1.1'].map((part): PageLine => ({
      path: '/valbrune/dossiers',
      reach: signedDiagnosis(part),
      name: `diagnosis${part.replace(/\?.*/, '').replaceAll(/\W+/g, '-')}`,
      as: 'facilitator',
      heavy: true
    }))
  ];
}

/** A page of the signed diagnosis of that dossier. */
function signedDiagnosis(part: string): PageLine['reach'] {
  return async (page) => {
    await follow(DOSSIER, '/diagnosis')(page);
    await follow('main h2 a', part)(page);
  };
}
