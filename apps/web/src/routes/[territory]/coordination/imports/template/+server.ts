import { writeCsv } from '@terreau/formats/write-csv';
import { coordinatedTerritory } from '#lib/server/imports/coordination.ts';
import type { RequestHandler } from './$types';

/** The headers that the importer knows without being told, and one example. */
const TEMPLATE: readonly (readonly [string, string])[] = [
  ['Nom', 'Les Jardins du Pont'],
  ['Sigle', 'JDP'],
  ['Forme juridique', 'Association'],
  ['SIRET', ''],
  ['RNA', 'W343000000'],
  ['Description', 'Jardin partagé ouvert à tous, ateliers le samedi.'],
  ['Domaine', 'Environnement'],
  ['Site web', 'https://jardins-du-pont.example'],
  ['Téléphone', '01 99 00 12 34'],
  ['Courriel', 'contact@jardins-du-pont.example'],
  ['Adresse', '3 rue du Pont'],
  ['Complément adresse', ''],
  ['Code postal', '34000'],
  ['Commune', 'Montpellier'],
  ['Latitude', '43,6109'],
  ['Longitude', '3,8772'],
  ['Horaires', 'Sa 10:00-12:00']
];

export const GET: RequestHandler = async ({ locals, params, url }) => {
  await coordinatedTerritory(locals, params.territory, url);
  const csv = writeCsv(
    TEMPLATE.map(([header]) => header),
    [TEMPLATE.map(([, example]) => example)]
  );
  return new Response(csv, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="modele-annuaire.csv"',
      'cache-control': 'private, no-store'
    }
  });
};
