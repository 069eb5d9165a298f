import "./return/define.ts";

export { DinteroReturn } from "./return/dintero-return.ts";
export type { ReturnMessages } from "./messages/keys.ts";
export { ResultEvent, type ReturnResult } from "./return/result-event.ts";
export type { ReturnStatus } from "./return/return-state.ts";
