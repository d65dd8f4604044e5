import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Bundles the playground into dist/playground, from where the server offers it at `/playground`. */
export default defineConfig({
  root: here("."),
  base: "/playground/",
  resolve: { dedupe: ["graphql", "react", "react-dom"] },
  // A classic worker cannot be split; GraphiQL's load further parts on demand.
  worker: { format: "es" },
  build: {
    outDir: here("../dist/playground"),
    emptyOutDir: true,
    target: "es2022",
    reportCompressedSize: false,
    // The editor is one large part by nature, and it is loaded once and cached for good.
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      // "use client" at the head of a React library means nothing to a page that has no server part.
      onLog: (level, log, handle) => log.code !== "MODULE_LEVEL_DIRECTIVE" && handle(level, log),
    },
  },
  server: { proxy: { "/graphql": { target: "http://127.0.0.1:4000", ws: true } } },
});
