import { setCustomElementsManifest, type Preview } from "@storybook/web-components-vite";
import { configure, expect } from "storybook/test";
import type { InputType } from "storybook/internal/csf";
import manifest from "../custom-elements.json";
import "../src/index.ts";
import "../src/return.ts";
import { openShop } from "../stories/support/shop.ts";
import { watchEvents } from "../stories/support/watch-events.ts";
import "./preview.css";

setCustomElementsManifest(manifest);
openShop();
watchEvents();

const isAttribute = ({ table }: InputType) => table?.category === "attributes";
// ms: a play waits for files and frames, which have their time on a busy machine.
configure({ asyncUtilTimeout: 10_000 });

export default {
  tags: ["test"],
  // The attributes, which can be edited, come before properties, events and slots.
  argTypesEnhancers: [
    ({ argTypes }) =>
      Object.fromEntries(
        Object.entries(argTypes).sort(([, a], [, b]) => Number(isAttribute(b)) - Number(isAttribute(a))),
      ),
  ],
  async afterEach() {
    const requests = performance.getEntriesByType("resource").map(({ name }) => new URL(name));
    const foreign = requests.filter(
      ({ protocol, origin }) => protocol.startsWith("http") && origin !== location.origin,
    );
    await expect(foreign, "requests to other origins").toEqual([]);
  },
  parameters: {
    layout: "padded",
    controls: { expanded: true, sort: "none" },
    docs: { source: { excludeDecorators: true, type: "dynamic" } },
    // What axe finds fails.
    a11y: { test: "error" },
    options: {
      // Storybook reads the order from the source: it has to be written out.
      storySort: {
        order: [
          "Start here",
          "Guides",
          [
            "Server",
            "Hosts",
            "Callbacks",
            "Lost callbacks",
            "Captures and refunds",
            "Express checkout",
            "Saved cards",
            "Modes",
            "Outcomes and validation",
            "Cart updates",
            "Return page",
            "Frameworks",
            "Warm start",
            "Styling",
            "Languages",
            "Content Security Policy",
            "Browsers",
            "Sandbox",
            "Unit tests",
            "Doctor",
            "Reference",
            "Errors",
            "Troubleshooting",
            "Production checklist",
            "Migrating from the SDK",
            "Upgrade policy",
          ],
          "Checkout",
          ["Overview", "States", "Outcomes", "Modes"],
          "Return page",
        ],
      },
    },
  },
} satisfies Preview;
