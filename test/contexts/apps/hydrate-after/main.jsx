/** @jsxImportSource react */
import { StrictMode, useEffect } from "react";
import { hydrateRoot } from "react-dom/client";
import { App } from "./app.jsx";

const { context } = window;

function Whole() {
  // the tag is defined once React has hydrated what the server rendered
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
