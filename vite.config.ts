import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Each is written to the path in dist that it has in src. */
const PROGRAMS = [
  "main",
  "schema",
  "database/migrate.main",
  "database/new-migration.main",
  "database/prisma-engine.main",
  "dataset/load.main",
  "access/key.main",
];

/** The name of the chunks of modules. */
const MODULES = "modules";

/** Modules that come with WebAssembly or other files of their own. */
const WITH_FILES = [
  "@electric-sql/pglite",
  "@electric-sql/pglite/contrib/pg_trgm",
  "@electric-sql/pglite-prepopulatedfs",
  "@prisma/client",
  "@prisma/schema-engine-wasm",
];

// Source maps are for this project's own code. Those of its modules would take more memory than all else that a
// start loads, and what they map is readable as it is.
const mapOwnCode: Plugin = {
  name: "map-own-code",
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type === "chunk" && file.name.startsWith(MODULES) && file.sourcemapFileName) {
        delete bundle[file.sourcemapFileName];
        file.code = file.code.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n");
        file.map = null;
      }
    }
  },
};

/** Decorators need it before the first of them runs, and which chunk runs first is the bundler's to say. */
const metadataFirst: Plugin = {
  name: "metadata-first",
  transform: (code, id) =>
    id.endsWith("/type-graphql/build/esm/index.js") ? `import "reflect-metadata";\n${code}` : undefined,
};

/** Bundles the server into dist: to find and read a thousand files takes longer than to run them. */
export default defineConfig({
  plugins: [mapOwnCode, metadataFirst],
  resolve: {
    // Some modules ask for graphql as an ES module and some do not. Two copies would not know each other's classes.
    alias: [
      { find: /^graphql$/, replacement: here("node_modules/graphql/index.mjs") },
      { find: /^graphql\/(.+)\.js$/, replacement: here("node_modules/graphql/$1.mjs") },
      // In a bundle it takes itself to be in a browser, and hashes in JavaScript.
      { find: "@apollo/utils.createhash", replacement: "node:crypto" },
    ],
  },
  ssr: { noExternal: true, external: WITH_FILES },
  build: {
    ssr: true,
    outDir: here("dist"),
    emptyOutDir: false,
    target: "node20.19",
    sourcemap: true,
    minify: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: Object.fromEntries(PROGRAMS.map((program) => [program, here(`src/${program}.ts`)])),
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: ({ name }) => `server/${name.split("~")[0]}.js`,
        // Apart from the own code, or frames of theirs would be mapped to the nearest line of it.
        codeSplitting: { groups: [{ name: MODULES, test: /node_modules/, entriesAware: true }] },
        // TypeGraphQL and errors go by the names of classes.
        keepNames: true,
        // A file with one letter beyond Latin-1 takes twice the memory.
        charset: "ascii",
        comments: { legal: true, jsdoc: false, annotation: false },
      },
    },
  },
});
