import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { genericOAuth, magicLink, twoFactor } from 'better-auth/plugins';
import { APIError } from '@better-auth/core/error';
import type { Engine } from '@terreau/database/engine';
import { newId } from '@terreau/kernel/ids';
import { oneTimeCodes } from './one-time-codes.ts';
import { sessionRenewal } from './session-renewal.ts';
import { PASSWORD_MAX_CHARACTERS, PASSWORD_MIN_CHARACTERS } from './password.rules.ts';
import { providerConfig, type OpenIdProvider } from './open-id.ts';

export type { OpenIdProvider };

/** What a deployment decides about signing in. */
export interface AuthenticationSettings {
  /** The public address, without a final slash. */
  readonly origin: string;
  readonly secret: string;
  /** False in the demonstration only: staff roles are then in force without a second factor. */
  readonly secondFactorRequired: boolean;
  readonly providers: readonly OpenIdProvider[];
  /** Where the first five characters of a password's SHA-1 may be asked for (k-anonymity); null: nobody is asked. */
  readonly breachedPasswordsUrl: string | null;
}

/** Signing in, on one database. One per process: it never runs inside a transaction of ours. */
export interface Authentication {
  readonly engine: Engine;
  readonly settings: AuthenticationSettings;
  readonly auth: BetterAuth;
}

export type BetterAuth = ReturnType<typeof buildAuth>;

/** Where a request comes from, and the network address that the start server vouches for. */
export interface Visit {
  /** `cookie`, `user-agent`, and `accept-language` set to the language of the page. */
  readonly headers: Headers;
  readonly address: string;
}

export const SESSION_SECONDS = 14 * 24 * 3600;
export const SIGN_IN_LINK_MINUTES = 10;
export const PASSWORD_RESET_MINUTES = 30;
/** A session older than this must be opened anew before a passkey is added. */
const FRESH_SESSION_SECONDS = 24 * 3600;
const SESSION_REFRESH_SECONDS = 24 * 3600;

/** Opens the ways of signing in on `engine`. */
export function openAuthentication(engine: Engine, settings: AuthenticationSettings): Authentication {
  return { engine, settings, auth: buildAuth(engine, settings) };
}

/** Whether `origin` is this machine itself, where a browser keeps `Secure` cookies away from plain http. */
export function isPlainLocalhost(origin: string): boolean {
  const { protocol, hostname } = new URL(origin);
  return protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

function buildAuth(engine: Engine, settings: AuthenticationSettings) {
  const { hostname } = new URL(settings.origin);
  return betterAuth({
    appName: 'Terreau',
    baseURL: settings.origin,
    // Only our own routes are reachable; this path makes the address to which an identity provider sends people back.
    basePath: '/sign-in/openid',
    secret: settings.secret,
    // Several statements, no transaction: the embedded database has one connection, which a transaction would hold.
    database: { db: engine.db as never, type: 'postgres', transaction: false },
    telemetry: { enabled: false },
    // Messages of better-auth quote addresses: only their kind may reach the logs.
    logger: { level: 'error', log: (level) => console.error(JSON.stringify({ level, from: 'better-auth' })) },
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'terreau',
      useSecureCookies: !isPlainLocalhost(settings.origin),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      // Where somebody was is nobody's business: addresses are not kept with sessions.
      ipAddress: { disableIpTracking: true },
      database: { generateId: () => newId(), validateSchema: false }
    },
    ...tables,
    session: {
      ...tables.session,
      expiresIn: SESSION_SECONDS,
      updateAge: SESSION_REFRESH_SECONDS,
      freshAge: FRESH_SESSION_SECONDS,
      // A revoked session ends at once.
      cookieCache: { enabled: false }
    },
    verification: { ...tables.verification, storeIdentifier: 'hashed' },
    emailAndPassword: {
      enabled: true,
      // An account is opened from a link received by mail: its address is proven before anything else.
      disableSignUp: true,
      minPasswordLength: PASSWORD_MIN_CHARACTERS,
      maxPasswordLength: PASSWORD_MAX_CHARACTERS,
      revokeSessionsOnPasswordReset: true
    },
    databaseHooks: {
      session: {
        create: { before: async (session) => noteVisit(engine, session.userId) },
        update: { after: async (session) => noteVisit(engine, session.userId) }
      },
      user: { create: { before: async (user, call) => ({ data: { ...user, language: languageOf(call?.headers) } }) } },
      // An identity provider's tokens are of no use after the sign-in, so they are not kept.
      account: { create: { before: async (account) => ({ data: { ...account, ...NO_TOKENS } }) } }
    },
    plugins: [
      magicLink({
        expiresIn: SIGN_IN_LINK_MINUTES * 60,
        storeToken: 'hashed',
        // The command that asks for a link writes the mail itself, in its own commit.
        sendMagicLink: async ({ token, metadata }) => void (metadata as LinkMetadata).keep(token)
      }),
      secondStep(),
      oneTimeCodes(engine),
      sessionRenewal(),
      passkey({
        rpID: hostname,
        rpName: 'Terreau',
        origin: settings.origin,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        authentication: {
          // The key itself is not enough: its holder must have been recognised (code, finger, face).
          afterVerification: async ({ verification }) => {
            if (!verification.authenticationInfo.userVerified) throw new APIError('UNAUTHORIZED');
          }
        },
        schema: { passkey: tables.passkey }
      }),
      genericOAuth({ config: settings.providers.map(providerConfig) })
    ]
  });
}

