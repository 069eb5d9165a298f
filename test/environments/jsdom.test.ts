// @vitest-environment jsdom
import { vi } from "vitest";
import { behaves } from "./behaviour.ts";

// As in Lit's build for browsers, which test runners with the condition "browser" take.
vi.mock("lit", async (importLit) => ({ ...(await importLit<typeof import("lit")>()), isServer: false }));

behaves("jsdom");
