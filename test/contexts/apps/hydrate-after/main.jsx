/** @jsxImportSource react */
import { StrictMode, useEffect } from "react";
import { hydrateRoot } from "react-dom/client";
import { App } from "./app.jsx";

const { context } = window;

function Whole() {
  // the tag's definition comes once React has taken over what the server wrote
  useEffect(() => void import("dintero-checkout-element"), []);
  return <App {...context} />;
}

const root = hydrateRoot(
  document.querySelector("#app"),
  <StrictMode>
    <Whole />
  </StrictMode>,
  { onRecoverableError: context.complain },
);
context.unmount = () => root.unmount();
