import type { Ask } from "../support/app.js";

/** Text that would run as a script, end an attribute, or end the JSON of a page, if it were not escaped. */
export const SCRIPT = `"><script>globalThis.broken=1</script></script><img src=x onerror=globalThis.broken=1>'`;
/** From right to left, with a mark that would turn the direction of all that follows. */
export const ARABIC = "وزارة الدفاع (2024) بيان";
/** As long as a name may be, without a place to break. */
export const LONG = "W".repeat(2_000);

/** Records with everything that a page has to bear. @returns the slugs and ids of what was recorded */
export async function recordHostile(ask: Ask, claims = 0): Promise<{ claim: string }> {
  const answer = await ask(
    `mutation ($input: RecordClaimsInput!) {
      recordClaims(input: $input) { results { claim { id } errors { path message } } errors { path message } }
    }`,
    { input: { mode: "ALL_OR_NOTHING", claims: claimsOf(claims) } },
  );
  const { results, errors } = Object(answer.data).recordClaims as {
    results: { claim: { id: string } | null; errors: unknown[] }[];
    errors: unknown[];
  };
  const wrong = [...errors, ...results.flatMap((result) => result.errors)];
  if (wrong.length > 0) throw new Error(JSON.stringify(wrong.slice(0, 3)));
  const ids = results.map(({ claim }) => claim?.id as string);
  for (const id of ids) await ask(`mutation { publishClaim(input: { id: "${id}" }) { errors { message } } }`);
  return { claim: ids[0] as string };
}

function claimsOf(more: number) {
  const proposition = { create: { slug: "hostile", kind: "YES_NO", text: `Is it so? ${SCRIPT} ${ARABIC}` } };
  const event = { create: { slug: "hostile-event", title: `${ARABIC} ${SCRIPT}`, type: "OTHER" } };
  const text = `Before ${SCRIPT} ${ARABIC} after. ${"More words. ".repeat(50)}`;
  const source = {
    create: {
      slug: "hostile-source",
      kind: "ARTICLE",
      title: `${SCRIPT} ${LONG.slice(0, 500)}`,
      language: "ar",
      text,
    },
  };
  const first = {
    statement: `${SCRIPT} ${ARABIC}`,
    language: "ar",
    act: "ASSERT",
    stance: "AFFIRMS",
    assertedBy: { create: { slug: "hostile-long", name: LONG, kind: "OTHER" } },
    proposition,
    events: [event],
    citations: [{ source, quote: { exact: `Before ${SCRIPT}` } }],
  };
  const second = {
    ...first,
    stance: "REJECTS",
    act: "DENY",
    assertedBy: { create: { slug: "hostile-arabic", name: ARABIC, kind: "GOVERNMENT" } },
    proposition: { slug: "hostile" },
    events: [{ slug: "hostile-event" }],
    citations: [{ source: { slug: "hostile-source" }, quote: { exact: `Before ${SCRIPT}` } }],
    assertedAt: "0001-01-01/9999-12-31",
  };
  const others = Array.from({ length: more }, (_, n) => ({
    statement: `Word ${n}`,
    language: "en",
    act: "ASSERT",
    stance: n % 2 ? "AFFIRMS" : "REJECTS",
    assertedBy: { create: { slug: `hostile-${n}`, name: `Speaker ${n}`, kind: "PERSON" } },
    proposition: { slug: "hostile" },
    events: [{ slug: "hostile-event" }],
    citations: [{ source: { slug: "hostile-source" }, quote: { exact: `Before ${SCRIPT}` } }],
    assertedAt: "2025-01-01",
  }));
  return [first, second, ...others];
}
