import { plainForm } from '../cells.ts';
import { hoursFromWeek, type WeekCells } from '../french-hours.ts';
import type { ThemeCode } from '../data-inclusion/vocabulary.ts';
import { blankService } from '../directory-record.ts';
import { mappingFrom, type Preset } from '../preset.ts';

/** France services, national list with one column of hours per day. */
export const franceServices: Preset = {
  name: 'france-services',
  label: 'France services',
  labelEn: 'France services',
  describes: 'organization',
  signature: [
    'lib_france_services',
    'ADRESSE',
    'insee_com',
    'lib_com',
    'h_lundi',
    'h_mardi',
    'h_vendredi',
    'FORMAT_FS'
  ],
  signatureMinPercent: 75,
  uniqueIds: true,
  mappingFor: (table) =>
    mappingFrom(
      {
        sourceId: ['MATRICULE'],
        name: ['lib_france_services'],
        phone: ['TELEPHONE'],
        email: ['CONTACT.MAIL'],
        address: ['ADRESSE'],
        addressComplement: ['COMPLEMENT.D.ADRESSE'],
        postcode: ['code_postal'],
        city: ['lib_com'],
        cityCode: ['insee_com'],
        latitude: ['@latitude', 'LATITUDE'],
        longitude: ['@longitude', 'LONGITUDE'],
        openingHoursNote: ['Commentaire.horaires']
      },
      table
    ),
  refine: (record, reader) => {
    const { organization } = record;
    if (organization.kind === 'reference') return record;
    const named = plainForm(organization.name).includes('france services');
    const hours = hoursFromWeek(
      Object.fromEntries(DAYS.map(([column, day]) => [day, reader.cell(column)])) as WeekCells
    );
    return {
      organization: {
        ...organization,
        name: named ? organization.name : `France services ${organization.name}`,
        source: 'france-services',
        networks: ['france-service'],
        themes: THEMES
      },
      places: record.places.map((place) => ({ ...place, openingHours: hours })),
      // What every one of them does, by the national charter: without a service none would be found in the catalogue.
      services: [
        {
          ...blankService('1', 'France services : aide aux démarches'),
          source: 'france-services',
          sourceId: organization.sourceId,
          description: 'Une personne vous aide pour vos démarches : impôts, retraite, santé, emploi, papiers.',
          kind: 'accompagnement',
          themes: THEMES,
          fee: 'gratuit',
          receptionModes: ['en-presentiel'],
          openingHours: hours,
          placeKeys: record.places.map((place) => place.key)
        }
      ],
      posts: []
    };
  }
};

const THEMES: ThemeCode[] = [
  'difficultes-administratives-ou-juridiques--accompagnement-aux-demarches-administratives',
  'numerique--acceder-a-des-services-en-ligne'
];

const DAYS = [
  ['h_lundi', 'Mo'],
  ['h_mardi', 'Tu'],
  ['h_mercredi', 'We'],
  ['h_jeudi', 'Th'],
  ['h_vendredi', 'Fr'],
  ['h_samedi', 'Sa'],
  ['h_dimanche', 'Su']
] as const;
