import type { SessionRequest } from "../../../src/server/index.ts";
import { session } from "../../support/order.mjs";

/** The quickstart's order, whose result is called back. */
export const tShirt: SessionRequest = {
  ...session,
  url: { ...session.url, callback_url: "https://shop.example/dintero/callback" },
};
