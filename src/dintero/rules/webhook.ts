import { list, object, type Rule } from "./rule.ts";
import { anyText, text, truth, webAddress } from "./values.ts";

/** `POST /accounts/{account}/hooks/subscriptions`. */
export const webhookSubscription: Rule = object({
  required: {
    config: object({
      required: { url: webAddress },
      optional: {
        content_type: anyText,
        secret: object({ required: { type: text, value: text } }),
        insecure_ssl: truth,
      },
    }),
    events: list(text),
  },
});
