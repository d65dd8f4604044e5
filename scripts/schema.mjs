// Writes schema.graphql, the reviewed form of the schema, from the built code.
import { writeFileSync } from "node:fs";
import { buildSchema, schemaText } from "../dist/schema.js";

writeFileSync("schema.graphql", schemaText(await buildSchema()));
