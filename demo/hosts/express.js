import { getRequestListener } from "@hono/node-server";
import express from "express";
import { checkout } from "./checkout.js";

const { session, callback, status } = checkout(process.env);
const app = express();

// Before `express.json()`: the handlers read the body themselves, and no more of it than a cart needs. Where a parser
// has to come first, let it keep the raw body, which getRequestListener() takes:
// app.use(express.json({ verify: (request, _response, body) => void (request.rawBody = body) }));
app.all("/api/checkout", getRequestListener(session));
app.all("/api/checkout/callback", getRequestListener(callback));
app.all("/api/checkout/status", getRequestListener(status));

const server = app.listen(process.env.PORT ?? 3000, "127.0.0.1", () => {
  console.log(`Listening on http://localhost:${server.address().port}`);
});
