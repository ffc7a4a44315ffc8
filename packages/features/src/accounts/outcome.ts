import { isAPIError } from 'better-auth/api';

/** What better-auth answered: a value with the cookies to set, or its error code with the cookies to set. */
export type Outcome<Value> =
  | {
      readonly ok: true;
      readonly value: Value;
      readonly cookies: readonly string[];
      /** Where better-auth would send the browser, if it would. */
      readonly location: string | null;
    }
  | { readonly ok: false; readonly code: string; readonly cookies: readonly string[] };

/** Runs one call of better-auth. Its expected refusals become codes; anything else is a bug and is thrown. */
export async function attempt<Value>(call: Promise<{ headers: Headers; response: Value }>): Promise<Outcome<Value>> {
  try {
    const { headers, response } = await call;
    return { ok: true, value: response, cookies: headers.getSetCookie(), location: headers.get('location') };
  } catch (error) {
    if (!isAPIError(error) || error.statusCode >= 500) throw error;
    const headers = new Headers(error.headers as HeadersInit | undefined);
    const cookies = headers.getSetCookie();
    const { code = errorOfRedirect(headers) } = (error.body ?? {}) as { code?: string };
    // Some calls end well by sending the browser elsewhere.
    if (code === undefined && error.statusCode === 302) {
      return { ok: true, value: undefined as Value, cookies, location: headers.get('location') };
    }
    return { ok: false, code: code ?? String(error.status), cookies };
  }
}

function errorOfRedirect(headers: Headers): string | undefined {
  const location = headers.get('location');
  return (location && new URL(location, 'http://localhost').searchParams.get('error')) || undefined;
}
