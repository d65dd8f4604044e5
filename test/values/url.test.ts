import fc from "fast-check";
import { Url } from "../../src/graphql/scalars.js";
import { canonicalUrl, comparableUrl } from "../../src/values/address.js";
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
