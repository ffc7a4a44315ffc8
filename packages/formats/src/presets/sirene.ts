import { mappingFrom, type Preset } from '../preset.ts';

/** SIRENE, stock of establishments or an extract of it. Establishments that refuse publication are left out. */
export const sirene: Preset = {
  name: 'sirene',
  label: 'SIRENE (établissements)',
  labelEn: 'SIRENE (establishments)',
  describes: 'organization',
  signature: [
    'siren',
    'nic',
    'siret',
    'statutDiffusionEtablissement',
    'etatAdministratifEtablissement',
    'libelleVoieEtablissement',
    'codePostalEtablissement',
    'codeCommuneEtablissement'
  ],
  signatureMinPercent: 60,
  uniqueIds: true,
  mappingFor: (table) =>
    mappingFrom(
      {
        sourceId: ['siret'],
        siret: ['siret'],
        rna: ['identifiantAssociationUniteLegale'],
        name: [
          'denominationUsuelleEtablissement',
          'enseigne1Etablissement',
          'denominationUniteLegale',
          'denominationUsuelle1UniteLegale'
        ],
        acronym: ['sigleUniteLegale'],
        legalForm: ['categorieJuridiqueUniteLegale'],
        address: [
          'numeroVoieEtablissement',
          'indiceRepetitionEtablissement',
          'typeVoieEtablissement',
          'libelleVoieEtablissement'
        ],
        addressComplement: ['complementAdresseEtablissement'],
        postcode: ['codePostalEtablissement'],
        city: ['libelleCommuneEtablissement'],
        cityCode: ['codeCommuneEtablissement'],
        longitude: ['longitude', 'coordonneeLambertAbscisseEtablissement'],
        latitude: ['latitude', 'coordonneeLambertOrdonneeEtablissement'],
        updatedOn: ['dateDernierTraitementEtablissement']
      },
      table
    ),
  refuseRow: (reader) => {
    const status = reader.cell('statutDiffusionEtablissement');
    const hidden = (status !== '' && status !== 'O') || reader.raw('name').value.includes('[ND]');
    return hidden ? { column: 'statutDiffusionEtablissement', reason: 'not-diffusible' } : null;
  },
  refine: (record, reader) => {
    if (record.organization.kind === 'reference') return record;
    const state = reader.cell('etatAdministratifEtablissement');
    const status = state === 'F' ? ('closed' as const) : state === 'A' ? ('active' as const) : null;
    return { ...record, organization: { ...record.organization, source: 'sirene', status } };
  }
};
