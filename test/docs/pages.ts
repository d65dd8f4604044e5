import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Role } from "../../src/graphql/viewer.js";

/** The pages whose examples are run. */
export const pages = [
  "README.md",
  "examples/README.md",
  ...readdirSync("docs")
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
];

/** A fenced block of a page. */
export interface Block {
  readonly line: number;
  /** Where it ends in the text. */
  readonly end: number;
  readonly language: string;
  /** What follows the language: `as=analyst`, `variables`, the tool that a chart is for. */
  readonly info: string;
  readonly text: string;
}

/** A GraphQL block, with the JSON blocks that follow it at once: its variables, its answer. */
export interface PageExample extends Block {
  readonly role?: Role;
  readonly variables?: string;
  readonly answer?: string;
}

/** The fenced blocks of a text, in order. */
export function blocksIn(text: string): Block[] {
  return [...text.matchAll(/^```(\w+)(?: ([^\n]*))?\n(.*?)^```$/gms)].map((match) => ({
    line: text.slice(0, match.index).split("\n").length,
    end: match.index + match[0].length,
    language: match[1] as string,
    info: match[2] ?? "",
    text: match[3] as string,
  }));
}

/** The examples of a text, in order. */
export function examplesIn(text: string): PageExample[] {
  const blocks = blocksIn(text);
  return blocks.flatMap((block, index) => {
    if (block.language !== "graphql") return [];
    const following = (at: number, info: string) => {
      const next = blocks[at];
      return next?.language === "json" && next.info === info ? next.text : undefined;
    };
    const variables = following(index + 1, "variables");
    const answer = following(index + (variables === undefined ? 1 : 2), "");
    const role = /^as=(\w+)$/.exec(block.info)?.[1]?.toUpperCase() as Role | undefined;
    return [{ ...block, role, variables, answer }];
  });
}

/** The examples of a page. */
export const examplesOf = (page: string): PageExample[] => examplesIn(readFileSync(page, "utf8"));
