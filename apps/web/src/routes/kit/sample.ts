import type { FeatureCollection, Position } from 'geojson';

/* Invented things to show the kit with. */

export const places = [
  {
    id: 'a',
    name: 'Régie de quartier des Tanneurs',
    line: 'Petits travaux, entretien, chantiers d’insertion',
    longitude: 3.861,
    latitude: 44.012
  },
  {
    id: 'b',
    name: 'L’Atelier partagé',
    line: 'Outils prêtés, coup de main le samedi',
    longitude: 3.872,
    latitude: 44.018
  },
  {
    id: 'c',
    name: 'Les Mots de passe — médiation interculturelle et accompagnement administratif',
    line: 'Écrivain public, traduction, ligne d’écoute',
    longitude: null,
    latitude: null
  },
  {
    id: 'd',
    name: 'جمعية النور',
    line: 'Cours d’arabe et de français, thé du jeudi',
    longitude: 3.866,
    latitude: 44.006
  },
  {
    id: 'e',
    name: 'Radio Valbrune',
    line: 'Studio ouvert, ateliers avec les écoles',
    longitude: 3.879,
    latitude: 44.009
  }
];

export const rows = [
  { id: '1', structure: 'Régie des Tanneurs', need: 'Un local pour le matériel', since: '3 jours', amount: '1 250 €' },
  { id: '2', structure: 'L’Atelier partagé', need: 'Quelqu’un qui sait souder', since: '12 jours', amount: '0 €' },
  { id: '3', structure: 'Radio Valbrune', need: 'Un conseil sur la subvention', since: '1 jour', amount: '18 400 €' }
];

export const outlines: FeatureCollection = {
  type: 'FeatureCollection',
  features: [
    quarter('Les Tanneurs', [
      [3.852, 44.006],
      [3.868, 44.003],
      [3.8695, 44.0125],
      [3.865, 44.0165],
      [3.8545, 44.015]
    ]),
    quarter('Bellevue', [
      [3.8545, 44.015],
      [3.865, 44.0165],
      [3.8695, 44.0125],
      [3.878, 44.016],
      [3.877, 44.023],
      [3.863, 44.0245]
    ]),
    quarter('La Plaine', [
      [3.868, 44.003],
      [3.884, 44.0025],
      [3.8875, 44.0115],
      [3.878, 44.016],
      [3.8695, 44.0125]
    ])
  ]
};

function quarter(name: string, corners: Position[]): FeatureCollection['features'][number] {
  return {
    type: 'Feature',
    properties: { name },
    geometry: { type: 'Polygon', coordinates: [[...corners, corners[0]!]] }
  };
}
