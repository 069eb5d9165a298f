/** @jsxImportSource react */
import "dintero-checkout-element";
import { StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { App } from "./app.jsx";

const { context } = window;

if (!document.querySelector("dintero-checkout").shadowRoot) context.complain("not upgraded before React");
const root = hydrateRoot(
  document.querySelector("#app"),
  <StrictMode>
    <App {...context} />
  </StrictMode>,
  { onRecoverableError: context.complain },
);
context.unmount = () => root.unmount();
