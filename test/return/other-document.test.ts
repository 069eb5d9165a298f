import { expect } from "@open-wc/testing";
import "../../src/return.ts";
import { openPage } from "../support/checkout.ts";
import { answer, arriveWith, claim, endpointOf, leave, next } from "./support.ts";

describe("<dintero-return> in another document", () => {
  afterEach(() => {
    leave();
    document.body.replaceChildren();
  });

  it("put into it when new: the result is shown", async () => {
    arriveWith(claim);
    const other = (await openPage({})).contentDocument!;
    const element = document.createElement("dintero-return");
    element.setAttribute("endpoint", endpointOf(answer("paid")));
    const result = next(element, "dintero-result");
    other.body.append(element);
    await result;
    await element.updateComplete;
    expect(element.shadowRoot!.querySelector<HTMLElement>("[part=result]")!.innerText).to.contain(
      "Payment received",
    );
  });
});
