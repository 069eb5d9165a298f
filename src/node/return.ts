export * from "../return.ts";
