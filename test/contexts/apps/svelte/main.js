import "dintero-checkout-element";
import { mount, unmount } from "svelte";
import App from "./App.svelte";

const app = mount(App, { target: document.querySelector("#app") });
window.context.unmount = () => unmount(app);
