import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { FastifyInstance } from "fastify";

/** The kinds of file a build emits; another one fails the start, before a browser would refuse it. */
const MEDIA_TYPES: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".ttf": "font/ttf",
  ".woff2": "font/woff2",
};

/**
 * Offers the files of a build below an address. They carry a hash in their names and are cached for good. Their names are
 * known from the start, so that a request can name a file but never a path.
 *
 * @param policy of workers, which obey the one that came with their own script and not the page's
 */
export function builtFiles(app: FastifyInstance, url: string, folder: string, policy?: string): void {
  const types = typesOf(folder);
  app.get<{ Params: { name: string } }>(`${url}/:name`, { compress: {} }, async (request, reply) => {
    const { name } = request.params;
    const type = types.get(name);
    // A build that has taken the place of this one has other files.
    const content = type && (await readFile(join(folder, name)).catch(() => undefined));
    if (!content) return reply.callNotFound();
    reply.type(type).header("cache-control", "public, max-age=31536000, immutable");
    if (policy) reply.header("content-security-policy", policy);
    return reply.send(content);
  });
}

/** The media types of the files in a folder, by their names. */
function typesOf(folder: string): ReadonlyMap<string, string> {
  const entry = (name: string) => {
    const type = MEDIA_TYPES[extname(name)];
    if (!type) throw new Error(`The build holds ${name}, whose media type is not known.`);
    return [name, type] as const;
  };
  return new Map(existsSync(folder) ? readdirSync(folder).map(entry) : []);
}
