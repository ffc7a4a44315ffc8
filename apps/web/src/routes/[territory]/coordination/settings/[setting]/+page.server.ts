import { error, fail, redirect } from '@sveltejs/kit';
import { changeSetting } from '@terreau/features/territories/change-setting.command';
import { readSettings } from '@terreau/features/territories/read-settings.query';
import { isSettingKey } from '@terreau/features/territories/settings.schema';
import { SETTING_WORDS, settingFields, settingValue } from '#lib/server/territories/setting-form.ts';
import { shapedTerritory } from '#lib/server/territories/coordination.ts';
import { m } from '#texts/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const territory = await shapedTerritory(locals, params.territory, url);
  if (!isSettingKey(params.setting)) error(404);
  const values = await readSettings(locals.context, territory.id);
  return { words: SETTING_WORDS[params.setting](), fields: settingFields(params.setting, values) };
};

export const actions: Actions = {
  default: async ({ locals, params, request, url }) => {
    const territory = await shapedTerritory(locals, params.territory, url);
    const { setting: key } = params;
    if (!isSettingKey(key)) error(404);
    const form = await request.formData();
    const reason = String(form.get('reason') ?? '').trim();
    const value = settingValue(key, form);
    const verdict = await changeSetting(locals.context, { territoryId: territory.id, key, value, reason });
    if (verdict.ok) redirect(303, `/${territory.slug}/coordination/settings?done=${key}`);
    const typed = Object.fromEntries([...form].filter(([, text]) => typeof text === 'string')) as Record<
      string,
      string
    >;
    const isReason = verdict.code === 'reason-too-long';
    const field = isReason ? 'reason' : fieldOf(String(verdict.details['field'] ?? ''), typed);
    return fail(422, {
      field,
      error: isReason ? m.territories_refusal_reason_too_long() : m.territories_refusal_setting(),
      values: typed
    });
  }
};

/** The form's own field behind the path that was refused (`0.themes` of the local words is the one text area). */
function fieldOf(path: string, typed: Record<string, string>): string {
  const name = path.split('.')[0] ?? '';
  return name in typed ? name : 'value' in typed ? 'value' : name;
}
