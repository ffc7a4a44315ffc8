import { plainForm } from '../cells.ts';
import type { NetworkCode } from '../data-inclusion/vocabulary.ts';
import { mappingFrom, type Preset } from '../preset.ts';

/** Structures that host digital advisers (national list). One structure may have several rows, one a decision. */
export const conseillersNumeriques: Preset = {
  name: 'conseillers-numeriques',
  label: 'Structures accueillant des conseillers numériques',
  labelEn: 'Structures hosting digital advisers',
  describes: 'organization',
  signature: [
    'Raison sociale',
    'SIRET',
    'Commune INSEE',
    'Code commune INSEE',
    'Nombre de conseillers validés par le COSELEC',
    'France services'
  ],
  signatureMinPercent: 80,
  uniqueIds: false,
  mappingFor: (table) =>
    mappingFrom(
      {
        name: ['Raison sociale'],
        siret: ['SIRET'],
        address: ['Adresse'],
        postcode: ['Code postal'],
        city: ['Commune INSEE'],
        cityCode: ['Code commune INSEE']
      },
      table
    ),
  refine: (record, reader) => {
    if (record.organization.kind === 'reference') return record;
    const hostsFranceServices = plainForm(reader.cell('France services')) === 'oui';
    const networks: NetworkCode[] = hostsFranceServices
      ? ['conseillers-numeriques', 'france-service']
      : ['conseillers-numeriques'];
    return {
      ...record,
      organization: { ...record.organization, source: 'conseillers-numeriques', networks },
      places: record.places.map((place) => ({ ...place, address: withoutTown(place.address, place.postcode) }))
    };
  }
};

/** `41 RUE PORTE DE MONTEUX 84200 CARPENTRAS` repeats the postcode and the town of the other columns. */
function withoutTown(address: string | null, postcode: string | null): string | null {
  if (address === null || postcode === null) return address;
  const end = address.lastIndexOf(postcode);
  return end > 0 ? address.slice(0, end).trim() : address;
}
