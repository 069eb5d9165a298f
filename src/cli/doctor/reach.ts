/** No answer came. The message names the host and the reason. */
export class Unreachable extends Error {}

const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: "the name does not exist",
  EAI_AGAIN: "the name cannot be looked up; check the network",
  ECONNREFUSED: "nothing listens there; is it started?",
  ECONNRESET: "the connection was closed",
  TimeoutError: "no answer in time",
  timeout: "no answer in time",
};

export function unreachable(url: URL | string, code: string): Unreachable {
  const reason =
    reasons[code] ?? (/CERT|SIGNATURE|TLS|SSL|ALTNAME/.test(code) ? `its certificate: ${code}` : code);
  return new Unreachable(`unreachable: no connection to ${new URL(url).host} (${reason})`);
}

export interface Answer {
  readonly status: number;
  readonly ok: boolean;
  readonly headers: Headers;
  readonly text: string;
  /** The final address, after redirects. */
  readonly url: string;
}

/**
 * Sends one request, without retries, and reads the answer within 15 s.
 *
 * @throws {Unreachable} when no answer comes.
 */
export async function reach(url: URL | string, init: RequestInit = {}, timeout = 15_000): Promise<Answer> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeout) });
    const { status, ok, headers } = response;
    return { status, ok, headers, text: await response.text(), url: response.url || String(url) };
  } catch (error) {
    const { name, cause } = error as Error & { cause?: Error & { code?: string } };
    throw unreachable(url, cause?.code ?? cause?.message ?? name);
  }
}

/** The answer as a JSON object; `{}` for anything else. */
export function parseObject({ text }: Answer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return value && typeof value === "object" ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
