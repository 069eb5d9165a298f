// @vitest-environment jsdom
import { behaves } from "./behaviour.ts";

behaves("jsdom");
