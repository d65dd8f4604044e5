import type * as models from "../../src/generated/prisma/client.js";

// The rows of the models as somebody writes them: without what the database makes itself.

export type * from "../../src/generated/prisma/client.js";

type Written<Row> = Omit<Row, "publicId">;

export type Actor = Written<models.Actor>;
export type Event = Written<models.Event>;
export type Source = Written<models.Source>;
export type Proposition = Written<models.Proposition>;
export type Claim = Omit<Written<models.Claim>, "sideId">;
