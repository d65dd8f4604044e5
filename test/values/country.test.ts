import { iso31661 } from "iso-3166/1.js";
import { canonicalCountry } from "../../src/values/country.js";
import { countryCode } from "../../src/values/rules.js";

test.each([
  ["KR", "KR"],
  ["ua", "UA"],
  [" de\n", "DE"],
  ["xk", "XK"],
])("%j is kept as %s", (written, value) => {
  expect(canonicalCountry(written)).toEqual({ value });
  expect(countryCode.parse(written)).toBe(value);
});

test("every code that is assigned is kept as it is", () => {
  expect(iso31661).toHaveLength(249);
  expect(iso31661.filter(({ alpha2 }) => !Object.hasOwn(canonicalCountry(alpha2), "value"))).toEqual([]);
});

test.each(["SU", "YU", "DD", "CS", "AN", "ZR", "TP", "BU", "HV", "YD", "VD", "RH", "NT", "FX"])(
  "%s stands for a country that is no more",
  (value) => {
    expect(canonicalCountry(value)).toEqual({ value });
  },
);

test.each([
  ["UK", "GB (United Kingdom)"],
  ["EL", "GR (Greece)"],
  ["UKR", "UA (Ukraine)"],
  ["gbr", "GB (United Kingdom)"],
  ["SUN", "SU (USSR)"],
  ["SUHH", "SU (USSR)"],
  ["804", "UA (Ukraine)"],
  ["4", "AF (Afghanistan)"],
  ["810", "SU (USSR)"],
  ["Ukraine", "UA (Ukraine)"],
  ["south  korea", "KR (South Korea)"],
  ["Korea, Republic of", "KR (South Korea)"],
  ["Republic of Korea", "KR (South Korea)"],
  ["Democratic People's Republic of Korea", "KP (North Korea)"],
  ["Russian Federation", "RU (Russia)"],
  ["Russia", "RU (Russia)"],
  ["Viet Nam", "VN (Vietnam)"],
  ["The Gambia", "GM (Gambia)"],
  ["the Netherlands", "NL (Netherlands)"],
  ["Cote d'Ivoire", "CI (Côte d’Ivoire)"],
  ["Ivory Coast", "CI (Côte d’Ivoire)"],
  ["Turkey", "TR (Türkiye)"],
  ["Turkiye", "TR (Türkiye)"],
  ["Bosnia and Herzegovina", "BA (Bosnia & Herzegovina)"],
  ["Hong Kong", "HK (Hong Kong SAR China)"],
  ["Burma", "MM (Myanmar (Burma))"],
  ["East Timor", "TL (Timor-Leste)"],
  ["U.S.", "US (United States)"],
  ["U.K.", "GB (United Kingdom)"],
  ["ＫＲ", "KR (South Korea)"],
  ["England", "GB (United Kingdom)"],
  ["Kosovo", "XK (Kosovo)"],
  ["Soviet Union", "SU (USSR)"],
  ["Yugoslavia", "YU (Yugoslavia)"],
  ["Czechoslovakia", "CS (Czechoslovakia)"],
  ["Zaire", "ZR (Zaire)"],
])("%j is refused, and %s proposed", (written, meant) => {
  expect(canonicalCountry(written)).toEqual({ problem: `write ${meant}` });
});

test.each(["", "X", "Korea", "K1", "1", "Ruritania", "constructor", "u".repeat(10_000)])(
  "%j is refused, and nothing proposed",
  (written) => {
    expect(canonicalCountry(written)).toEqual({ problem: "write two capitals of ISO 3166-1, such as KR" });
  },
);

test.each(["EU", "ZZ", "JA", "XX"])("%j is the code of no country", (written) => {
  expect(canonicalCountry(written)).toEqual({ problem: expect.stringMatching(/such as KR$/) });
});

test("the rule says the problem", () => {
  const said = (value: unknown) => countryCode.safeParse(value).error?.issues.map(({ message }) => message);
  expect(said("UK")).toEqual(["write GB (United Kingdom)"]);
  expect(said("EU")).toEqual(["no country has this code; write two capitals of ISO 3166-1, such as KR"]);
  expect(said(804)).toEqual(["write two capitals of ISO 3166-1, such as KR"]);
});
