/**
 * A file as people send them: written by a French spreadsheet (cp1252, `;`, decimal commas), with a header that says
 * little, a sheet that is already there, a SIRET badly copied, and a row with nothing in it.
 */
export function messyFile(): Buffer {
  const rows = [
    ['Nom', 'Adresse', 'CP', 'Ville', 'Tél', 'Latitude', 'Longitude', 'SIRET', 'Ce que l’on y fait'],
    [
      'Café bricole de l’Écluse',
      '4 quai de l’Écluse',
      '96350',
      'Valbrune',
      '04.65.71.90.12',
      '46,6541',
      '2,7012',
      '',
      doing
    ],
    [
      'Les Aiguilles du Pré',
      '12 rue du Pré',
      '96350',
      'Valbrune',
      '0465719013',
      '46,6502',
      '2,6911',
      '12345678901234',
      ''
    ],
    ['Clics de voisinage', '18 place du Marché', '96350', 'Valbrune', '04 65 71 10 25', '', '', '99985084500010', ''],
    ['', '', '', '', '', '', '', '', '']
  ];
  return inCp1252(rows.map((row) => row.join(';')).join('\r\n') + '\r\n');
}

const doing = 'On y répare, on y coud, on y boit un café à prix libre ; les œufs viennent du voisin.'.replace(
  ' ;',
  ','
);

/** The few signs of French that Windows keeps outside Latin-1. */
const APART: Readonly<Record<string, number>> = { '’': 0x92, œ: 0x9c, '–': 0x96, '€': 0x80 };

function inCp1252(text: string): Buffer {
  return Buffer.from([...text].map((sign) => APART[sign] ?? sign.charCodeAt(0)));
}
