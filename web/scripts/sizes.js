// Prints what a first visit costs over the wire, and fails when it outgrows the promise in any language.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const PROMISE_KB = 130;
const dist = new URL("../dist/", import.meta.url);
const assets = new URL("assets/", dist);
const gzipped = (file) => gzipSync(readFileSync(new URL(file, assets)), { level: 9 }).length / 1024;
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));

function reach(key, seen = new Set()) {
  const chunk = manifest[key];
  if (!chunk || seen.has(key)) return seen;
  seen.add(key);
  for (const imported of chunk.imports ?? []) reach(imported, seen);
  return seen;
}

function filesOf(...entries) {
  const keys = entries.flatMap((entry) => [...reach(entry)]);
  return new Set(keys.flatMap((key) => [manifest[key].file, ...(manifest[key].css ?? [])]));
}

const total = (files) => [...files].reduce((sum, file) => sum + gzipped(file.replace("assets/", "")), 0);
const visit = ["index.html", "src/label/LabelPage.tsx"];
const labeling = total(filesOf(...visit));
const more = (entry) => total(filesOf(...visit, entry)) - labeling;
const german = labeling + more("src/words/de/label.ts");
const everything = readdirSync(assets).reduce((sum, file) => sum + gzipped(file), 0);
console.log(`labeling page, first visit: ${labeling.toFixed(1)} KB gzipped of ${PROMISE_KB}, in German ${german.toFixed(1)} KB; signing in ${more("src/auth/oidc.ts").toFixed(1)} KB more; all pages: ${everything.toFixed(1)} KB`);
console.log(`and once for a kind: images with regions ${more("src/label/regions/index.tsx").toFixed(1)} KB, texts with entities ${more("src/label/spans/index.ts").toFixed(1)} KB, texts ${more("src/label/TileText.tsx").toFixed(1)} KB`);
if (Math.max(labeling, german) > PROMISE_KB) process.exit(1);
