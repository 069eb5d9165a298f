// The first script of every page, before the tag's own: records the window's `message` listeners, every complaint and
// every event of the tag, and checks in the page that the tag works there.
(() => {
  const listeners = new Set();
  const complaints = [];
  const payments = [];
  let check = () => {};
  /** Checks now, and again after the current task. */
  const look = () => {
    check();
    setTimeout(() => check());
  };

  const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
  window.addEventListener = function (type, listener, options) {
    if (type === "message") {
      listeners.add(listener);
      options?.signal?.addEventListener("abort", () => (listeners.delete(listener), look()));
    }
    return add.call(this ?? window, type, listener, options);
  };
  window.removeEventListener = function (type, listener, options) {
    if (type === "message") listeners.delete(listener);
    remove.call(this ?? window, type, listener, options);
    look();
  };
  for (const level of ["error", "warn"]) {
    const original = console[level];
    console[level] = (...parts) => {
      complaints.push(parts.join(" "));
      original.apply(console, parts);
    };
  }
  add.call(window, "error", (event) => complaints.push(event.message));
  add.call(window, "unhandledrejection", (event) => complaints.push(String(event.reason)));
  for (const type of ["state", "session", "error"])
    document.addEventListener(`dintero-${type}`, () => check());

  const name = location.pathname.split("/")[1];
  const tag = () => document.querySelector("dintero-checkout.pay");

  /**
   * Checks a tag that a server rendered, from the first animation frame until the checkout's first session event: it is
   * the same node all the time, its box keeps its size, and nothing around it moves (only Chromium measures that).
   */
  const flash = (() => {
    const { server } = document.documentElement.dataset;
    if (server === undefined) return () => {};
    // the rest of the page comes when this half of it has been on the screen
    requestAnimationFrame(() => requestAnimationFrame(() => fetch(`/rest?${server}`)));
    const heights = new Set();
    let [first, shift] = [null, 0];
    const sizes = new ResizeObserver(() => heights.add(first.getBoundingClientRect().height));
    // The node is the server's from the first mutation on; its box is measured once its markup is complete. Content after
    // it arrives after its markup: half of the markup on the screen moves nothing.
    const parsed = new MutationObserver(() => {
      first ??= tag();
      if (!first?.nextSibling) return;
      sizes.observe(first);
      parsed.disconnect();
    });
    parsed.observe(document, { childList: true, subtree: true });
    const count = (list) => {
      for (const { value } of list) shift += value;
    };
    const shifts = new PerformanceObserver((list) => count(list.getEntries()));
    if (PerformanceObserver.supportedEntryTypes.includes("layout-shift")) {
      shifts.observe({ type: "layout-shift", buffered: true });
    }
    const onSession = () => {
      count(shifts.takeRecords());
      for (const observer of [sizes, shifts]) observer.disconnect();
    };
    document.addEventListener("dintero-session", onSession, { once: true });
    return () => {
      if (first !== tag()) complaints.push("it is not the tag that the server rendered");
      const [height] = heights;
      if (heights.size !== 1 || height < 100)
        complaints.push(`its heights were ${[...heights].join(", ")} px`);
      // the texts of another language come a moment later, and the spinner makes room for them
      if (shift > 0.001) complaints.push(`the layout shifted by ${shift}`);
    };
  })();

  /** Waits for a condition, which is checked whenever the page changes. */
  function until(what, condition) {
    const { promise, resolve, reject } = withResolvers();
    const timer = setTimeout(() => reject(new Error([`no ${what}`, ...complaints].join("; "))), 25_000);
    const observer = new MutationObserver(() => check());
    observer.observe(document, { subtree: true, childList: true });
    check = () => condition() && resolve(condition());
    check();
    return promise.finally(() => {
      clearTimeout(timer);
      observer.disconnect();
      check = () => {};
    });
  }

  function withResolvers() {
    let resolve, reject;
    const promise = new Promise((...both) => ([resolve, reject] = both));
    return { promise, resolve, reject };
  }

  let shown = null;

  window.context = {
    checkoutUrl: "%CHECKOUT%",
    payload: { cart: name },
    /** Called by each app's own kind of listener. */
    paid(event) {
      event.preventDefault();
      payments.push(event);
      check();
    },
    /** Each app replaces this with its way to remove the tag. */
    unmount() {
      throw new Error("this page does not define how it unmounts");
    },
    /** Apps report here what went wrong. */
    complain: (text) => complaints.push(String(text)),

    // for the second tag of the frameworks' pages
    texts: { pay: "Buy" },
    fetchCalls: [],
    fetchSession({ payload }) {
      window.context.fetchCalls.push(payload);
      check();
      return new Promise(() => {});
    },
    states: [],
    recordState: (event) => window.context.states.push(event.state),

    /** Resolves when the shopper can pay. */
    async begin() {
      await until("tag", () => tag()?.matches(":defined") && tag());
      await until("checkout to pay in", () => tag().state === "ready");
      const grown = new ResizeObserver(() => check());
      grown.observe(tag().frame);
      await until("frame of a form's height", () => tag().frame.offsetHeight > 400);
      grown.disconnect();
      shown = tag();
      flash();
      return shown.session.id;
    },

    /** Resolves when the tag is paid and the app's listener has been called. */
    async outcome() {
      await until("outcome", () => shown.state === "paid" && payments.length > 0).catch((error) => {
        complaints.push(error.message);
      });
    },

    /** After the shopper has paid: true for each column, or the reason why not. */
    async finish(transaction) {
      const result = {};
      const report = (column, ok, why) => (result[column] = ok ? true : why);
      const stages = shown.shadowRoot.querySelectorAll(".stage").length;
      report(
        "shows",
        complaints.length === 0 && stages === 1,
        [`${stages} stages`, ...complaints].join("; "),
      );
      const { searchParams } = new URL(shown.frame.src);
      report("attribute", shown.language === "nb" && searchParams.get("language") === "no", shown.language);
      const reference = shown.session.order.merchant_reference;
      report("property", reference === name, `the server was sent ${reference}`);
      report(
        "event",
        payments.length === 1 && payments[0].transactionId === transaction?.id,
        `${payments.length} events`,
      );
      report("pays", shown.state === "paid" && transaction?.status === "AUTHORIZED", shown.state);
      const conformance = await this.conformance();
      const before = listeners.size;
      try {
        await this.unmount();
        await until("clean page", () => {
          const frames = document.querySelectorAll("iframe").length + (shown.frame ? 1 : 0);
          return !shown.isConnected && frames === 0 && listeners.size === 0;
        });
        report("unmounts", before > 0, "it never listened for messages");
      } catch (error) {
        report(
          "unmounts",
          false,
          `${error.message} (${listeners.size} listeners, connected ${shown.isConnected})`,
        );
      }
      return { ...result, conformance };
    },

    /** What reached the second tag of a framework's page, set in the framework's own syntax. */
    async conformance() {
      const all = document.querySelector("dintero-checkout.all");
      if (!all) return null;
      all.start();
      if (all.fetchSession) await until("request", () => this.fetchCalls.length > 0).catch(() => {});
      await all.updateComplete;
      return {
        "string attribute": all.sessionId === null && all.endpoint === "/api/other" && all.mode === "embed",
        "number attribute": all.timeout === 5000,
        "boolean attribute, true": all.validateSession === true,
        "boolean attribute, false": all.addressCallback === false,
        "property in camelCase": all.checkoutUrl === this.checkoutUrl,
        "object property": all.messages === this.texts || all.messages?.pay === "Buy",
        "array property": Array.isArray(all.payload) && all.payload.length === 2,
        "function property": this.fetchCalls.length === 1,
        "slotted child": all.querySelector("[slot=loading]")?.assignedSlot !== null,
        "event in kebab-case": this.states.join() === "creating",
      };
    },
  };
})();
