import { render } from "lit";
import { Store } from "./store.ts";
import { consolePage } from "./views/console-page.ts";

const root = document.getElementById("console");
if (!root) throw new Error("The console page has no #console to draw in.");

const store = new Store((state) => {
  const open = state.sessions.filter((each) => !each.outcome && !each.expired).length;
  document.title = open ? `(${open}) Sandbox` : "Sandbox";
  render(consolePage(store, state), root);
});

// The address names the session: it can be linked to, and stays selected over a reload. Ids need no encoding.
const fromAddress = () => store.select(location.hash.slice(1) || null);
addEventListener("hashchange", fromAddress);
fromAddress();
void store.follow();
