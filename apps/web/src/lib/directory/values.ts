/** What a form shows: what was typed when it comes back with errors, else what is stored. */
export interface Shown {
  text(name: string): string;
  list(name: string): string[];
}

export function shownIn(values: Readonly<Record<string, string | string[]>>): Shown {
  return {
    text: (name) => {
      const value = values[name];
      return typeof value === 'string' ? value : (value?.[0] ?? '');
    },
    list: (name) => {
      const value = values[name];
      if (Array.isArray(value)) return value;
      return value ? [value] : [];
    }
  };
}
