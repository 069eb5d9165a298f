// app/api/checkout/[[...part]]/route.js: a route handler gets the body unread. (An API route of pages/ needs
// `export const config = { api: { bodyParser: false } }`.)
import { checkout } from "./checkout.js";

const { session, callback, status } = checkout(process.env);

async function handle(request, { params }) {
  const { part = [] } = await params;
  switch (part.join("/")) {
    case "":
      return session(request);
    case "callback":
      return callback(request);
    case "status":
      return status(request);
    default:
      return new Response("Not found", { status: 404 });
  }
}

export { handle as GET, handle as OPTIONS, handle as POST, handle as PUT };
