import { Hono, type Context } from "hono";
import { ConnectionReset, SandboxError } from "./errors.ts";
import { play } from "./faults.ts";
import { controlRoutes } from "./routes/control.ts";
import { documentRoutes } from "./routes/documents.ts";
import { requireKnownHost, requireSameOrigin, type ServerContext } from "./request-guard.ts";
import { pageRoutes } from "./routes/page.ts";
import { restRoutes } from "./routes/rest.ts";
import type { World } from "./world.ts";

type Handler = (context: Context) => Response | Promise<Response>;

/** A handler that plays the faults of its call first. */
export type Point = (name: string, handler: Handler) => Handler;

/** Everything that the sandbox answers, on one address. */
export function createApp(world: World): (request: Request, server?: ServerContext) => Promise<Response> {
  const rest = faulty(world, true);
  const page = faulty(world, false);
  const app = new Hono({ strict: false });
  app.use(requireKnownHost(world.hosts));
  app.use("/_sandbox/page/*", requireSameOrigin([]));
  app.route("/v1", restRoutes(world, rest));
  app.route("/_sandbox/page/sessions", pageRoutes(world, page));
  app.route("/_sandbox", controlRoutes(world));
  app.route("/", documentRoutes(world, page));
  app.notFound(() => new SandboxError(404, "not_found", "There is no such address").toResponse());
  app.onError((error) => {
    if (error instanceof SandboxError) return error.toResponse();
    if (error instanceof ConnectionReset) throw error;
    console.error(error);
    return new SandboxError(500, "sandbox_error", "The sandbox itself failed").toResponse();
  });
  return (request, server) => settle(Promise.resolve(app.fetch(request, server)), request.signal);
}

function faulty(world: World, rest: boolean): Point {
  return (name, handler) => async (context) => {
    const { path } = context.req;
    const id = context.req.param("id") ?? context.req.query("sid");
    const session = id === undefined ? undefined : (world.sessions.find(id)?.session.id ?? id);
    const fault = world.faults.take(name, session, rest);
    const note = (kind: "fault" | "call", text: string) =>
      world.log.add({ at: new Date(world.now()).toISOString(), kind, text, ...(session && { session }) });
    const answered = async () => {
      try {
        const response = await handler(context);
        if (rest) note("call", `${name} ${response.status}`);
        return response;
      } catch (error) {
        if (rest && error instanceof SandboxError) note("call", `${name} ${error.status} ${tell(error)}`);
        throw error;
      }
    };
    if (fault) {
      note("fault", `${name} ${path}`);
      const done = fault.afterwards ? await answered() : undefined;
      const answer = (await play(fault, context.req.raw.signal)) ?? done;
      if (answer) return answer;
    }
    return answered();
  };
}

function tell({ message, errors }: SandboxError): string {
  return [message, ...errors.map((problem) => problem.message)].join("; ");
}

/** A caller who gives up is told so at once, as `fetch` does it. */
function settle(answer: Promise<Response>, signal: AbortSignal): Promise<Response> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop);
    answer.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

/** More than any session needs. */
const bodyLimit = 1024 * 1024;

/** The JSON of a request, or a 400 that says so; `whenEmpty` stands for no body at all. */
export async function readJson(context: Context, whenEmpty = ""): Promise<unknown> {
  let text: string;
  try {
    text = (await context.req.text()) || whenEmpty;
    if (text.length <= bodyLimit) return JSON.parse(text);
  } catch {
    throw new SandboxError(400, "invalid_json", "The body is not JSON");
  }
  throw new SandboxError(
    413,
    "too_large",
    `The body is ${text.length} characters long, more than ${bodyLimit}`,
  );
}

/** The same where only an object makes sense. */
export async function readObject(
  context: Context,
  whenEmpty?: string,
): Promise<Readonly<Record<string, unknown>>> {
  const body = await readJson(context, whenEmpty);
  if (typeof body !== "object" || body === null)
    throw new SandboxError(400, "invalid_request", "The body must be an object");
  return body as Readonly<Record<string, unknown>>;
}
