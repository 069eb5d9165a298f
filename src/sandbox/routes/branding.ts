import { Hono } from "hono";
import { escape } from "../page/document.ts";
import type { SandboxParts } from "../sandbox-parts.ts";

/** The public pictures of payment methods: here their names, since the brands' own marks may not be drawn by others. */
export function brandingRoutes({ profiles }: SandboxParts): Hono {
  const app = new Hono();
  app.get("/branding/logos/:methods/variant/:variant/*", ({ req }) =>
    picture(req.param("methods").split("_")),
  );
  app.get("/branding/accounts/:account/profiles/:profile/variant/:variant/*", ({ req }) => {
    const { configuration } = profiles.get(req.param("profile"));
    return picture(Object.keys(configuration));
  });
  return app;
}

function picture(names: readonly string[]): Response {
  const width = 90 * names.length;
  const labels = names.map(
    (name, index) =>
      `<text x="${index * 90 + 45}" y="20" text-anchor="middle" font-family="sans-serif" font-size="13">${escape(name)}</text>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="30" viewBox="0 0 ${width} 30">${labels.join("")}</svg>`;
  return new Response(svg, {
    headers: { "Content-Type": "image/svg+xml", "Content-Security-Policy": "default-src 'none'; sandbox" },
  });
}
