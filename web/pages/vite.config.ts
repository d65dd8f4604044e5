import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Bundles what the pages for readers load, into dist/pages: one style sheet, one script, fonts. */
export default defineConfig({
  root: here("."),
  base: "/pages/",
  build: {
    outDir: here("../../dist/pages"),
    emptyOutDir: true,
    target: "es2022",
    // The server names the files in its pages.
    manifest: "manifest.json",
    // A style sheet with fonts inside would be loaded anew with each change of it.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: { input: here("main.ts") },
  },
});
