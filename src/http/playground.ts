import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { FastifyInstance } from "fastify";
import { inProject } from "../project-folder.js";
import type { Limits } from "./admit.js";

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

/** The kinds of file a build emits; another one fails the start, before a browser would refuse it. */
const MEDIA_TYPES: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".ttf": "font/ttf",
};

/** Options of {@link playground}. */
export interface PlaygroundOptions {
  /** What the page says of an operation before it is sent. */
  limits: Limits;
  /** Folder of the built page: index.html and assets/. */
  bundle?: string;
}

/**
 * Fastify plugin: the GraphQL playground at `/`, its files below `/playground/assets/`, and no other path.
 * The page is asked for anew each time; its files carry a hash in their names and are cached for good. Their
 * names are known from the start, so that a request can name a file but never a path.
 * If the page has not been built, `/` answers 503 with a line that says how to.
 */
export async function playground(app: FastifyInstance, { limits, bundle = BUNDLE }: PlaygroundOptions) {
  if (!existsSync(join(bundle, "index.html"))) {
    app.get("/", (_request, reply) => reply.code(503).type("text/plain; charset=utf-8").send(MISSING));
    return;
  }

  const page = withLimits(await readFile(join(bundle, "index.html"), "utf8"), limits);
  app.get("/", { compress: {} }, (_request, reply) =>
    reply
      .type("text/html; charset=utf-8")
      .header("cache-control", "no-cache")
      .header("content-security-policy", CONTENT_SECURITY_POLICY)
      .send(page),
  );

  const folder = join(bundle, "assets");
  const types = await typesOf(folder);
  app.get<{ Params: { name: string } }>(
    "/playground/assets/:name",
    { compress: {} },
    async (request, reply) => {
      const { name } = request.params;
      const type = types.get(name);
      // A build that has taken the place of this one has other files.
      const content = type && (await readFile(join(folder, name)).catch(() => undefined));
      if (!content) return reply.callNotFound();
      return (
        reply
          .type(type)
          .header("cache-control", "public, max-age=31536000, immutable")
          // A worker obeys the policy that came with its own script, not the page's.
          .header("content-security-policy", CONTENT_SECURITY_POLICY)
          .send(content)
      );
    },
  );
}

/** The page with what it cannot know from its files. Whatever else is among the limits stays here. */
function withLimits(page: string, { maxDepth, maxCost, maxAnswerBytes }: Limits): string {
  const limits = JSON.stringify({ maxDepth, maxCost, maxAnswerBytes });
  return page.replace("</head>", `  <meta name="limits" content='${limits}' />\n  </head>`);
}

/** The media types of the files in a folder, by their names. */
async function typesOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const entry = (name: string) => {
    const type = MEDIA_TYPES[extname(name)];
    if (!type) throw new Error(`The playground's build holds ${name}, whose media type is not known.`);
    return [name, type] as const;
  };
  return new Map((await readdir(folder)).map(entry));
}
