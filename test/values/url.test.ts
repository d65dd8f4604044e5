import fc from "fast-check";
import { Url } from "../../src/graphql/scalars.js";
import { canonicalUrl, comparableUrl, partsOfAddress } from "../../src/values/address.js";
import { url } from "../../src/values/rules.js";

test.each([
  ["https://a.example", "https://a.example/"],
  ["HTTP://A.example/", "http://a.example/"],
  ["https://a.example:443/", "https://a.example/"],
  ["https://a.example:8443/%0a%20?q=%00#x", "https://a.example:8443/%0a%20?q=%00#x"],
  ["https://ü.example/é?ü#ß", "https://xn--tda.example/%C3%A9?%C3%BC#%C3%9F"],
  ["https://a.example/b/../c", "https://a.example/c"],
  ["http://[::1]/", "http://[::1]/"],
])("%j is an address, to inputs and to data sets", (address, canonical) => {
  expect(Url.parseValue(address)).toBe(address);
  expect(canonicalUrl(address)).toEqual({ value: canonical });
  expect(url.parse(` ${address}\r\n`)).toBe(canonical);
});

test.each([
  "https://a\nb.example/",
  "https://a.example/a\tb",
  "https://a.example/a b",
  "https://a.example/\0",
  "https://a.example/\x1b",
  "https://a.example/a\u2028b",
  "https://a.example/\ud800",
  "https://a.example/x\udc00y",
])("%j has a character that none may have", (address) => {
  const problem = /remove white space and control characters, or write them as %20/;
  expect(() => Url.parseValue(address)).toThrow(problem);
  expect(url.safeParse(address).error?.issues[0]?.message).toMatch(problem);
});

test.each([
  "",
  "http://",
  "https://",
  "https:a.example",
  "javascript:alert(1)",
  "ftp://a.example/",
  "a.example",
])("%j is no address of the web", (address) => {
  const problem = /write an address that starts with https:/;
  expect(() => Url.parseValue(address)).toThrow(problem);
  expect(url.safeParse(address).error?.issues[0]?.message).toMatch(problem);
});

test.each(["https://me:secret@a.example/", "https://me@a.example/", "https://:secret@a.example/"])(
  "%j would publish who has access",
  (address) => {
    const problem = /remove the user and password, up to the @/;
    expect(() => Url.parseValue(address)).toThrow(problem);
    expect(url.safeParse(address).error?.issues[0]?.message).toMatch(problem);
  },
);

test("an address is limited as it is kept", () => {
  const said = (path: string) => url.safeParse(`https://a.example/${path}`).error?.issues[0]?.message;
  expect(said("a".repeat(1_982))).toBeUndefined();
  expect(said("a".repeat(1_983))).toMatch(/write at most 2000 bytes/);
  expect(said("é".repeat(400))).toMatch(/write at most 2000 bytes/);
});

test.each([
  ["the scheme", "http://a.example/b", "https://a.example/b"],
  ["www", "https://www.a.example/b", "https://a.example/b"],
  ["the trailing slash", "https://a.example/b/", "https://a.example/b"],
  ["that of the root", "https://a.example/?b=1", "http://www.a.example?b=1"],
  ["an empty query", "https://a.example/b?", "https://a.example/b"],
  ["the fragment", "https://a.example/b#top", "https://a.example/b"],
  ["a fragment of words", "https://a.example/b#:~:text=c", "https://a.example/b"],
  ["the order of parameters", "https://a.example/?c=2&b=1", "https://a.example/?b=1&c=2"],
  ["a needless encoding", "https://a.example/%7Eb?c=%7e", "https://a.example/~b?c=~"],
  ["the case of an encoding", "https://a.example/%e4%b8%ad%2f", "https://a.example/%E4%B8%AD%2F"],
  ["how a space is written", "https://a.example/?q=a+b", "https://a.example/?q=a%20b"],
  ["utm_*", "https://a.example/?utm_source=b&utm_anything=c&id=1", "https://a.example/?id=1"],
  ["identifiers of clicks", "https://a.example/?fbclid=1&gclid=2&msclkid=3&mc_eid=4", "https://a.example/"],
])("%s does not make another page", (_, one, other) => {
  expect(comparableUrl(one)).toBe(comparableUrl(other));
});

