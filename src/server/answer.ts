import { parseJson, readBody } from "../core/read-body.ts";

/** More than Dintero answers, less than what harms the server. */
const answerLimit = 1024 * 1024;

/** An answer of Dintero's, read to its end. */
export interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON; undefined for an empty body. */
  readonly content: unknown;
  /** False for what is not JSON, and for more than 1 MB. */
  readonly contentIsJson: boolean;
  readonly isTooLarge: boolean;
}

/** Reads at most 1 MB of an answer. */
export async function readAnswer(response: Response): Promise<Answer> {
  const { ok, status, headers } = response;
  const announced = Number(headers.get("content-length"));
  const body = announced > answerLimit ? null : await readBody(response, answerLimit);
  // The rest does not need to arrive.
  if (!body) await response.body?.cancel?.().catch(() => undefined);
  const content = body?.length ? parse(body) : undefined;
  const contentIsJson = body !== null && (body.length === 0 || content !== undefined);
  return { ok, status, headers, content, contentIsJson, isTooLarge: body === null };
}

function parse(body: Uint8Array): unknown {
  try {
    return parseJson(body);
  } catch {
    return undefined;
  }
}
