// The first script of every page, before the tag's own: sees every `message` listener of the window, every complaint and
// every event of the tag, and does what a person would do to a page to know that the tag works there.
(() => {
  const listeners = new Set();
  const complaints = [];
  const told = [];
  let check = () => {};
  /** Now, and once whoever is at work is done. */
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
    console[level] = (...words) => {
      complaints.push(words.join(" "));
      original.apply(console, words);
    };
  }
  add.call(window, "error", (event) => complaints.push(event.message));
  add.call(window, "unhandledrejection", (event) => complaints.push(String(event.reason)));
  for (const type of ["state", "session", "error"])
    document.addEventListener(`dintero-${type}`, () => check());

  const name = location.pathname.split("/")[1];
  const tag = () => document.querySelector("dintero-checkout.pay");

  /**
   * What a person sees of a tag that a server wrote, from its first frame of the screen until the checkout speaks: the
   * same node all the time, one box, and nothing around it moves (Chromium alone counts that).
   */
  const flash = (() => {
    const { server } = document.documentElement.dataset;
    if (server === undefined) return () => {};
    // the rest of the page comes when this half of it has been on the screen
    requestAnimationFrame(() => requestAnimationFrame(() => fetch(`/rest?${server}`)));
    const heights = new Set();
    let [first, shift] = [null, 0];
    const sizes = new ResizeObserver(() => heights.add(first.getBoundingClientRect().height));
    // The node is the server's from its first sight on; its box counts once its markup is whole. What comes after it on
    // the page comes after its markup: half of it on the screen moves nothing.
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
    const spoken = () => {
      count(shifts.takeRecords());
      for (const observer of [sizes, shifts]) observer.disconnect();
    };
    document.addEventListener("dintero-session", spoken, { once: true });
    return () => {
      if (first !== tag()) complaints.push("it is not the tag that the server wrote");
      const [height] = heights;
      if (heights.size !== 1 || height < 100)
        complaints.push(`its heights were ${[...heights].join(", ")} px`);
      // the words of another language come a moment later, and the spinner makes room for them
      if (shift > 0.001) complaints.push(`the layout shifted by ${shift}`);
    };
  })();

  /** Waits for the page, looking again whenever something happened to it. */
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
    /** What each app's own kind of listener calls. */
    paid(event) {
      event.preventDefault();
      told.push(event);
      check();
    },
    /** Each app says how it takes the tag off the page. */
    unmount() {
      throw new Error("this page never said how it unmounts");
    },
    /** An app says here what it saw go wrong. */
    complain: (words) => complaints.push(String(words)),

    // for the second tag of the frameworks' pages
    texts: { pay: "Buy" },
    fetchCalls: [],
    fetchSession({ payload }) {
      window.context.fetchCalls.push(payload);
      check();
      return new Promise(() => {});
    },
    states: [],
    heard: (event) => window.context.states.push(event.state),

    /** Until the shopper can pay. */
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

    /** Until the tag knows the outcome and the app was told. */
    async told() {
      await until("outcome", () => shown.state === "paid" && told.length > 0).catch((error) => {
        complaints.push(error.message);
      });
    },

    /** After the shopper paid: what is true of each column, else why not. */
    async finish(transaction) {
      const result = {};
      const say = (column, ok, why) => (result[column] = ok ? true : why);
      const stages = shown.shadowRoot.querySelectorAll(".stage").length;
      say("shows", complaints.length === 0 && stages === 1, [`${stages} stages`, ...complaints].join("; "));
      const { searchParams } = new URL(shown.frame.src);
      say("attribute", shown.language === "nb" && searchParams.get("language") === "no", shown.language);
      const reference = shown.session.order.merchant_reference;
      say("property", reference === name, `the server was sent ${reference}`);
      say("event", told.length === 1 && told[0].transactionId === transaction?.id, `${told.length} events`);
      say("pays", shown.state === "paid" && transaction?.status === "AUTHORIZED", shown.state);
      const conformance = await this.conformance();
      const before = listeners.size;
      try {
        await this.unmount();
        await until("clean page", () => {
          const frames = document.querySelectorAll("iframe").length + (shown.frame ? 1 : 0);
          return !shown.isConnected && frames === 0 && listeners.size === 0;
        });
        say("unmounts", before > 0, "it never listened");
      } catch (error) {
        say(
          "unmounts",
          false,
          `${error.message} (${listeners.size} listeners, connected ${shown.isConnected})`,
        );
      }
      return { ...result, conformance };
    },

    /** What reached the second tag of a framework's page, by the framework's own syntax. */
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
