/** Nobody answered; the message names the host. */
export class Unreachable extends Error {}

const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: "there is no such name",
  EAI_AGAIN: "its name cannot be looked up: is the network up?",
  ECONNREFUSED: "nothing listens there: is it started?",
  ECONNRESET: "it cut the connection",
  TimeoutError: "no answer in time",
  timeout: "no answer in time",
};

export function unreachable(url: URL | string, code: string): Unreachable {
  const reason =
    reasons[code] ?? (/CERT|SIGNATURE|TLS|SSL|ALTNAME/.test(code) ? `its certificate: ${code}` : code);
  return new Unreachable(`no connection to ${new URL(url).host} (${reason})`);
}

export interface Answer {
  readonly status: number;
  readonly ok: boolean;
  readonly headers: Headers;
  readonly text: string;
  /** Where it came from in the end. */
  readonly url: string;
}

/** Asks somebody, once, for at most `ms` milliseconds. Throws `Unreachable`. */
export async function reach(url: URL, init: RequestInit = {}, ms = 15_000): Promise<Answer> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(ms) });
    const { status, ok, headers } = response;
    return { status, ok, headers, text: await response.text(), url: response.url || url.href };
  } catch (error) {
    const { name, cause } = error as Error & { cause?: Error & { code?: string } };
    throw unreachable(url, cause?.code ?? cause?.message ?? name);
  }
}
