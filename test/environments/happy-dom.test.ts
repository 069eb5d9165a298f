// @vitest-environment happy-dom
import { behaves } from "./behaviour.ts";

behaves("happy-dom");
