import type { Context } from "hono";
import type { SandboxParts } from "./sandbox-parts.ts";
import { SandboxError } from "./errors.ts";
import { play, type Fault } from "./faults.ts";

/** What a fault wants of a capture, refund or void. */
export type OperationFault = Pick<Fault, "accepted" | "correction">;

type Handler = (context: Context, fault: OperationFault) => Response | Promise<Response>;

/** Makes a handler apply the faults of its call first. */
export type FaultPoints = (name: string, handler: Handler) => (context: Context) => Promise<Response>;

/** The calls of Dintero's REST, which the log lists, or those of the hosted page. */
export function faultPoints(sandbox: SandboxParts, kind: "rest" | "page"): FaultPoints {
  const rest = kind === "rest";
  return (name, handler) => async (context) => {
    const { path } = context.req;
    const id = context.req.param("id") ?? context.req.query("sid");
    const session = id === undefined ? undefined : (sandbox.sessions.find(id)?.session.id ?? id);
    const fault = sandbox.faults.take(name, session, rest);
    const note = (kind: "fault" | "call", text: string) =>
      sandbox.log.add({ at: sandbox.sessions.time(), kind, text, ...(session && { session }) });
    const respond = async () => {
      try {
        const response = await handler(context, fault ?? {});
        if (rest) note("call", `${name} ${response.status}`);
        return response;
      } catch (error) {
        if (rest && error instanceof SandboxError) note("call", `${name} ${error.status} ${describe(error)}`);
        throw error;
      }
    };
    if (fault) {
      note("fault", `${name} ${path}`);
      const done = fault.afterwards ? await respond() : undefined;
      const response = (await play(fault, context.req.raw.signal)) ?? done;
      if (response) return response;
    }
    return respond();
  };
}

function describe({ message, errors }: SandboxError): string {
  return [message, ...errors.map((problem) => problem.message)].join("; ");
}
