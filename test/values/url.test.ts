import { Url } from "../../src/graphql/scalars.js";
import { url } from "../../src/values/rules.js";

test.each([
  "https://a.example",
  "HTTP://A.example/",
  "https://a.example:8443/%0a%20?q=%00#x",
  "https://ü.example/é?ü#ß",
  "http://[::1]/",
])("%j is an address, to inputs and to data sets", (address) => {
  expect(Url.parseValue(address)).toBe(address);
  expect(url.parse(address)).toBe(address);
});

test.each([
  "https://a\nb.example/",
  "https://a.example/\r\n",
  "https://a.example/a\tb",
  "https://a.example/a b",
  " https://a.example/",
  "https://a.example/\0",
  "https://a.example/\x1b",
  "https://a.example/\u2028",
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
