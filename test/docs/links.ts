import { linkTo } from "../../web/link.js";
import { examplesIn } from "./pages.js";

/** Where `npm start` serves the playground, unless told otherwise. */
const PLAYGROUND = "http://127.0.0.1:4000/playground";

const LINK = /\n\[Open in the playground\]\[open-\d+\]\n/g;
const TARGETS = /\n<!-- `npm run docs:links` writes these\. -->\n(\[open-\d+\]: .*\n)+$/;

/** The text of a page with a link below each of its examples. The addresses are long, so they stand at its end. */
export function withLinks(page: string): string {
  const text = page.replace(TARGETS, "").replace(LINK, "");
  let done = "";
  let from = 0;
  const targets = examplesIn(text).map(({ end, text: query, variables = "" }, index) => {
    const name = `open-${index + 1}`;
    done += `${text.slice(from, end)}\n\n[Open in the playground][${name}]`;
    from = end;
    return `[${name}]: ${linkTo(PLAYGROUND, { query, variables })}\n`;
  });
  done += text.slice(from);
  return targets.length > 0
    ? `${done}\n<!-- \`npm run docs:links\` writes these. -->\n${targets.join("")}`
    : done;
}
