import { mappingFrom, type Preset } from '../preset.ts';
import { refuseIgnoredRow } from './ignored-rows.ts';

/** data·inclusion, file of structures (v1, and the columns of v0 that still mean the same). */
export const dataInclusionStructures: Preset = {
  name: 'data-inclusion-structures',
  label: 'data·inclusion : structures',
  labelEn: 'data·inclusion: structures',
  describes: 'organization',
  signature: ['id', 'nom', 'siret', 'lien_source', 'site_web', 'horaires_accueil', 'accessibilite_lieu', 'courriel'],
  signatureMinPercent: 75,
  uniqueIds: true,
  mappingFor: (table) =>
    mappingFrom(
      {
        source: ['source'],
        sourceId: ['id'],
        name: ['nom'],
        siret: ['siret'],
        rna: ['rna'],
        description: ['description', 'presentation_detail'],
        address: ['adresse'],
        addressComplement: ['complement_adresse'],
        postcode: ['code_postal'],
        city: ['commune'],
        cityCode: ['code_insee'],
        latitude: ['latitude', '@latitude'],
        longitude: ['longitude', '@longitude'],
        phone: ['telephone'],
        email: ['courriel'],
        website: ['site_web'],
        sourceUrl: ['lien_source'],
        openingHours: ['horaires_accueil', 'horaires_ouverture'],
        accessibilityUrl: ['accessibilite_lieu', 'accessibilite'],
        themes: ['thematiques'],
        networks: ['reseaux_porteurs'],
        updatedOn: ['date_maj']
      },
      table
    ),
  refuseRow: refuseIgnoredRow
};
