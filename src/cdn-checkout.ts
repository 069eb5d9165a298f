import "./define.ts";
