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
  /** At most 1 MB of it. */
  readonly text: string;
  /** The final address, after redirects. */
  readonly url: string;
}

export interface ReachOptions {
  /** ms until the answer must have arrived. Default 15,000. */
  readonly timeout?: number;
  /** Default: the global `fetch`. */
  readonly fetch?: typeof fetch;
}

/** More than any page or answer needs. What is decompressed counts: a few kB can be gigabytes. */
const byteLimit = 1024 * 1024;

/**
 * Sends one request, without retries, and reads at most 1 MB of the answer.
 *
 * @throws {Unreachable} when no answer comes in time.
 */
export async function reach(
  url: URL | string,
  init: RequestInit = {},
  { timeout = 15_000, fetch: send = fetch }: ReachOptions = {},
): Promise<Answer> {
  try {
    const response = await send(url, { ...init, signal: AbortSignal.timeout(timeout) });
    const { status, ok, headers } = response;
    return { status, ok, headers, text: await readText(response), url: response.url || String(url) };
  } catch (error) {
    const { name, cause } = error as Error & { cause?: Error & { code?: string } };
    throw unreachable(url, cause?.code ?? cause?.message ?? name);
  }
}

async function readText({ body }: Response): Promise<string> {
  if (!body) return "";
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let size = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    size += value.length;
    if (size < byteLimit) continue;
    // An endless answer would go on.
    await reader.cancel();
    return text;
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