export interface LinkMetadata {
  readonly keep: (token: string) => void;
}

/** The second step is asked after a link received by mail or an identity provider as well as after a password. */
function secondStep() {
  const plugin = twoFactor({
    issuer: 'Terreau',
    allowPasswordless: true,
    schema: { user: { fields: { twoFactorEnabled: 'two_factor_enabled' } }, twoFactor: tables.twoFactor }
  });
  const paths = new Set(['/sign-in/email', '/magic-link/verify', '/callback/:id']);
  for (const hook of plugin.hooks.after) hook.matcher = (context) => paths.has(context.path ?? '');
  return plugin;
}

/** An account is last seen when a session begins or is prolonged. A suspended one opens no session. */
async function noteVisit(engine: Engine, accountId: string): Promise<void> {
  const account = await engine.db
    .updateTable('account')
    .set({ last_seen_at: new Date() })
    .where('id', '=', accountId)
    .returning('suspended_at')
    .executeTakeFirst();
  if (account?.suspended_at) throw new APIError('FORBIDDEN', { code: 'ACCOUNT_SUSPENDED', message: 'suspended' });
}

/** A new account keeps the language of the page on which it was opened. */
function languageOf(headers: Headers | undefined): 'fr' | 'en' {
  return headers?.get('accept-language') === 'en' ? 'en' : 'fr';
}

const NO_TOKENS = {
  accessToken: null,
  refreshToken: null,
  idToken: null,
  accessTokenExpiresAt: null,
  refreshTokenExpiresAt: null
};

/** better-auth's models under our names. */
const tables = {
  user: {
    modelName: 'account',
    fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
    additionalFields: { language: { type: 'string', required: false, input: false } }
  },
  session: {
    modelName: 'session',
    fields: {
      userId: 'account_id',
      expiresAt: 'expires_at',
      ipAddress: 'ip_address',
      userAgent: 'user_agent',
      createdAt: 'created_at',
      updatedAt: 'updated_at'
    }
  },
  account: {
    modelName: 'credential',
    fields: {
      userId: 'account_id',
      accountId: 'provider_account_id',
      providerId: 'provider_id',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
      createdAt: 'created_at',
      updatedAt: 'updated_at'
    }
  },
  verification: {
    modelName: 'verification',
    fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' }
  },
  passkey: {
    modelName: 'passkey',
    fields: {
      userId: 'account_id',
      publicKey: 'public_key',
      credentialID: 'credential_id',
      deviceType: 'device_type',
      backedUp: 'backed_up',
      createdAt: 'created_at'
    }
  },
  twoFactor: {
    modelName: 'two_factor',
    fields: {
      userId: 'account_id',
      backupCodes: 'backup_codes',
      failedVerificationCount: 'failed_verification_count',
      lockedUntil: 'locked_until'
    }
  }
} as const;
