import { httpBackend } from "./backend.ts";
import { mountCheckout } from "./mount.ts";
import type { HostedPageParams } from "./params.ts";

const params = JSON.parse(document.getElementById("params")?.textContent ?? "{}") as HostedPageParams;
mountCheckout(params, httpBackend(params.sid));
