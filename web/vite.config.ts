import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** What everybody loads first. In one file it is smaller than in the pieces that pages would share. */
const BASE_PACKAGES = /node_modules\/(react|react-dom|scheduler|wouter|regexparam|use-sync-external-store|openapi-fetch|@tanstack\/(?!.*(infiniteQueryObserver|useInfiniteQuery|[qQ]ueriesObserver|useQueries)))/;
const BASE_PARTS = /src\/(main|App|api\/(client|problem)|auth\/(session|stored|Sign.*)|shell\/.*|kinds\/kinds|keymap\/(chord|table|keymap|labelKeys|Key|text)|labels\/(hotkeys|tree)|projects\/(queries|rights|permissions)|ui\/(store|hooks|theme|ThemeButton|Icon|Logo|Crash|freshBuild|PageSkeleton|soon)|words\/(words|catalogue|language|lazily|Rich))\.(tsx?|json)$/;

export default defineConfig({
  plugins: [react()],
  build: {
    manifest: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The labeling page is one file: cut up for those who correct with its parts, it would be more for labelers to load.
    rolldownOptions: { output: { codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: "base", test: (id: string) => BASE_PACKAGES.test(id) || BASE_PARTS.test(id) }, { name: "label", test: /src\/(label\/(?!LabelPage|Closed|Enlarged|FlagForm|Instructions|KeyHelp|SkipReasons|TileText|PageHint|hint)[^/]+|canvas\/suggestion|answers\/suggestions)\.tsx?$/ }] } } },
  },
  server: { proxy: { "/api": "http://127.0.0.1:7071" } },
  test: { include: ["src/**/*.test.{ts,tsx}"], setupFiles: ["src/testing/setup.ts"] },
});
