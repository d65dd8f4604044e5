import type { FastifyInstance, FastifyRequest } from "fastify";
import { LRUCache } from "lru-cache";
import {
  SitemapOfActorsDocument,
  SitemapOfEventsDocument,
  SitemapOfPropositionsDocument,
  SitemapOfSourcesDocument,
} from "../../generated/pages/graphql.js";
import { ask } from "../ask.js";
import type { Site } from "../components/document.js";

/** Each kind of record that has pages of its own. */
const LISTS = {
  propositions: SitemapOfPropositionsDocument,
  events: SitemapOfEventsDocument,
  actors: SitemapOfActorsDocument,
  sources: SitemapOfSourcesDocument,
} as const;

/** So many addresses of one kind are listed, those recorded last. A sitemap may have 50,000. */
const MOST = 10_000;

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** A list takes up to a hundred questions: it is made anew after so long. In milliseconds. */
const KEPT = 5 * 60_000;

/** The slugs of all records of a kind that readers may see, up to {@link MOST}. */
async function slugsOf(
  app: FastifyInstance,
  request: FastifyRequest,
  document: (typeof LISTS)[keyof typeof LISTS],
): Promise<string[]> {
  const slugs: string[] = [];
  for (let after: string | null | undefined; slugs.length < MOST; ) {
    // Whoever lists pages is a reader.
    const { list } = await ask(app, request, document, { after }, undefined);
    slugs.push(...list.nodes.map(({ slug }) => slug));
    after = list.pageInfo.endCursor;
    if (!list.pageInfo.hasNextPage) break;
  }
  return slugs;
}

/** `/robots.txt` and, where search engines are welcome, sitemaps: https://www.sitemaps.org/protocol.html */
export function sitemaps(app: FastifyInstance, siteOf: (request: FastifyRequest) => Site): void {
  app.get("/robots.txt", (request, reply) => {
    const { listed, origin } = siteOf(request);
    const text = listed
      ? `User-agent: *\nDisallow: /graphql\nDisallow: /search\nDisallow: /live\nSitemap: ${origin}/sitemap.xml\n`
      : "User-agent: *\nDisallow: /\n";
    return reply.type("text/plain; charset=utf-8").send(text);
  });
  app.get("/sitemap.xml", (request, reply) => {
    const { listed, origin } = siteOf(request);
    if (!listed) return reply.callNotFound();
    const maps = Object.keys(LISTS).map(
      (list) => `<sitemap><loc>${escaped(`${origin}/sitemap-${list}.xml`)}</loc></sitemap>`,
    );
    return reply
      .type("application/xml; charset=utf-8")
      .send(`${HEAD}<sitemapindex ${NAMESPACE}>\n${maps.join("\n")}\n</sitemapindex>\n`);
  });
  const kept = new LRUCache<string, Promise<string[]>>({ max: Object.keys(LISTS).length, ttl: KEPT });
  for (const [list, document] of Object.entries(LISTS)) {
    app.get(`/sitemap-${list}.xml`, { compress: {} }, async (request, reply) => {
      const { listed, origin } = siteOf(request);
      if (!listed) return reply.callNotFound();
      const made = kept.get(list) ?? slugsOf(app, request, document);
      kept.set(list, made, { noUpdateTTL: true });
      const slugs = await made.catch((error: unknown) => {
        kept.delete(list);
        throw error;
      });
      const urls = slugs.map(
        (slug) => `<url><loc>${escaped(`${origin}/${list}/${encodeURIComponent(slug)}`)}</loc></url>`,
      );
      return reply
        .type("application/xml; charset=utf-8")
        .send(`${HEAD}<urlset ${NAMESPACE}>\n${urls.join("\n")}\n</urlset>\n`);
    });
  }
}
