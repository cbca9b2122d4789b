import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Markdown } from "./Markdown";

const html = (text: string) => renderToStaticMarkup(<Markdown text={text} />);

test("headings, lists and paragraphs", () => {
  expect(html("# Digits\n\nLook **twice**.\n\n- a `0`\n- *no* doubt\n\n1. one\n2) two")).toBe(
    '<div class="prose"><h3>Digits</h3><p>Look <strong>twice</strong>.</p><ul><li>a <code>0</code></li><li><em>no</em> doubt</li></ul><ol><li>one</li><li>two</li></ol></div>',
  );
});

test("lines of a paragraph belong together, an empty line parts them", () => {
  expect(html("one\ntwo\n\nthree")).toBe('<div class="prose"><p>one two</p><p>three</p></div>');
});

test("links go to the web only, and HTML is text", () => {
  expect(html("[x](https://e.org/a) [y](javascript:alert(1)) <b>z</b>")).toContain('<a href="https://e.org/a" target="_blank" rel="noreferrer">x</a> [y](javascript:alert(1)) &lt;b&gt;z&lt;/b&gt;');
});
