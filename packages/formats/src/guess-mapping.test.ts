import { describe, expect, test } from 'vitest';
import { readMapping } from './fields.ts';
import { guessMapping } from './guess-mapping.ts';
import { mapTable } from './map-table.ts';
import { generic } from './presets/generic.ts';
import { readTable, type Table } from './read-table.ts';

async function table(...lines: string[]): Promise<Table> {
  const read = await readTable(new TextEncoder().encode(lines.join('\n')), 'a.csv');
  if (!read.ok) throw new Error(read.code);
  return read.value;
}

describe('guessing what columns mean', () => {
  test('French names in any spelling are understood', async () => {
    const spellings = [
      'NomAsso',
      'Libellé',
      'RAISON SOCIALE',
      'Nom de la structure',
      'dénomination',
      'Nom_Structure',
      'INTITULÉ'
    ];
    for (const name of spellings) {
      const { mapping } = guessMapping(await table(`${name};Code_Postal;Commune`, 'Le Foyer;34070;Sète'));
      expect([name, mapping.columns.name]).toEqual([name, [name]]);
      expect(mapping.columns).toMatchObject({ postcode: ['Code_Postal'], city: ['Commune'] });
    }
  });

  test('values betray columns whose names say nothing', async () => {
    const guess = guessMapping(
      await table(
        'Structure;A;B;C;D',
        'Le Foyer;829 175 223 00033;04 67 34 70 00;contact@exemple.fr;https://exemple.fr',
        'La Ruche;40751453800021;0467000000;a@exemple.fr;www.exemple.fr',
        'Le Nid;35600000015280;06.12.34.56.78;b@exemple.fr;http://exemple.org/a'
      )
    );
    expect(guess.mapping.columns).toEqual({
      name: ['Structure'],
      siret: ['A'],
      phone: ['B'],
      email: ['C'],
      website: ['D']
    });
    expect(guess.guesses.find(({ field }) => field === 'siret')).toMatchObject({ because: 'values' });
  });

  test('a name that its values deny is not believed, and what is left over is said', async () => {
    const guess = guessMapping(await table('Nom;Mail;Latitude;Notes', 'Le Foyer;oui;nord;x', 'La Ruche;non;sud;y'));
    expect(guess.mapping.columns).toEqual({ name: ['Nom'] });
    expect(guess.unused).toEqual(['Mail', 'Latitude', 'Notes']);
  });

  test('a corrected mapping is saved as JSON, read back, and used', async () => {
    const read = await table('Nom;Autre nom;Où', 'X;Le Foyer;Sète');
    const saved = JSON.stringify({ columns: { name: ['Autre nom'], city: 'Où', inconnu: ['Nom'], siret: [3] } });
    const mapping = readMapping(JSON.parse(saved))!;
    expect(mapping).toEqual({ columns: { name: ['Autre nom'], city: ['Où'] } });
    const [row] = mapTable(read, generic, mapping).rows;
    expect(row!.record).toMatchObject({ organization: { name: 'Le Foyer' }, places: [{ city: 'Sète' }] });
    for (const wrong of [null, [], 'x', { columns: 3 }]) expect(readMapping(wrong)).toBeNull();
  });
});

describe('one bad row never blocks the good ones', () => {
  test('each row is kept, or rejected with its column and its reason', async () => {
    const read = await table(
      'Nom;SIRET;Code postal;Longitude;Latitude',
      'Le Foyer;82917522300033;34070;3,88;43,6',
      ';82917522300033;34070;3,88;43,6',
      'La Ruche;12;750121;3,9;',
      'Le Nid;;;43,61;3,87',
      '.;;;;'
    );
    const { rows } = mapTable(read, generic);
    expect(
      rows.map((row) => [
        row.row,
        row.record !== null,
        row.problems.map(({ column, reason }) => `${column}: ${reason}`)
      ])
    ).toEqual([
      [2, true, []],
      [3, false, ['Nom: name-missing']],
      [4, true, ['Latitude: coordinates-incomplete', 'Code postal: postcode-malformed', 'SIRET: siret-wrong-length']],
      [5, true, ['Longitude: coordinates-swapped']],
      [6, false, ['Nom: name-too-short']]
    ]);
    expect(rows[3]!.record!.places[0]).toMatchObject({ latitude: 43.61, longitude: 3.87 });
  });

  test('a file in Lambert II étendu keeps its rows and loses its positions, with the reason', async () => {
    const read = await table('Nom;X;Y', 'Asso A;724000;1846000', 'Asso B;724100;1846100');
    const { rows, system } = mapTable(read, generic);
    expect(system).toBeNull();
    expect(rows.map((row) => [row.record !== null, row.problems[0]?.reason])).toEqual([
      [true, 'coordinates-unknown-system'],
      [true, 'coordinates-unknown-system']
    ]);
  });

  test('hours in words become a note: nothing is computed from them', async () => {
    const read = await table('Nom;Horaires', 'Asso A;du lundi au vendredi', 'Asso B;Mo-Fr 09:00-12:00');
    const places = mapTable(read, generic, { columns: { name: ['Nom'], openingHours: ['Horaires'] } }).rows.map(
      (row) => row.record!.places[0]!
    );
    expect(places[0]).toMatchObject({ openingHours: null, openingHoursNote: 'du lundi au vendredi' });
    expect(places[1]).toMatchObject({ openingHours: 'Mo-Fr 09:00-12:00', openingHoursNote: null });
  });
});
