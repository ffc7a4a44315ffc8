import { parseArgs } from 'node:util';
import { createAdministrator } from '../../packages/features/src/accounts/create-administrator.command.ts';
import { BadUse, type OperatorCommand } from './command.ts';

export const createAdmin: OperatorCommand = {
  usage: 'create-admin --email ADDRESS --name NAME   (the password, if any, in TERREAU_ADMIN_PASSWORD)',
  summary:
    'Makes somebody an administrator of the platform; without a password, they sign in by a link received by mail.',
  async run(args, platform, context) {
    const { values } = parseArgs({ args: [...args], options: { email: { type: 'string' }, name: { type: 'string' } } });
    if (!values.email?.includes('@')) throw new BadUse('Give an address: --email admin@example.org.');
    // A password on the command line would stay in the shell's history and in the list of processes.
    const password = process.env['TERREAU_ADMIN_PASSWORD'];
    const verdict = await createAdministrator(context, {
      email: values.email,
      name: values.name ?? values.email.split('@')[0]!,
      ...(password === undefined ? {} : { password })
    });
    if (!verdict.ok) {
      console.error(
        verdict.code === 'already-held' ? 'This account already administers the platform.' : `Refused: ${verdict.code}.`
      );
      return 1;
    }
    console.log(`${values.email} administers the platform. Sign in at ${platform.settings.origin}/sign-in`);
    return 0;
  }
};
