import { beforeEach, expect, test } from "vitest";
import { ItemAddress, itemIn, withItem } from "./address";

/** A browser's history, and what is open on the page. */
class Browser {
  entries: string[] = [""];
  at = 0;
  open: string | null = null;
  backs = 0;
  readonly address = new ItemAddress(
    {
      search: () => this.entries[this.at] ?? "",
      go: (search, { replace }) => {
        if (!replace) this.at++;
        this.entries = [...this.entries.slice(0, this.at), search];
      },
      back: () => {
        this.backs++;
      },
    },
    (item) => (this.open = item),
  );

  see(item: string | null): void {
    this.open = item;
    this.address.follow(item);
  }

  /** The browser goes, as it does some time after it was asked to. */
  travel(by: number): void {
    this.at += by;
    this.address.moved(this.open);
    this.address.follow(this.open);
  }
}

let browser: Browser;
beforeEach(() => (browser = new Browser()));

test("an address keeps the filter, and names the item", () => {
  expect(withItem("?path=a+b", "0000-0001")).toBe("?path=a+b&item=0000-0001");
  expect(withItem("?path=a+b&item=0000-0001", null)).toBe("?path=a+b");
  expect(withItem("?item=0000-0001", null)).toBe("");
  expect(itemIn("?path=a&item=0000-0001")).toBe("0000-0001");
  expect(itemIn("")).toBe(null);
});

test("an item lies on top of the list, however many are looked at in turn", () => {
  browser.see("a");
  browser.see("b");
  expect(browser.entries).toEqual(["", "?item=b"]);
  browser.travel(-1);
  expect(browser.open).toBe(null);
  browser.travel(1);
  expect(browser.open).toBe("b");
});

test("closing goes back to the list's own address", () => {
  browser.see("a");
  browser.see(null);
  expect(browser.backs).toBe(1);
  browser.travel(-1);
  expect([browser.at, browser.open]).toEqual([0, null]);
});

test("what is opened before the browser has gone back is not lost", () => {
  browser.see("a");
  browser.see(null);
  browser.see("b");
  browser.travel(-1);
  expect([browser.open, browser.entries]).toEqual(["b", ["", "?item=b"]]);
});

test("closing what an address opened leads to the list", () => {
  browser.entries = ["?item=a"];
  browser.open = "a";
  browser.see(null);
  expect([browser.backs, browser.entries]).toEqual([0, [""]]);
});
