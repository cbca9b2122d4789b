import ts from "typescript";

/** A sentence that the page says, and where. `one` is what it says of one thing. */
export interface Sentence {
  readonly english: string;
  readonly one: string | null;
  readonly file: string;
}

export interface Source {
  readonly file: string;
  readonly tree: ts.SourceFile;
}

const TEXTS = import.meta.glob<string>(["../**/*.{ts,tsx}", "!../**/*.test.*", "!../{testing,words}/**", "!../api/schema.d.ts"], { query: "?raw", import: "default", eager: true });

/** Everything of the page, by its path below `src`; no tests. */
export function sources(): Source[] {
  return Object.entries(TEXTS).map(([path, text]) => {
    const file = path.replace("../", "");
    return { file, tree: ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS) };
  });
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  node.forEachChild((child) => walk(child, visit));
}

/** The sentences that an argument may be. */
function literals(node: ts.Node | undefined): string[] {
  if (node === undefined) return [];
  if (ts.isStringLiteralLike(node)) return [node.text];
  return ts.isConditionalExpression(node) ? [...literals(node.whenTrue), ...literals(node.whenFalse)] : [];
}

const calledAs = (node: ts.CallExpression) => (ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : node.expression.getText());

function sentencesAt(node: ts.Node, file: string): Sentence[] {
  const plain = (english: string) => ({ english, one: null, file });
  if (ts.isCallExpression(node)) {
    const [first, second, third] = node.arguments;
    const name = calledAs(node);
    if (name === "n") return literals(third).map((english, index) => ({ english, one: literals(second)[index] ?? null, file }));
    // What the canvas says to its host, which translates it.
    if (name === "t" || name === "words" || (name === "say" && file.startsWith("canvas/"))) return literals(first).map(plain);
  }
  if (ts.isJsxAttribute(node) && node.name.getText() === "text" && node.parent.parent.tagName.getText() === "Rich") return literals(node.initializer).map(plain);
  return [];
}

export function sentencesIn({ file, tree }: Source): Sentence[] {
  const found: Sentence[] = [];
  walk(tree, (node) => found.push(...sentencesAt(node, file)));
  return found;
}

const SAID = new Set(["t", "n", "words", "say"]);
const SILENT_ATTRIBUTES = /^(className|d|viewBox|points|transform|preserveAspectRatio|style|path|sizes|allow|rel|autoComplete|accept|icon|data-.*)$/;
const SHOWN_ATTRIBUTES = /^(aria-label|aria-description|title|placeholder|label|hint|heading|alt|remark|submit|name)$/;
/** Two words one after the other, or a word with a capital or a stop: somebody is to read it. */
const READABLE = /\p{L}{2}[,.:;]? \p{L}|^[A-Z][a-z]+[.:]$/u;

/** Whether a text is somebody's else: an error for programmers, a selector, a style, a sentence that is translated already. */
function isSilent(node: ts.Node): boolean {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isImportDeclaration(at) || ts.isTypeNode(at) || ts.isNewExpression(at) || ts.isTaggedTemplateExpression(at)) return true;
    if (ts.isCallExpression(at)) return SAID.has(calledAs(at)) || /^(querySelector(All)?|matches|closest|setAttribute|startsWith|toggle|add)$/.test(calledAs(at));
    if (ts.isJsxAttribute(at)) return SILENT_ATTRIBUTES.test(at.name.getText()) || at.parent.parent.tagName.getText() === "Rich";
    if (ts.isFunctionLike(at) || ts.isJsxElement(at)) return false;
  }
  return false;
}

function bareAt(node: ts.Node): string | null {
  if (ts.isJsxText(node)) {
    const parent = ts.isJsxElement(node.parent) ? node.parent.openingElement.tagName.getText() : "";
    return /\p{L}{2}/u.test(node.text) && parent !== "kbd" && parent !== "code" ? node.text.trim() : null;
  }
  if (ts.isJsxAttribute(node)) {
    const text = node.initializer !== undefined && ts.isStringLiteral(node.initializer) ? node.initializer.text : "";
    const named = node.name.getText() === "name" && /^(?!Icon)[A-Z]/.test(node.parent.parent.tagName.getText());
    if (named && /\p{L}{2}/u.test(text)) return text;
    return SHOWN_ATTRIBUTES.test(node.name.getText()) && /^\p{Lu}\p{Ll}|\p{L} \p{L}/u.test(text) ? text : null;
  }
  const text = ts.isStringLiteralLike(node) ? node.text : ts.isTemplateExpression(node) ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join("{}") : "";
  return READABLE.test(text) && !ts.isJsxAttribute(node.parent) && !isSilent(node) ? text : null;
}

/** Texts that somebody reads, but that no language is asked for. */
export function bareIn({ tree }: Source): string[] {
  const found: string[] = [];
  walk(tree, (node) => {
    const text = bareAt(node);
    if (text !== null) found.push(text);
  });
  return found;
}

function importsOf({ file, tree }: Source, isFollowed: (file: string, lazy: string) => boolean): string[] {
  const found: string[] = [];
  walk(tree, (node) => {
    const lazy = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword ? node.arguments[0] : undefined;
    const named = ts.isImportDeclaration(node) || ts.isExportDeclaration(node) ? node.moduleSpecifier : lazy;
    if (named !== undefined && ts.isStringLiteral(named) && named.text.startsWith(".") && (named !== lazy || isFollowed(file, named.text))) found.push(new URL(named.text, `file:///${file}`).pathname.slice(1));
  });
  return found;
}

/** What is loaded for some files: what they import, and what that imports. */
export function reachOf(entries: readonly string[], all: readonly Source[], isFollowed: (file: string, lazy: string) => boolean): ReadonlySet<string> {
  const byName = new Map(all.map((source) => [source.file.replace(/(\/index)?\.tsx?$/, ""), source]));
  const seen = new Set<string>();
  const visit = (name: string) => {
    const source = byName.get(name);
    if (source === undefined || seen.has(source.file)) return;
    seen.add(source.file);
    for (const imported of importsOf(source, isFollowed)) visit(imported);
  };
  for (const entry of entries) visit(entry);
  return seen;
}
