/** What the public pages of the house say of a territory and of the human who answers there. */
export interface TerritoryCard {
  slug: string;
  name: string;
  /** One line: what it covers, in the words of its inhabitants. */
  line: string;
  contact: HumanContact | null;
}

/** Where a human can be reached. Opening hours are already in plain words. */
export interface HumanContact {
  name: string;
  address: string[];
  hours: string[];
  phone: string | null;
  email: string | null;
}

/** The territories that anybody may see, in alphabetical order. Only the sample one exists, where the kit is shown. */
export async function listTerritories(_locals: App.Locals): Promise<TerritoryCard[]> {
  return process.env['TERREAU_KIT'] === '1' ? [sample] : [];
}

/** The territory at `slug`, or null. */
export async function findTerritory(locals: App.Locals, slug: string): Promise<TerritoryCard | null> {
  const territories = await listTerritories(locals);
  return territories.find((territory) => territory.slug === slug) ?? null;
}

const sample: TerritoryCard = {
  slug: 'valbrune',
  name: 'Valbrune',
  line: 'Six quartiers, 35 000 habitants (territoire fictif)',
  contact: {
    name: 'Maison des initiatives',
    address: ['4 place du Marché', '00000 Valbrune'],
    hours: ['Du lundi au vendredi, de 9 h à 12 h 30', 'Mercredi, aussi de 14 h à 18 h'],
    phone: '01 99 00 12 34',
    email: 'bonjour@valbrune.example'
  }
};
