import { httpBackend } from "./backend.ts";
import { begin } from "./mount.ts";
import type { HostedPageParams } from "../page-api.ts";

const params = JSON.parse(document.getElementById("params")?.textContent ?? "{}") as HostedPageParams;
begin(params, httpBackend(params.sid));
