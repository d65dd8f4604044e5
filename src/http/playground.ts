import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from "fastify";
import { inProject } from "../project-folder.js";
import type { Limits } from "./admit.js";
import { builtFiles } from "./built-files.js";

const PATH = "/playground";

const BUNDLE = inProject("dist/playground");

const MISSING = `The playground is not built yet. Run "npm run build" and start the server again.
The GraphQL endpoint is at /graphql.
`;

// Nothing but this server's own files may load or be asked. The editor places its text by inline styles, and
// its fonts and cursors stand in the style sheet as data.
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Options of {@link playground}. */
export interface PlaygroundOptions {
  /** What the page says of an operation before it is sent. */
  limits: Limits;
  /** Whether `/` leads to the page: where nothing else is at that place. */
  fromRoot?: boolean;
  /** Folder of the built page: index.html and assets/. */
  bundle?: string;
}

/**
 * Fastify plugin: the GraphQL playground at `/playground`, its files below `/playground/assets/`, and no path beside them
 * but those that lead to the page.
 * The page is asked for anew each time; its files carry a hash in their names and are cached for good. Their
 * names are known from the start, so that a request can name a file but never a path.
 * If the page has not been built, its path answers 503 with a line that says how to.
 */
export async function playground(
  app: FastifyInstance,
  { limits, fromRoot = false, bundle = BUNDLE }: PlaygroundOptions,
) {
  for (const path of fromRoot ? ["/", `${PATH}/`] : [`${PATH}/`]) app.get(path, leadHere);
  if (!existsSync(join(bundle, "index.html"))) {
    app.get(PATH, (_request, reply) => reply.code(503).type("text/plain; charset=utf-8").send(MISSING));
    return;
  }

  const page = withLimits(await readFile(join(bundle, "index.html"), "utf8"), limits);
  app.get(PATH, { compress: {} }, (_request, reply) =>
    reply
      .type("text/html; charset=utf-8")
      .header("cache-control", "no-cache")
      .header("content-security-policy", CONTENT_SECURITY_POLICY)
      .send(page),
  );

  // A worker obeys the policy that came with its own script, not the page's.
  builtFiles(app, `${PATH}/assets`, join(bundle, "assets"), CONTENT_SECURITY_POLICY);
}

/**
 * Hook of `/graphql`: leads a browser in which the endpoint was opened like a page to the playground. Such a request asks
 * for nothing, and would rather have HTML than what clients are answered with. Behind `#` the address stays as it was.
 */
export const leadBrowsers: onRequestHookHandler = (request, reply, done) => {
  if (request.method !== "POST" && asksNothing(request) && prefersPage(request.headers.accept)) {
    leadHere(request, reply);
  } else done();
};

// For this time: a browser would keep a lasting redirect when the settings have changed.
const leadHere = (_request: FastifyRequest, reply: FastifyReply) => reply.redirect(PATH, 302);

function asksNothing({ query }: FastifyRequest): boolean {
  const given = Object(query) as Record<string, unknown>;
  return ["query", "documentId", "extensions"].every((name) => given[name] === undefined);
}

/** The media types that clients of GraphQL name. */
const CLIENTS = /json|graphql|event-stream/;

/** Whether HTML comes before them by weight, or else by order: https://www.rfc-editor.org/rfc/rfc9110#name-accept */
function prefersPage(accept = ""): boolean {
  const [first] = accept
    .toLowerCase()
    .split(",")
    .map((range) => ({
      type: range.split(";", 1)[0]?.trim() ?? "",
      weight: Number(/;\s*q=([\d.]+)/.exec(range)?.[1] ?? 1),
    }))
    .filter(({ type, weight }) => weight > 0 && (type === "text/html" || CLIENTS.test(type)))
    .sort((one, other) => other.weight - one.weight);
  return first?.type === "text/html";
}

/** The page with what it cannot know from its files. Whatever else is among the limits stays here. */
function withLimits(page: string, { maxDepth, maxCost, maxAnswerBytes }: Limits): string {
  const limits = JSON.stringify({ maxDepth, maxCost, maxAnswerBytes });
  return page.replace("</head>", `  <meta name="limits" content='${limits}' />\n  </head>`);
}
