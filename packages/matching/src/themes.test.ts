import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { proposeThemes } from './propose-themes.ts';
import { trainThemes, type LabelledText } from './train-themes.ts';

const EXAMPLES: LabelledText[] = [
  { text: 'Rénover le gymnase du quartier', theme: 'sport' },
  { text: 'Un terrain de football pour tous', theme: 'sport' },
  { text: 'Des tournois de basket l’été', theme: 'sport' },
  { text: 'Végétaliser la rue et planter des arbres', theme: 'environnement' },
  { text: 'Un jardin partagé et du compost', theme: 'environnement' },
  { text: 'Plus d’arbres dans la cour', theme: 'environnement' },
  { text: 'Des pistes cyclables sûres', theme: 'mobilité' },
  { text: 'Garer son vélo à l’abri', theme: 'mobilité' }
];
const model = trainThemes(EXAMPLES);

describe('the theme that is proposed', () => {
  test('is the one whose words the text has, with these words', () => {
    const [first] = proposeThemes('Planter des arbres fruitiers', model);
    expect(first).toMatchObject({ theme: 'environnement' });
    expect(first!.words).toContain('arbres');
  });

  test('is found from a part of a word, without its accents, in capitals', () => {
    expect(proposeThemes('CYCLABLE', model)[0]?.theme).toBe('mobilité');
    expect(proposeThemes('FOOTBALLEUSES', model)[0]?.theme).toBe('sport');
  });

  test('is none when nothing is known of the text', () => {
    expect(proposeThemes('', model)).toEqual([]);
    expect(proposeThemes('zzz', model)).toEqual([]);
  });

  test('is the same each time, and the model can be kept as JSON', () => {
    expect(trainThemes(EXAMPLES)).toEqual(model);
    const kept = JSON.parse(JSON.stringify(model));
    expect(proposeThemes('un vélo au jardin', kept)).toEqual(proposeThemes('un vélo au jardin', model));
  });

  test('has a share of a whole, whatever is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const proposals = proposeThemes(text, model, 10);
        if (proposals.length === 0) return;
        const total = proposals.reduce((sum, proposal) => sum + proposal.share, 0);
        expect(Math.abs(total - 1000)).toBeLessThanOrEqual(model.themes.length);
        expect(proposals.map(({ share }) => share)).toEqual(proposals.map(({ share }) => share).sort((a, b) => b - a));
      })
    );
  });
});