test.each([
  ["another host", "https://m.a.example/", "https://a.example/"],
  ["amp", "https://a.example/b/amp", "https://a.example/b"],
  ["a port", "https://a.example:8443/", "https://a.example/"],
  ["the case of a path", "https://a.example/B", "https://a.example/b"],
  ["a parameter", "https://a.example/?id=1", "https://a.example/?id=2"],
  ["a parameter that means something on some sites", "https://a.example/?ref=1", "https://a.example/"],
  ["values in another order", "https://a.example/?b=1&b=2", "https://a.example/?b=2&b=1"],
  ["an encoded slash", "https://a.example/b%2Fc", "https://a.example/b/c"],
  ["a fragment that names a page", "https://a.example/#!/b", "https://a.example/#!/c"],
])("%s may make another page", (_, one, other) => {
  expect(comparableUrl(one)).not.toBe(comparableUrl(other));
});

test("any address has a comparable form", () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (address) => {
      expect(comparableUrl(new URL(address).href)).not.toBe("");
    }),
  );
  expect(comparableUrl("https://a.example/%zz?%zz=%")).toBe("a.example/%zz?%25zz=%25");
});

describe("the beginning of an address", () => {
  test.each([
    ["https://новини.укр", "https://xn--b1amarcd.xn--j1amh"],
    ["https://новини.", "https://xn--b1amarcd."],
    ["HTTP://EXAMPLE.org:80/", "http://example.org/"],
    ["http://EXAMPLE.org:80", "http://example.org/"],
    ["https://a.example:8", "https://a.example:8"],
    ["https://a.example", "https://a.example"],
    ["https://www.", "https://www."],
    ["https://пример.укр/явк", "https://xn--e1afmkfd.xn--j1amh/%D1%8F%D0%B2%D0%BA"],
    ["https://a.example/и\u0306", "https://a.example/%D0%B9"],
    ["https://a.example/%D1%", "https://a.example/%D1%"],
    ["https://a.example/%D", "https://a.example/%D"],
    ["https://a.example/b/../c/.", "https://a.example/c/."],
    ["https://a.example/{b}?{c}='d", "https://a.example/%7Bb%7D?{c}=%27d"],
    ["https://ü.example?é", "https://xn--tda.example/?%C3%A9"],
    ["https://a.example/#ß", "https://a.example/#%C3%9F"],
  ])("%s is %s", (part, canonical) => {
    expect(partsOfAddress(part, "startsWith")).toContain(canonical);
    expect(partsOfAddress(part, "contains")).toContain(canonical);
  });

  test.each([
    "",
    "h",
    "https",
    "https://",
    "новини.укр",
    "https://xn--",
    "https://me@a.example/",
    "ftp://ü.example",
  ])("%j has none in canonical form", (part) => {
    expect(partsOfAddress(part, "startsWith")).toEqual([]);
  });

  test("that ends anywhere in a path, query or fragment is the beginning of the form", () => {
    const rest = fc.string({ unit: fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom(..."/?#%{'")) });
    fc.assert(
      fc.property(rest, fc.nat(), (rest, cut) => {
        // What a segment of dots means is seen only at its end.
        const characters = Array.from(`https://ü.example/${rest.replace(/[\s\p{C}\\.]/gu, "")}`);
        const [written, part] = [characters.length, 18 + (cut % (characters.length - 17))].map((end) =>
          characters.slice(0, end).join(""),
        ) as [string, string];
        const { href } = new URL(written);
        expect(partsOfAddress(part, "startsWith").some((one) => href.startsWith(one))).toBe(true);
      }),
    );
  });
});

test.each([
  ["новини.укр", "xn--b1amarcd.xn--j1amh"],
  ["НОВИНИ.укр", "xn--b1amarcd.xn--j1amh"],
  ["новини", "xn--b1amarcd"],
  [".укр/", ".xn--j1amh/"],
  ["//новини.укр:8080/явка", "//xn--b1amarcd.xn--j1amh:8080/%D1%8F%D0%B2%D0%BA%D0%B0"],
  ["новини.укр/явка", "xn--b1amarcd.xn--j1amh/%D1%8F%D0%B2%D0%BA%D0%B0"],
  ["явка", "%D1%8F%D0%B2%D0%BA%D0%B0"],
  ["a б", "a%20%D0%B1"],
  ["{id}", "%7Bid%7D"],
  ["q='б'", "q=%27%D0%B1%27"],
  ["한".normalize("NFD"), "%ED%95%9C"],
])("within an address, %s is %s", (part, canonical) => {
  expect(partsOfAddress(part, "contains")).toContain(canonical);
});

test.each(["a.example/b", "%D1%8F", "100%", "12", "0x1"])("%s stands in an address as it is", (part) => {
  expect(new Set(partsOfAddress(part, "contains"))).toEqual(new Set([part]));
});
