import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { FastifyInstance } from "fastify";
import { inProject } from "../project-folder.js";

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
  /** Folder of the built page: index.html and assets/. */
  bundle?: string;
}

/**
 * Fastify plugin: the GraphQL playground at `/`, its files below `/playground/assets/`, and no other path.
 * The page is asked for anew each time; its files carry a hash in their names and are cached for good. All of
 * it, some seven megabytes, is held in memory, so that a request can name a file but never a path.
 * If the page has not been built, `/` answers 503 with a line that says how to.
 */
export async function playground(app: FastifyInstance, { bundle = BUNDLE }: PlaygroundOptions = {}) {
  if (!existsSync(join(bundle, "index.html"))) {
    app.get("/", (_request, reply) => reply.code(503).type("text/plain; charset=utf-8").send(MISSING));
    return;
  }

  const page = await readFile(join(bundle, "index.html"));
  app.get("/", { compress: {} }, (_request, reply) =>
    reply
      .type("text/html; charset=utf-8")
      .header("cache-control", "no-cache")
      .header("content-security-policy", CONTENT_SECURITY_POLICY)
      .send(page),
  );

  const assets = await readAssets(join(bundle, "assets"));
  app.get<{ Params: { name: string } }>("/playground/assets/:name", { compress: {} }, (request, reply) => {
    const asset = assets.get(request.params.name);
    if (!asset) return reply.callNotFound();
    return (
      reply
        .type(asset.type)
        .header("cache-control", "public, max-age=31536000, immutable")
        // A worker obeys the policy that came with its own script, not the page's.
        .header("content-security-policy", CONTENT_SECURITY_POLICY)
        .send(asset.content)
    );
  });
}

async function readAssets(folder: string): Promise<Map<string, { type: string; content: Buffer }>> {
  const read = async (name: string) => {
    const type = MEDIA_TYPES[extname(name)];
    if (!type) throw new Error(`The playground's build holds ${name}, whose media type is not known.`);
    return [name, { type, content: await readFile(join(folder, name)) }] as const;
  };
  return new Map(await Promise.all((await readdir(folder)).map(read)));
}
