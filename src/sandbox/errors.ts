import type { ApiErrorBody } from "../dintero/api-error.ts";
import type { Problem } from "../dintero/rules/rule.ts";

/** A refusal in Dintero's format: `{"error":{"code","message","errors"}}`. */
export class SandboxError extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: readonly Problem[];

  constructor(status: number, code: string, message: string, errors: readonly Problem[] = []) {
    super(message);
    this.name = "SandboxError";
    this.status = status;
    this.code = code;
    this.errors = errors;
  }

  toJSON(): ApiErrorBody {
    const { code, message, errors } = this;
    return { error: errors.length ? { code, message, errors } : { code, message } };
  }

  toResponse(): Response {
    return Response.json(this, { status: this.status, headers: { "Cache-Control": "no-store" } });
  }
}

/** A fault that breaks the connection instead of answering. */
export class ConnectionReset extends TypeError {
  constructor() {
    super("fetch failed", { cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }) });
  }
}
