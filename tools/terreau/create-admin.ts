import { parseArgs } from 'node:util';
import { createAdministrator } from '../../packages/features/src/accounts/create-administrator.command.ts';
import { BadUse, type OperatorCommand } from './command.ts';
import { say } from './words.ts';

export const createAdmin: OperatorCommand = {
  usage: 'create-admin --email ADDRESS --name NAME   (the password, if any, in TERREAU_ADMIN_PASSWORD)',
  get summary() {
    return say(
      'Makes somebody an administrator of the platform; without a password, they sign in by a link received by mail.',
      'Fait de quelqu’un un administrateur de la plateforme ; sans mot de passe, il entre par un lien reçu par courriel.'
    );
  },
  async run(args, platform, context) {
    const { values } = parseArgs({ args: [...args], options: { email: { type: 'string' }, name: { type: 'string' } } });
    if (!values.email?.includes('@'))
      throw new BadUse(
        say('Give an address: --email admin@example.org.', 'Donnez une adresse : --email admin@example.org.')
      );
    // A password on the command line would stay in the shell's history and in the list of processes.
    const password = process.env['TERREAU_ADMIN_PASSWORD'];
    const verdict = await createAdministrator(context, {
      email: values.email,
      name: values.name ?? values.email.split('@')[0]!,
      ...(password === undefined ? {} : { password })
    });
    if (!verdict.ok) {
      console.error(
        verdict.code === 'already-held'
          ? say('This account already administers the platform.', 'Ce compte administre déjà la plateforme.')
          : say(`Refused: ${verdict.code}.`, `Refusé : ${verdict.code}.`)
      );
      return 1;
    }
    const { email } = values;
    const address = `${platform.settings.origin}/sign-in`;
    console.log(
      say(
        `${email} administers the platform. Sign in at ${address}`,
        `${email} administre la plateforme. Se connecter : ${address}`
      )
    );
    return 0;
  }
};
