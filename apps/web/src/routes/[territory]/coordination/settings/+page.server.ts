import { readSettings, settingHistory } from '@terreau/features/territories/read-settings.query';
import { SETTING_KEYS, SETTING_WORDS, settingSummary } from '#lib/server/territories/setting-form.ts';
import { shapedTerritory } from '#lib/server/territories/coordination.ts';
import type { PageServerLoad } from './$types';

/** Nothing moves on this page: no script is sent. */
export const csr = false;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const territory = await shapedTerritory(locals, params.territory, url);
  const values = await readSettings(locals.context, territory.id);
  const history = await settingHistory(locals.context, territory.id);
  const done = SETTING_KEYS.find((key) => key === url.searchParams.get('done'));
  return {
    settings: SETTING_KEYS.map((key) => ({ key, ...SETTING_WORDS[key](), summary: settingSummary(key, values[key]) })),
    done: done ? SETTING_WORDS[done]().title : null,
    history: history.map((change, index) => ({
      id: String(index),
      title: SETTING_WORDS[change.key]().title,
      summary: settingSummary(change.key, change.value),
      reason: change.reason,
      setBy: change.setBy,
      setAt: change.setAt
    }))
  };
};
