import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  build: {
    manifest: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The labeling page is one file: cut up for those who correct with its parts, it would be more for labelers to load.
    rolldownOptions: { output: { codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: "label", test: /src\/(label\/(?!LabelPage|TileText|PageHint|hint)[^/]+|canvas\/suggestion|answers\/suggestions)\.tsx?$/ }] } } },
  },
  server: { proxy: { "/api": "http://127.0.0.1:7071" } },
  test: { include: ["src/**/*.test.{ts,tsx}"], setupFiles: ["src/testing/setup.ts"] },
});
