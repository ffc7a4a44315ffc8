import { error, fail, redirect } from '@sveltejs/kit';
import type { Context } from '@terreau/database/context';
import { findRequest } from '@terreau/features/orientation/find-request.query';
import { handOverRequest } from '@terreau/features/orientation/hand-over-request.command';
import { offerRequest } from '@terreau/features/orientation/offer-request.command';
import { suggestForRequest } from '@terreau/features/orientation/suggest-for-request.query';
import type { SupportSheet } from '@terreau/features/orientation/support-sheet.query';
import { searchSupports } from '@terreau/features/orientation/search-supports.query';
import {
  HANDED_OVER_AT_FIRST,
  SHARED_AT_FIRST,
  type ShareableField
} from '@terreau/features/orientation/shared-fields.rules';
import { searchDirectory } from '@terreau/features/directory/search-directory.query';
import { consentText, SHARE_CONSENT_PURPOSE, SHARE_CONSENT_VERSION } from '@terreau/features/trust/consent-texts.rules';
import { sayReason, type Vocabulary } from '@terreau/matching/say';
import { firmSpaces } from '#lib/firm-spaces.ts';
import { currentLanguage } from '#lib/languages.ts';
import { labelOf } from '#lib/server/directory/labels.ts';
import { mustBeSignedIn, territoryAt } from '#lib/server/directory/territory-at.ts';
import { platform } from '#lib/server/platform.ts';
import { lineInWords } from './request-page.ts';
import { requestRefusal } from './words.ts';

const SHEETS_SHOWN_MAX_COUNT = 10;
const STRUCTURES_SHOWN_MAX_COUNT = 6;
/** The strongest come first; the sheet itself tells the rest. */
const REASONS_SHOWN_MAX_COUNT = 3;
const AGREEMENTS = ['oral', 'phone', 'paper'] as const;

interface Address {
  readonly locals: App.Locals;
  readonly params: { readonly territory: string; readonly request: string };
  readonly url: URL;
}

/** The page on which a request is proposed or handed over: to whom, what is shared of it, the person's agreement. */
export async function proposePage({ locals, params, url }: Address, kind: 'offer' | 'hand-over') {
  mustBeSignedIn(locals, url);
  const territory = await territoryAt(locals, params.territory);
  const territoryId = territory.id;
  const request = await findRequest(locals.context, { territoryId, requestId: params.request });
  if (!request?.possible.includes(kind)) error(404);
  const sentence = request.lines.find((line) => line.field === 'sentence')?.text ?? '';
  const words = url.searchParams.get('q')?.trim() ?? '';
  const actors =
    words === ''
      ? await suggested(locals.context, territoryId, request.id)
      : await searched(locals.context, territoryId, words);
  const first: readonly ShareableField[] = kind === 'offer' ? SHARED_AT_FIRST : HANDED_OVER_AT_FIRST;
  return {
    kind,
    id: request.id,
    version: request.version,
    title: sentence,
    words,
    actors,
    fields: request.lines.map((line) => {
      const { field, label, text } = lineInWords(line);
      return { value: field, label: `${label} : ${text}` };
    }),
    ticked: first as readonly string[],
    agreement: consentText(SHARE_CONSENT_PURPOSE, SHARE_CONSENT_VERSION, locals.context.language).text
  };
}

interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string | undefined;
}

/** Sheets that answer what is asked, each with the reasons why. */
async function suggested(ctx: Context, territoryId: string, requestId: string): Promise<Choice[]> {
  const found = await suggestForRequest(ctx, territoryId, requestId);
  if (!found.ok) return [];
  const language = currentLanguage();
  return found.value.suggestions.slice(0, SHEETS_SHOWN_MAX_COUNT).map(({ sheet, reasons }) => ({
    value: `support:${sheet.id}`,
    label: sheet.title,
    hint: firmSpaces(
      [
        actorOf(sheet),
        ...reasons.slice(0, REASONS_SHOWN_MAX_COUNT).map((reason) => sayReason(reason, language, labelOfCode))
      ].join(' ')
    )
  }));
}

/** Sheets of the catalogue, then structures of the directory, that answer words typed by the team. */
async function searched(ctx: Context, territoryId: string, text: string): Promise<Choice[]> {
  const supports = await searchSupports(ctx, { territoryId, text, limit: SHEETS_SHOWN_MAX_COUNT });
  const structures = await searchDirectory(ctx, { territoryId, text, limit: STRUCTURES_SHOWN_MAX_COUNT });
  return [
    ...supports.items.map((sheet) => ({ value: `support:${sheet.id}`, label: sheet.title, hint: actorOf(sheet) })),
    ...structures.items.map((sheet) => ({ value: `organization:${sheet.organizationId}`, label: sheet.name }))
  ];
}

function actorOf({ organization, shownName }: SupportSheet): string {
  const name = organization?.name ?? shownName;
  return name ? `${name}.` : '';
}

function labelOfCode(vocabulary: Vocabulary, code: string): string {
  return vocabulary === 'theme' || vocabulary === 'public' ? labelOf(vocabulary, code) : code;
}

/** Proposes, and leads back to the request; refused, the page comes back with the reason and what was ticked. */
export async function propose(
  { locals, params, url, request }: Address & { request: Request },
  kind: 'offer' | 'hand-over'
) {
  mustBeSignedIn(locals, url);
  const territory = await territoryAt(locals, params.territory);
  const form = await request.formData();
  const texts = (name: string) => form.getAll(name).filter((one) => typeof one === 'string');
  const text = (name: string) => texts(name)[0] ?? '';
  const to = texts('to').slice(0, SHEETS_SHOWN_MAX_COUNT + STRUCTURES_SHOWN_MAX_COUNT);
  const recipients = to.map((one) =>
    one.startsWith('support:')
      ? { supportId: one.slice('support:'.length) }
      : { organizationId: one.slice('organization:'.length) }
  );
  const asked = {
    territoryId: territory.id,
    requestId: params.request,
    version: Number(text('version')) || undefined,
    sharedFields: texts('share'),
    agreement: AGREEMENTS.find((one) => one === text('agreement')) ?? null,
    message: text('message'),
    origin: (await platform()).settings.origin
  };
  const verdict =
    kind === 'offer'
      ? await offerRequest(locals.context, { ...asked, recipients })
      : await handOverRequest(locals.context, { ...asked, recipient: recipients[0] ?? { organizationId: '' } });
  const home = `/${territory.slug}/requests/${params.request}`;
  if (verdict.ok) redirect(303, `${home}?done`);
  if (verdict.code === 'not-found') error(404);
  const code = kind === 'hand-over' && to.length === 0 ? 'nobody-offered' : verdict.code;
  const values = { to, share: asked.sharedFields, agreement: text('agreement'), message: text('message') };
  const field = FIELD_OF[code] ?? null;
  return fail(422, { values, summary: [{ field, text: requestRefusal(code, verdict.details) }] });
}

const FIELD_OF: Readonly<Record<string, string>> = {
  'nobody-offered': 'to',
  'actor-unknown': 'to',
  'already-offered': 'to',
  'too-many-offers': 'to',
  'nothing-shared': 'share',
  'field-not-shareable': 'share',
  'contact-not-shared': 'share',
  'consent-missing': 'agreement',
  'note-too-long': 'message'
};
