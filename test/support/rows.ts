import type * as models from "../../src/generated/prisma/client.js";

// The rows of the models as somebody writes them: without what the database makes itself.

export type * from "../../src/generated/prisma/client.js";

type Written<Row> = Omit<Row, "publicId">;

export type Actor = Written<models.Actor>;
export type Event = Written<models.Event>;
export type Source = Written<models.Source>;
/** A name of a column that the database makes of the claims. */
type Disputed = Extract<keyof models.Proposition, `dispute${string}`>;
export type Proposition = Omit<Written<models.Proposition>, Disputed>;
export type Claim = Omit<Written<models.Claim>, "sideId">;
