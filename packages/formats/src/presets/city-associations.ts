import { mappingFrom, type Preset } from '../preset.ts';

/** A city's list of associations by field and sub-field, as Montpellier publishes it. */
export const cityAssociations: Preset = {
  name: 'city-associations',
  label: 'Liste d’associations d’une ville',
  labelEn: 'A city’s list of associations',
  describes: 'organization',
  signature: ['NomAsso', 'Domaine', 'Sous-Domaine', 'Sigle', 'Adresse', 'Code_Postal'],
  signatureMinPercent: 80,
  uniqueIds: false,
  mappingFor: (table) =>
    mappingFrom(
      {
        name: ['NomAsso'],
        acronym: ['Sigle'],
        website: ['INTERNET'],
        phone: ['Tel', 'Telephone'],
        email: ['Mail', 'Courriel'],
        words: ['Domaine', 'Sous-Domaine'],
        address: ['Adresse'],
        postcode: ['Code_Postal'],
        city: ['Commune', 'Ville'],
        neighbourhood: ['Code_Quartier', 'Quartier'],
        longitude: ['Longitude'],
        latitude: ['Latitude']
      },
      table
    )
};
