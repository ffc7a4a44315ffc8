import type { Context } from '@terreau/database/context';
import { witnessed } from '@terreau/database/transaction';
import { isId, type Id } from '@terreau/kernel/ids';
import type { LocalDate } from '@terreau/kernel/instants';
import { sql } from 'kysely';
import type { CircleRole } from './dossier-life.rules.ts';
import { plainWords, passageAround } from './note-search.rules.ts';

export const NOTES_FOUND_PAGE_ROWS = 20;
export const TITLES_FOUND_MAX_ROWS = 20;

export interface FoundDossier {
  readonly id: Id;
  readonly title: string;
}

export interface FoundNote {
  readonly id: Id;
  readonly dossierId: Id;
  readonly dossierTitle: string;
  readonly happenedOn: LocalDate;
  /** The words around the first one found. */
  readonly passage: string;
}

export interface FoundInDossiers {
  readonly dossiers: readonly FoundDossier[];
  readonly notes: readonly FoundNote[];
  readonly next: string | null;
}

/**
 * Looks for words in the titles of one's own dossiers and in the four fields of their notes, without accents or case;
 * all the words must be there. Each dossier of which something is shown is written in its journal of reads.
 */
export async function searchOwnNotes(
  ctx: Context,
  search: { readonly territoryId: Id; readonly q: string; readonly after?: string | undefined }
): Promise<FoundInDossiers> {
  const { accountId } = ctx.actor;
  const words = plainWords(search.q);
  if (!accountId || words.length === 0) return { dossiers: [], notes: [], next: null };
  return witnessed(ctx, async (tx, saw) => {
    const own = tx
      .selectFrom('dossier_member as member')
      .innerJoin('dossier', 'dossier.id', 'member.dossier_id')
      .where('member.account_id', '=', accountId)
      .where('dossier.territory_id', '=', search.territoryId)
      .where((either) => either.or([either('member.left_at', 'is', null), either('member.reads_until', '>', ctx.now)]));
    const holdsAll = (text: ReturnType<typeof sql<string>>) =>
      sql<boolean>`${sql.join(
        words.map((word) => sql`directory_name_key(${text}) like ${`%${word}%`}`),
        sql` and `
      )}`;
    const [day, id] = search.after?.split('_') ?? [];
    const dossiers = search.after
      ? []
      : await own
          .select(['dossier.id', 'dossier.title', 'member.role'])
          .distinctOn('dossier.id')
          .where(holdsAll(sql<string>`dossier.title`))
          .orderBy('dossier.id')
          .limit(TITLES_FOUND_MAX_ROWS)
          .execute();
    const rows = await own
      .innerJoin('note', 'note.dossier_id', 'dossier.id')
      .select(['note.id', 'note.dossier_id', 'dossier.title', 'note.happened_on', 'member.role'])
      .select(['note.done', 'note.decided', 'note.to_do', 'note.place'])
      .where(holdsAll(sql<string>`concat_ws(' ', note.done, note.decided, note.to_do, note.place)`))
      .$if(isId(id), (query) =>
        query.where((where) =>
          where(where.refTuple('note.happened_on', 'note.id'), '<', where.tuple(where.val(day!), where.val(id!)))
        )
      )
      .orderBy('note.happened_on', 'desc')
      .orderBy('note.id', 'desc')
      .limit(NOTES_FOUND_PAGE_ROWS + 1)
      .execute();
    const shown = rows.slice(0, NOTES_FOUND_PAGE_ROWS);
    const seen = (dossierId: Id, role: string, what: string) =>
      saw({ dossierId, territoryId: search.territoryId, as: role as CircleRole, kind: 'search', what });
    for (const dossier of dossiers) seen(dossier.id, dossier.role, 'title');
    for (const note of shown) seen(note.dossier_id, note.role, 'note');
    const last = shown.at(-1);
    return {
      dossiers: dossiers.map(({ id: dossierId, title }) => ({ id: dossierId, title })),
      notes: shown.map((note) => ({
        id: note.id,
        dossierId: note.dossier_id,
        dossierTitle: note.title,
        happenedOn: note.happened_on,
        passage: passageAround([note.done, note.decided, note.to_do, note.place], words)
      })),
      next: rows.length > NOTES_FOUND_PAGE_ROWS && last ? `${last.happened_on}_${last.id}` : null
    };
  });
}
