import { createHash, timingSafeEqual } from "node:crypto";
import type { Config } from "../config.js";
import type { Database } from "../database/database.js";
import { unauthenticated } from "../graphql/errors.js";
import { encodeId } from "../graphql/id.js";
import { ANONYMOUS } from "../graphql/viewer.js";
import { IdentityProvider } from "./identity-provider.js";
import { hasHash, isKeyToken, KEY_ID, keyOfToken } from "./key-token.js";
import type { Session } from "./session.js";
import { findKey } from "./stored-key.js";

/** The settings that say who may call. */
export type AccessConfig = Pick<Config, "adminKey" | "anonymous" | "oidc">;

const ADMINISTRATOR: Session = Object.freeze({ role: "ADMIN", id: "admin-key", name: "Administrator" });

// RFC 6750; the name of a scheme is written in any case.
const BEARER = /^bearer +([\w\-.~+/]+=*)$/i;

// One answer for all keys that do not hold: nobody learns which ids there are.
const UNKNOWN_KEY = "This API key is not known here. It was mistyped, or belongs to another server.";

/** Finds out who is calling, from what a request says of it. */
export class Authenticator {
  readonly #adminKey: Buffer | undefined;
  readonly #provider: IdentityProvider | undefined;
  readonly #anonymous: boolean;

  constructor(
    { adminKey, anonymous, oidc }: AccessConfig,
    private readonly database: Database,
  ) {
    this.#adminKey = adminKey === undefined ? undefined : digest(adminKey);
    this.#provider = oidc && new IdentityProvider(oidc);
    this.#anonymous = anonymous === "reader";
  }

  /**
   * Who calls without saying who it is.
   *
   * @throws UNAUTHENTICATED where nobody may
   */
  anonymous(): Session {
    if (this.#anonymous) return ANONYMOUS;
    throw unauthenticated(
      "Nobody is answered here without a key or token. Send one: Authorization: Bearer …",
    );
  }

  /**
   * Who calls with this `Authorization` header, or without one. Transports without headers give what stands for it.
   *
   * @throws UNAUTHENTICATED when what it says does not hold; UNAVAILABLE when the identity provider does not answer;
   *   the error of the database
   */
  async authenticate(authorization: string | undefined): Promise<Session> {
    if (authorization === undefined) return this.anonymous();
    const [, token] = BEARER.exec(authorization) ?? [];
    if (token === undefined) {
      throw unauthenticated(
        "The Authorization header cannot be used. It must be the word Bearer, a space, and an API key or a token.",
      );
    }
    if (this.#adminKey && timingSafeEqual(digest(token), this.#adminKey)) return ADMINISTRATOR;
    if (isKeyToken(token)) return this.#ofKey(token);
    if (/^[\w-]+\.[\w-]*\.[\w-]*$/.test(token)) {
      if (this.#provider) return this.#provider.verify(token);
      throw unauthenticated("This server takes no tokens of an identity provider. Send an API key.");
    }
    throw unauthenticated(UNKNOWN_KEY);
  }

  /** Whether somebody is still who they were: their key was not revoked, and neither it nor their token has expired. */
  async stillValid({ expiresAt, apiKey }: Session): Promise<boolean> {
    if (expiresAt !== undefined && expiresAt <= Date.now()) return false;
    if (apiKey === undefined) return true;
    const key = await findKey(this.database, apiKey);
    return key !== undefined && !key.revoked && !key.expired;
  }

  async #ofKey(token: string): Promise<Session> {
    const uuid = keyOfToken(token);
    if (uuid === undefined) throw unauthenticated(UNKNOWN_KEY);
    const key = await findKey(this.database, uuid);
    if (!hasHash(uuid, token, key?.hash) || !key) throw unauthenticated(UNKNOWN_KEY);
    // Only to those who have the whole key.
    if (key.revoked) throw unauthenticated("This API key was revoked. Ask for a new one.");
    if (key.expired) throw unauthenticated("This API key has expired. Ask for a new one.");
    const { role, name, expiresAt } = key;
    return { role, id: encodeId(KEY_ID, uuid), name, expiresAt: expiresAt ?? undefined, apiKey: uuid };
  }
}

// Two texts of any length become two of one length, which can be compared in constant time.
const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
