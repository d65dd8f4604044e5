import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";

const LOOK_MILLISECONDS = 1_000;

/** What of a connection's bytes has to be taken, and until when. */
interface Due {
  readonly bytes: number;
  readonly until: number;
}

/**
 * Ends connections whose clients do not read: what was written at one moment has to be taken by the system some time
 * later. Looking at all connections every now and then costs less than a timer for each answer, and holds for whatever is
 * sent.
 */
export function endUnread(app: FastifyInstance, milliseconds: number): void {
  const connections = new Map<Socket, Due | undefined>();
  app.server.on("connection", (socket: Socket) => {
    connections.set(socket, undefined);
    socket.once("close", () => connections.delete(socket));
  });
  const look = () => {
    const now = performance.now();
    for (const [socket, due] of connections) {
      const { bytesWritten, writableLength } = socket;
      if (writableLength === 0) connections.set(socket, undefined);
      else if (!due || bytesWritten - writableLength >= due.bytes) {
        connections.set(socket, { bytes: bytesWritten, until: now + milliseconds });
      } else if (now >= due.until) socket.destroy();
    }
  };
  const looking = setInterval(look, Math.min(LOOK_MILLISECONDS, milliseconds / 2)).unref();
  app.addHook("onClose", async () => clearInterval(looking));
}
