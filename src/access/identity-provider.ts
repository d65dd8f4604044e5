import type { JWTPayload, JWTVerifyGetKey } from "jose";
import { unauthenticated, unavailable } from "../graphql/errors.js";
import { ROLES, type Role } from "../graphql/viewer.js";
import type { Session } from "./session.js";

/** An OpenID Connect provider whose tokens are taken. */
export interface OidcConfig {
  /** What tokens must have as `iss`, to the letter. */
  readonly issuer: string;
  readonly jwksUrl: string;
  /** What tokens must have as `aud`, or among it. */
  readonly audience: string;
  /** Where tokens name the role: a claim, or a path of names with dots between them. */
  readonly roleClaim: string;
}

// Signatures that only the provider can make. With a shared secret, its public key would do for one.
const ALGORITHMS = "RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519".split(" ");

// Clocks differ a little.
const TOLERANCE_SECONDS = 5;

/** Reads the tokens (JWT) of an OpenID Connect provider. Its keys are fetched when they are first needed, and kept. */
export class IdentityProvider {
  #jose: Promise<{ jwtVerify: typeof import("jose").jwtVerify; keys: JWTVerifyGetKey }> | undefined;

  constructor(private readonly config: OidcConfig) {}

  /**
   * Who a token speaks for.
   *
   * @throws UNAUTHENTICATED when it does not hold, UNAVAILABLE when the keys of the provider cannot be had
   */
  async verify(token: string): Promise<Session> {
    const { issuer, audience, roleClaim } = this.config;
    this.#jose ??= this.#load();
    const { jwtVerify, keys } = await this.#jose;
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms: ALGORITHMS,
      requiredClaims: ["sub", "exp"],
      clockTolerance: TOLERANCE_SECONDS,
    }).catch((error: unknown) => {
      throw refusal(error);
    });
    const { sub, exp } = payload as { sub: unknown; exp: number };
    // OpenID Connect allows no more, and it is going to stand in the history.
    if (typeof sub !== "string" || !/^[\x20-\x7e]{1,255}$/.test(sub)) {
      throw unauthenticated("The token names nobody: its `sub` must be 1 to 255 ASCII characters.");
    }
    return {
      role: roleIn(payload, roleClaim),
      id: `${issuer}#${sub}`,
      name: nameIn(payload) ?? sub,
      expiresAt: (exp + TOLERANCE_SECONDS) * 1_000,
    };
  }

  async #load() {
    const { createRemoteJWKSet, jwtVerify } = await import("jose");
    return { jwtVerify, keys: createRemoteJWKSet(new URL(this.config.jwksUrl)) };
  }
}

/** Which check a token did not pass, by the code that jose gives it. */
const FAILED: Readonly<Record<string, string>> = {
  ERR_JWT_EXPIRED: "it has expired",
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: "its signature is wrong",
  ERR_JOSE_ALG_NOT_ALLOWED: "it is signed by an algorithm that is not accepted here",
  ERR_JWKS_NO_MATCHING_KEY: "it is signed with a key that its provider does not publish",
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: "it does not say (`kid`) with which key it is signed",
  ERR_JWS_INVALID: "it is no signed JWT",
  ERR_JWT_INVALID: "it is no JWT",
  ERR_JOSE_NOT_SUPPORTED: "it is signed in a way that is not supported",
};
const FAILED_CLAIMS: Readonly<Record<string, string>> = {
  iss: "its issuer (`iss`) is not the one that this server trusts",
  aud: "it is meant for another audience (`aud`)",
  nbf: "it is not valid yet (`nbf`)",
};

// jose's own messages may repeat what the token says.
function refusal(error: unknown) {
  const { code = "", claim = "" } = error as { code?: string; claim?: string };
  const reason =
    code === "ERR_JWT_CLAIM_VALIDATION_FAILED"
      ? (FAILED_CLAIMS[claim] ?? `its \`${claim}\` is missing or cannot be used`)
      : FAILED[code];
  return reason === undefined
    ? unavailable("The identity provider does not answer at the moment. Ask again in a little while.", error)
    : unauthenticated(`The token does not hold: ${reason}.`);
}

/** The highest of the roles that a token names. */
function roleIn(claims: JWTPayload, claim: string): Role {
  const found = Object.hasOwn(claims, claim) ? claims[claim] : claim.split(".").reduce(partOf, claims);
  // Whatever else stands there names no role, and may not even have a text.
  const names = [found].flat().map((name) => (typeof name === "string" ? name.toUpperCase() : undefined));
  return ROLES.findLast((role) => names.includes(role)) ?? "READER";
}

const partOf = (value: unknown, name: string): unknown =>
  Object.hasOwn(Object(value), name) ? (value as Record<string, unknown>)[name] : undefined;

const LONGEST_NAME = 200;

function nameIn({ name, preferred_username, email }: JWTPayload): string | undefined {
  for (const given of [name, preferred_username, email]) {
    const text = typeof given === "string" ? given.replace(/[\p{Cc}\p{Cs}]/gu, "").trim() : "";
    if (text !== "") return [...text].slice(0, LONGEST_NAME).join("");
  }
  return undefined;
}
