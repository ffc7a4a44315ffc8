import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { backup } from '@terreau/database/backup';
import { operatorContext, type Context } from '@terreau/database/context';
import { deliverDue, folderCarrier, gatewayCarrier, smtpCarrier, type Carriers } from '@terreau/database/deliver';
import { openServer, type Engine } from '@terreau/database/engine';
import type { FileStore } from '@terreau/database/files';
import { startJobs, type Job } from '@terreau/database/jobs';
import { sendAlerts } from '@terreau/features/alerts/send-alerts.command';
import { findDuplicates } from '@terreau/features/directory/find-duplicates.command';
import { sweepFiles } from '@terreau/features/directory/sweep-files.command';
import { undoLostImports } from '@terreau/features/directory/undo-lost-imports.command';
import { refreshFreshness } from '@terreau/features/directory/refresh-freshness.command';
import { remindDeadlines } from '@terreau/features/funding/remind-deadlines.command';
import { followRequests } from '@terreau/features/orientation/follow-requests.command';
import { remindPlans } from '@terreau/features/support/remind-plans.command';
import { followIntroductions } from '@terreau/features/support/follow-introductions.command';
import { remindAppointments } from '@terreau/features/support/remind-appointments.command';
import { listTerritories } from '@terreau/features/territories/list-territories.query';
import { applyRetention } from '@terreau/features/trust/apply-retention.command';
import type { Instant } from '@terreau/kernel/instants';
import { logFailure } from './log.ts';
import type { Platform } from './platform.ts';
import { removeSentCopies } from './trust/sent-copies.ts';

const DELIVERY_MILLISECONDS = 5_000;
const DUMPS_KEPT = 7;

/** Everything that happens without a visitor: messages leave, sheets age, dumps are made. Returns what stops it. */
export async function startBackground(platform: Platform): Promise<() => Promise<void>> {
  const stopDelivery = startDelivery(platform);
  // The embedded database was just opened by this process alone: an import that says "running" was killed with the last one.
  if (platform.engine.kind === 'embedded')
    undoLostImports(operatorContext(platform.engine, new Date()), { isAlone: true }).catch((error: unknown) =>
      logFailure('undo-lost-imports', error)
    );
  const ownerUrl = process.env['DATABASE_URL'] ? process.env['DATABASE_OWNER_URL'] : undefined;
  const owner = ownerUrl ? openServer(ownerUrl, 2) : platform.engine;
  const running = await startJobs(owner, jobsOf(platform), (job, error) => logFailure('job', error, { job }));
  return async () => {
    stopDelivery();
    await running.stop();
    if (owner !== platform.engine) await owner.close();
  };
}

function startDelivery({ engine, settings }: Platform): () => void {
  const carriers = carriersOf(settings.dataFolder, settings.origin);
  let isBusy = false;
  const timer = setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    deliverDue(engine, carriers, new Date())
      .catch((error: unknown) => logFailure('delivery', error))
      .finally(() => (isBusy = false));
  }, DELIVERY_MILLISECONDS);
  return () => clearInterval(timer);
}

/** SMTP and an SMS gateway where they are set; otherwise each message is a file in the data folder that a human can read. */
function carriersOf(dataFolder: string, origin: string): Carriers {
  const from = process.env['TERREAU_MAIL_FROM'] ?? `Terreau <ne-pas-repondre@${new URL(origin).hostname}>`;
  const smtp = process.env['TERREAU_SMTP_URL'];
  const gateway = process.env['TERREAU_SMS_URL'];
  return {
    mail: smtp ? smtpCarrier(smtp, from) : folderCarrier(join(dataFolder, 'sent', 'mail'), from),
    sms: gateway
      ? gatewayCarrier(gateway, process.env['TERREAU_SMS_TOKEN'] ?? '')
      : folderCarrier(join(dataFolder, 'sent', 'sms'), from)
  };
}

function jobsOf({ engine, files, settings }: Platform): Job[] {
  const nightly: Job[] = [
    {
      name: 'refresh-freshness',
      cron: '0 5 * * *',
      run: async (now) => void (await refreshFreshness(operatorContext(engine, now), { origin: settings.origin }))
    },
    {
      // Each hour, because the morning of a territory is not that of another.
      name: 'send-alerts',
      cron: '15 * * * *',
      run: async (now) => void (await sendAlerts(operatorContext(engine, now), { origin: settings.origin }))
    },
    { name: 'find-duplicates', cron: '30 2 * * *', run: (now) => findAllDuplicates(operatorContext(engine, now)) },
    {
      name: 'undo-lost-imports',
      cron: '*/10 * * * *',
      run: async (now) => void (await undoLostImports(operatorContext(engine, now)))
    },
    {
      name: 'sweep-files',
      cron: '30 4 * * *',
      run: async (now) => void (await sweepFiles(operatorContext(engine, now), files))
    },
    {
      name: 'follow-requests',
      cron: '10 * * * *',
      run: async (now) => void (await followRequests(operatorContext(engine, now), { origin: settings.origin }))
    },
    {
      name: 'remind-deadlines',
      cron: '25 * * * *',
      run: async (now) => void (await remindDeadlines(operatorContext(engine, now), { origin: settings.origin }))
    },
    {
      name: 'remind-plans',
      cron: '25 * * * *',
      run: async (now) => void (await remindPlans(operatorContext(engine, now), { origin: settings.origin }))
    },
    {
      // Twice a day: somewhere it is then a time at which nobody is woken.
      name: 'follow-introductions',
      cron: '20 6,16 * * *',
      run: async (now) => void (await followIntroductions(operatorContext(engine, now), { origin: settings.origin }))
    },
    {
      // Each hour, because the morning of a territory is not that of another.
      name: 'remind-appointments',
      cron: '20 * * * *',
      run: async (now) => void (await remindAppointments(operatorContext(engine, now), { origin: settings.origin }))
    },
    { name: 'apply-retention', cron: '0 4 * * *', run: (now) => applyRetentionTo(engine, files, settings, now) }
  ];
  const dump: Job = {
    name: 'dump',
    cron: '0 3 * * *',
    run: (now) => dumpEmbedded(engine, files, join(settings.dataFolder, 'dumps'), now)
  };
  return engine.kind === 'embedded' ? [...nightly, dump] : nightly;
}

async function findAllDuplicates(ctx: Context): Promise<void> {
  for (const { id } of await listTerritories(ctx)) await findDuplicates(ctx, id);
}

/** Whatever has been kept long enough is erased, its files and the copies of its messages on disk included. */
async function applyRetentionTo(
  engine: Engine,
  files: FileStore,
  { origin, dataFolder }: Platform['settings'],
  now: Instant
): Promise<void> {
  const verdict = await applyRetention(operatorContext(engine, now), { origin });
  if (!verdict.ok) return;
  await removeSentCopies(dataFolder, verdict.value.messageIds);
  for (const id of verdict.value.fileIds) await files.remove(id);
}

/** The embedded database survives a killed process but not a power cut: a complete dump each night, the last seven kept. */
async function dumpEmbedded(engine: Engine, files: FileStore, folder: string, now: Instant): Promise<void> {
  await mkdir(folder, { recursive: true });
  await backup(engine, files, join(folder, `${now.toISOString().slice(0, 10)}.backup`), now);
  const dumps = (await readdir(folder)).filter((name) => /^\d{4}-\d{2}-\d{2}\.backup$/.test(name)).sort();
  for (const old of dumps.slice(0, -DUMPS_KEPT)) await rm(join(folder, old));
}
