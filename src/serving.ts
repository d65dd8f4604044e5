/**
 * What a server is made of besides its database: one module, so that one `import()` loads it.
 *
 * Two that load the same modules at the same time are linked wrongly by Node's `vm`, in which the tests run.
 */
export { createServer } from "./http/server.js";
export { buildSchema } from "./schema.js";
